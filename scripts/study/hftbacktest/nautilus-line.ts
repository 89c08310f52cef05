import type { Instrument, Micros } from '@rxlob/core'
import { nautilus, oppositeBest, type NautilusTask } from './nautilus.ts'
import type { QuotingOptions } from './quoting.ts'

export interface NautilusContest {
  /** File of rows as nautilus.py reads them, in the order seen. */
  readonly rows: string
  /** From a row's time to when it is seen. */
  readonly shiftMicros: Micros
  /** From when something happens to when it is seen, constant or the median. */
  readonly feedMicros: Micros
  readonly latencyMicros: Micros
  readonly firstMicros: Micros
  readonly quoting: QuotingOptions
  readonly instrument: Instrument
  readonly currency: string
  /** Of the market, as counted here. */
  readonly events: number
  /** CPU seconds of our engine, one a queue model. */
  readonly ourSeconds: readonly number[]
}

/** The first is not counted. */
const rounds = 11

/** What nautilus_trader made of the same strategy and market, its speed beside ours; or how to install it. */
export function nautilusLine({ rows, shiftMicros, feedMicros, latencyMicros, firstMicros, quoting, instrument, currency, events, ourSeconds }: NautilusContest): string {
  const { tickSize, lotSize, multiplier, contract } = instrument
  const inverse = contract === 'inverse'
  const task: NautilusTask = {
    rows, firstMicros, shiftMicros, delayMicros: latencyMicros + feedMicros, stepMicros: quoting.everyMicros, quantity: quoting.lots, maxQuantity: quoting.maxPositionLots, inverse, rounds,
  }
  const run = nautilus(task)
  if (run === undefined) return 'nautilus_trader: not installed, sh scripts/study/install-nautilus.sh'
  const unit = lotSize * multiplier * (inverse ? 1 / tickSize : tickSize)
  const rule = oppositeBest(task)
  const ratios = ourSeconds.map((seconds) => run.seconds / seconds)
  return [
    `nautilus_trader ${run.version}: ${run.seconds.toFixed(4)} CPU s, best of ${rounds - 1} after one; ${(events / run.seconds / 1e6).toFixed(3)} M events/s; their time / ours ${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)}`,
    `${run.fills} fills, net ${(run.net * unit).toFixed(6)} ${currency}; ${run.orders.toLocaleString('en')} orders, ${run.items.toLocaleString('en')} items of data`,
    `fill rule: ${run.fillRule}; by that rule alone, written anew: ${rule.fills} fills, net ${(rule.net * unit).toFixed(6)}, ${rule.orders.toLocaleString('en')} orders`,
  ].join('\n  ')
}
