import { collectFrame, everyEvent, everyMidMove, midMove, queueImbalance, type Sampler } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { simulator } from '../src/index.js'

// The two ways of sampling for which the README states the accuracy, through core's own features and labels.
describe('a planted signal, sampled as the README says', () => {
  const market = simulator({ seed: 7, durationMicros: 900e6, signal: { accuracy: 0.65, horizonEvents: 20 } })
  const moves = [...market.truth()]

  it.each<[string, Sampler, number, number]>([
    ['every mid move, one row ahead', everyMidMove(), 1, 1],
    ['every event, twenty rows ahead', everyEvent(), 20, 20],
  ])('%s: each row is right exactly where its move follows the cue', async (_, sample, rows, rowsPerMove) => {
    const { values, targets } = await collectFrame(market, [queueImbalance()], { sample, labelers: { next: midMove({ rows }) } })
    const settled = targets['next']!.filter((target) => !Number.isNaN(target))
    expect(settled).not.toContain(1)
    expect(Math.abs(settled.length / rowsPerMove - moves.length)).toBeLessThan(1)
    const follows = (row: number): boolean => moves[Math.floor(row / rowsPerMove)]!.cue === moves[Math.floor(row / rowsPerMove)]!.direction
    expect(settled.findIndex((target, row) => ((target === 2) === values[row]! > 0) !== follows(row))).toBe(-1)
  })
})

describe('the random-walk canary', () => {
  it('leaves nothing to foresee: imbalance and last move are right about half of the time, up to four standard errors', async () => {
    const market = simulator({ seed: 17, durationMicros: 1800e6, signal: { accuracy: 0.5, horizonEvents: 8 } })
    const { values, targets } = await collectFrame(market, [queueImbalance()], { sample: everyMidMove(), labelers: { next: midMove({ rows: 1 }) } })
    const ups = [...targets['next']!].filter((target) => !Number.isNaN(target)).map((target) => target === 2)
    const right = ups.filter((up, row) => up === values[row]! > 0).length
    const repeated = ups.filter((up, row) => up === ups[row - 1]).length
    expect(ups.length).toBeGreaterThan(20_000)
    for (const count of [right, repeated, ups.filter(Boolean).length]) expect(Math.abs(count / ups.length - 0.5)).toBeLessThan(2 / Math.sqrt(ups.length))
  })
})
