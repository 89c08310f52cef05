import { seededRandom } from '@rxlob/core'
import { expect, it } from 'vitest'
import { knownRatesCusum } from '../scripts/study/known-rates-cusum.ts'

/** Mean observations until a walk on 0, 1, ... that cannot fall below 0 reaches `steps`. */
function simulated(steps: number, up: number, runs: number): number {
  const random = seededRandom(5)
  let total = 0
  for (let run = 0; run < runs; run++) {
    for (let height = 0; height < steps; total++) height = Math.max(0, height + (random() < up ? 1 : -1))
  }
  return total / runs
}

it('the exact mean times of the test with known rates are those of simulated walks', () => {
  const { steps, meanToFalseAlarm, meanDelay } = knownRatesCusum(0.65, 100)
  expect(meanToFalseAlarm).toBeGreaterThanOrEqual(100)
  expect(simulated(steps - 1, 0.35, 4000)).toBeLessThan(100)
  expect(Math.abs(simulated(steps, 0.35, 4000) / meanToFalseAlarm - 1)).toBeLessThan(0.06)
  expect(Math.abs(simulated(steps, 0.65, 4000) / meanDelay - 1)).toBeLessThan(0.06)
  // By hand, one step: a geometric waiting time.
  expect(knownRatesCusum(0.5, 1)).toEqual({ steps: 1, meanToFalseAlarm: 2, meanDelay: 2 })
})
