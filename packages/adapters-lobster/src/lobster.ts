import { eventsOf, type Source } from '@rxlob/core'
import type { LobsterOptions } from './lobster-options.js'
import { openFile } from './open-file.js'
import { planOf } from './plan.js'
import { toBatches } from './to-batches.js'

export function lobster(options: LobsterOptions): Source {
  const plan = planOf(options)
  const hasBook = plan.days[0]!.orderbook !== undefined
  return {
    contract: 1,
    name: `lobster:${plan.instrument.symbol}`,
    supports: {
      timing: 'replay',
      book: hasBook ? 'l3' : 'none',
      levels: hasBook ? plan.levels : 0,
      trades: true,
      detects: { gaps: hasBook, staleness: false, lostTrades: false },
    },
    events: () => eventsOf((signal) => toBatches(plan, { signal }, openFile)),
    batches: (batchOptions = {}) => toBatches(plan, batchOptions, openFile),
  }
}
