import type { OperatorFunction } from 'rxjs'
import type { FeatureRow } from '../batch/feature-row.js'
import type { InstrumentId } from '../instrument.js'
import { operate } from './operate.js'

/** Latest row of each instrument on every change: cross-venue mids and spreads. Each map is the reader's to keep. */
export function combineLatestRows<Name extends string>(): OperatorFunction<FeatureRow<Name>, ReadonlyMap<InstrumentId, FeatureRow<Name>>> {
  return operate((subscriber) => {
    const latest = new Map<InstrumentId, FeatureRow<Name>>()
    return {
      next(row) {
        latest.set(row.instrument, row)
        subscriber.next(new Map(latest))
      },
    }
  })
}
