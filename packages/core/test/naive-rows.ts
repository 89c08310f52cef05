import type { Feature, InstrumentId, MarketEvent } from '@rxlob/core'
import { naiveTicks } from '@rxlob/testkit'

export interface NaiveRow {
  readonly instrument: InstrumentId
  readonly tsExchange: number
  readonly tsLocal: number
  readonly values: number[]
}

/** Rows of features by the reference book: a state per instrument and feature, begun again whenever its channel is. */
export function naiveRows(events: readonly MarketEvent[], list: readonly Feature[]): NaiveRow[] {
  const states = new Map<string, { epoch: number; state: unknown }>()
  return naiveTicks(events).map(({ tick, bookEpoch, tradesEpoch }) => {
    const { id } = tick.instrument
    const values = list.flatMap((feature, n) => {
      const key = `${n} ${id}`
      const epoch = feature.depth === 0 ? tradesEpoch : bookEpoch
      let held = states.get(key)
      if (held?.epoch !== epoch) states.set(key, (held = { epoch, state: feature.init(tick.instrument) }))
      const out = new Float64Array(feature.columns.length)
      feature.step(held.state, tick, out, 0)
      return [...out]
    })
    return { instrument: id, tsExchange: tick.tsExchange, tsLocal: tick.tsLocal, values }
  })
}
