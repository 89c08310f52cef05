import { integerOption, numberOption, type InstrumentId, type Lots, type Micros, type Strategy } from '@rxlob/core'

export interface ImbalanceRuleOptions {
  /** Position to hold, 1 or more. */
  readonly lots: Lots
  /** Time between decisions, 1 or more. Default one second. */
  readonly everyMicros?: Micros
  /** Least size of the imbalance that is followed, 0 to 1. Default 0. */
  readonly minImbalance?: number
}

/**
 * Holds `lots` in the direction of the best sizes' imbalance, decided anew at a fixed pace, by market orders: the rule that every
 * forecast has to beat.
 *
 *   direction = sign((bid lots - ask lots) / (bid lots + ask lots))
 *
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range.
 */
export function imbalanceRule(options: ImbalanceRuleOptions): Strategy<Map<InstrumentId, Micros>> {
  const lots = integerOption('lots', options.lots, 1)
  const every = integerOption('everyMicros', options.everyMicros ?? 1e6, 1)
  const least = numberOption('minImbalance', options.minImbalance ?? 0, 0, 1)
  return {
    name: 'imbalance_rule',
    init: () => new Map(),
    onTick: (next, { book, tsLocal, instrument: { id } }, orders) => {
      if (tsLocal < (next.get(id) ?? -Infinity) || !book.synced || book.crossed) return
      next.set(id, tsLocal + every)
      const bid = book.bidLots(0)
      const ask = book.askLots(0)
      const imbalance = (bid - ask) / (bid + ask)
      if (Math.abs(imbalance) > least) orders.target(id, Math.sign(imbalance) * lots)
    },
  }
}
