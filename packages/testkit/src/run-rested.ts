import type { Feature, InstrumentId } from '@rxlob/core'
import type { NaiveTick } from './naive-ticks.js'

/** As `runNaively`, but the feature is only called where `standsUntil` does not excuse it: elsewhere its last row is repeated. */
export function runRested(feature: Feature, ticks: readonly NaiveTick[]): Float64Array {
  const width = feature.columns.length
  const rows = new Float64Array(ticks.length * width)
  const states = new Map<InstrumentId, { state: unknown; epoch: number; last: number; until: number }>()

  for (const [row, { tick, bookEpoch, tradesEpoch }] of ticks.entries()) {
    const epoch = feature.depth === 0 ? tradesEpoch : bookEpoch
    let held = states.get(tick.instrument.id)
    if (held?.epoch !== epoch) states.set(tick.instrument.id, (held = { state: feature.init(tick.instrument), epoch, last: -1, until: NaN }))
    if (tick.tsLocal < held.until && tick.changes.shallowest >= feature.depth && tick.tradePrint === undefined) rows.copyWithin(row * width, held.last * width, (held.last + 1) * width)
    else {
      feature.step(held.state, tick, rows, row * width)
      held.until = feature.standsUntil!(held.state)
    }
    held.last = row
  }
  return rows
}
