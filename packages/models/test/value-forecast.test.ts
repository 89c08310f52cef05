import { collectFrame, everyMicros, inputOf, midMove, ofi, queueImbalance } from '@rxlob/core'
import { simulator } from '@rxlob/adapters-simulator'
import { prequentialValues, valueReport } from '@rxlob/evaluation'
import { expect, it } from 'vitest'
import { nigRegression } from '../src/bayes/index.js'

it('regression of the next move on a simulated market is honest about its intervals and no worse than knowing nothing', async () => {
  const list = [queueImbalance(), ofi()]
  const sample = everyMicros(250_000)
  const labeler = midMove({ rows: 4, kind: 'value' })
  const frame = await collectFrame(simulator({ seed: 5, durationMicros: 1800e6 }), list, { sample, labelers: { move: labeler } })
  const learner = nigRegression({ input: inputOf(list, { length: 1, sample }), output: labeler.output, forgetting: 0.999 })
  const report = valueReport(prequentialValues({ frame, target: 'move', learners: [learner], scoreFrom: 1500 }), { draws: 500 })
  expect(report.rows).toBeGreaterThan(4000)
  // Moves are of a few half ticks and mostly none: a Gaussian covers too much in the middle, and its 95 % edge falls between two half ticks.
  expect(report.coverage80.value).toBeGreaterThan(0.8)
  expect(Math.abs(report.coverage95.value - 0.95)).toBeLessThan(0.06)
  expect(report.baselines['zero_forecast']!.difference.rmse.low).toBeLessThan(0)
  expect(report.baselines['rolling_mean']!.difference.nll.low).toBeLessThan(0.01)
  expect(report.r2.low).toBeGreaterThan(-0.02)
})
