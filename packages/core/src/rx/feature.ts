import type { OperatorFunction } from 'rxjs'
import type { Tick } from '../book/tick.js'
import type { Feature } from '../contracts/feature.js'
import type { InstrumentId } from '../instrument.js'
import { operate } from './operate.js'

/**
 * One feature over ticks, as a stream of numbers (the first column). States are kept per instrument.
 *
 * Ticks carry no status: a gap shows as a tick whose book is not synced, and the state starts again there where the
 * feature reads the book. A gap of the trades channel cannot be seen here; `features` sees it.
 */
export function feature(definition: Feature): OperatorFunction<Tick, number> {
  return operate((subscriber) => {
    const states = new Map<InstrumentId, unknown>()
    const out = new Float64Array(definition.columns.length)
    return {
      next(tick) {
        const { id } = tick.instrument
        let state = states.get(id)
        if (state === undefined || (definition.depth > 0 && !tick.book.synced)) {
          state = definition.init(tick.instrument)
          states.set(id, state)
        }
        definition.step(state, tick, out, 0)
        subscriber.next(out[0]!)
      },
    }
  })
}
