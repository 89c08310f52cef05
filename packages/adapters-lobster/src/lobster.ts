import { eventsOf, type Source } from '@rxlob/core'
import type { LobsterOptions } from './lobster-options.js'
import { openFile } from './open-file.js'
import { planOf } from './plan.js'
import { toBatches } from './to-batches.js'

/**
 * A NASDAQ day, or several, from LOBSTER message and order-book files, as events and as batches.
 *
 * The messages drive the book. The order-book file gives the state before the first message and the levels that scroll into view
 * at the far end (flagged `scroll`: no order arrived), and checks everything else: after every message the visible levels equal
 * that row of the file. Where a message does not explain its row, a `gap` status says how they differ and a snapshot follows.
 *
 *   message type   event
 *   1, 2, 3        order: add, reduce, remove
 *   4              order: fill (a regular trade, the taker opposite to the resting order)
 *   5              trade, print `hidden`; may lie between ticks
 *   6              trade, print `cross`, side unknown; a delta without levels where nothing traded
 *   7              status halted, halted ("quoting resumes") or resumed, channel `all`
 *
 * Between days comes a `session` status. Times are New York's clock turned to UTC, to the nanosecond; sizes are shares. An order id
 * never seen is normal: it rested before the day, or below the window. `from` continues after a batch with the very batches
 * that would have followed; a book that starts there stays unsynced to the end of the day.
 *
 * Cost: about 0.7 us a message of ten levels, one chunk of 1 MB and one batch in memory.
 *
 * @throws {LobError} LOB_BAD_OPTION at the call, where an option is wrong, or missing and not in the file names. While reading,
 * LOB_BAD_FILE with file, line and column, after every event before that place has been delivered.
 * @see https://lobsterdata.com/info/DataStructure.php
 * @example
 * lobster({ folder: 'data', symbol: 'GOOG', levels: 10 })
 * lobster({ messages: 'GOOG_2012-06-21_34200000_57600000_message_10.csv.gz' }) // orders and trades, no book
 */
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
