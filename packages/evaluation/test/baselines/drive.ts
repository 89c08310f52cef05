import type { LabelledFrame } from '@rxlob/core'
import type { Baseline } from '../../src/index.js'

/** What a baseline says about every row, settling labels as `prequential` does: NaN probabilities where it has no view. */
export function drive(baseline: Baseline, frame: LabelledFrame, trainAt = 0, classes = 3) {
  const run = baseline.start(frame, classes)
  const out = new Float64Array(classes)
  const settledRows = frame.settledRows['move']!
  return Array.from({ length: frame.length }, (_, row) => {
    settledRows.forEach((settled, earlier) => {
      if (settled === row) run.learn(earlier, frame.targets['move']![earlier]!)
    })
    if (row === trainAt) run.train?.()
    const call = run.predict(row, out)
    return { call, probabilities: call < 0 ? [] : [...out] }
  })
}

export const callsOf = (baseline: Baseline, frame: LabelledFrame, trainAt = 0, classes = 3): number[] => drive(baseline, frame, trainAt, classes).map(({ call }) => call)
