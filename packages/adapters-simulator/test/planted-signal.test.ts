import { describe, expect, it } from 'vitest'
import { simulator, type PlantedMove } from '../src/index.js'

const share = (moves: readonly PlantedMove[], of: (move: PlantedMove) => boolean): number => moves.filter(of).length / moves.length
const near = (value: number, expected: number, count: number): void =>
  expect(Math.abs(value - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count))

describe('truth', () => {
  it('changes its accuracy at the time of a regime and nothing else of the market', () => {
    const signal = { accuracy: 0.65, horizonEvents: 8 }
    const flipped = [...simulator({ signal, regimes: [{ fromMicros: 1800e6, accuracy: 0.35 }] }).truth()]
    const steady = [...simulator({ signal }).truth()]
    const change = 1_704_205_800_000_000 + 1800e6
    expect(new Set(flipped.map(({ tsExchange, accuracy }) => accuracy === (tsExchange < change ? 0.65 : 0.35)))).toEqual(new Set([true]))
    expect(flipped.map(({ seq, tsExchange, cue }) => [seq, tsExchange, cue])).toEqual(steady.map(({ seq, tsExchange, cue }) => [seq, tsExchange, cue]))
    const before = flipped.filter(({ tsExchange }) => tsExchange < change)
    const after = flipped.filter(({ tsExchange }) => tsExchange >= change)
    expect(before.length).toBeGreaterThan(20_000)
    near(share(before, ({ cue, direction }) => cue === direction), 0.65, before.length)
    near(share(after, ({ cue, direction }) => cue === direction), 0.35, after.length)
  })

  it('draws cues as fair coins without memory', () => {
    const moves = [...simulator({ seed: 9, durationMicros: 7200e6, signal: { horizonEvents: 8 } }).truth()]
    near(share(moves, ({ cue }) => cue === 1), 0.5, moves.length)
    near(moves.filter(({ cue }, n) => cue === moves[n - 1]?.cue).length / (moves.length - 1), 0.5, moves.length)
  })

  it('has Poisson times at the stated rate, faster where a regime is more active', () => {
    const count = (activity: number): number =>
      [...simulator({ signal: { eventsPerSecond: 50, horizonEvents: 10 }, durationMicros: 2000e6, regimes: [{ fromMicros: 1000e6, activity }] }).truth()].length
    expect(Math.abs(count(1) - 10_000)).toBeLessThan(4 * Math.sqrt(1000) + 1)
    expect(Math.abs(count(3) - 20_000)).toBeLessThan(4 * Math.sqrt(2000) + 1)
  })

  it('differs from seed to seed and is the same for the same seed', () => {
    const of = (seed: number): string => JSON.stringify([...simulator({ seed, durationMicros: 60e6, signal: {} }).truth()])
    expect(new Set([1, 2, 3, 4].map(of)).size).toBe(4)
    expect(of(4)).toBe(of(4))
  })

  it('is empty where no signal is planted', () => expect([...simulator().truth()]).toEqual([]))
})
