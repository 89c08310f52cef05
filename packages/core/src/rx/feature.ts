import type { OperatorFunction } from 'rxjs'
import type { FrozenTick } from '../book/frozen-tick.js'
import type { Feature } from '../contracts/feature.js'
import type { InstrumentId } from '../instrument.js'
import { operate } from './operate.js'

interface Kept {
  state: unknown
  epoch: number
}

/**
 * One feature over the ticks of `trackBook`, as a stream of numbers (the first column): the same numbers as `features` gives,
 * where `trackBook` copies as many levels as the feature reads. States are kept per instrument and start again after a gap.
 */
export function feature(definition: Feature): OperatorFunction<FrozenTick, number> {
  return operate((subscriber) => {
    const instruments = new Map<InstrumentId, Kept>()
    const out = new Float64Array(definition.columns.length)
    return {
      next(tick) {
        const { id } = tick.instrument
        const epoch = definition.depth === 0 ? tick.tradesEpoch : tick.bookEpoch
        let kept = instruments.get(id)
        if (kept?.epoch !== epoch) {
          kept = { state: definition.init(tick.instrument), epoch }
          instruments.set(id, kept)
        }
        definition.step(kept.state, tick, out, 0)
        subscriber.next(out[0]!)
      },
    }
  })
}
