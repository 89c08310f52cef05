import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { readArguments } from '../arguments.ts'
import { mutualInformation } from '../mutual-information.ts'
import { correlation, paired, predictivePower } from '../predictive-power.ts'

const random = seededRandom(3)
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const n = 6000
const signal = Float64Array.from({ length: n }, normal)
const noise = Float64Array.from({ length: n }, normal)
/** Correlation .6 with the signal. */
const moves = signal.map((value, row) => 0.6 * value + 0.8 * noise[row]!)
const options = { meanBlockRows: 10, draws: 400 }

describe('mutualInformation', () => {
  it('is the entropy of a list with itself, and nothing for independent ones', () => {
    const uniform = Float64Array.from({ length: 8000 }, (_, k) => k)
    expect(mutualInformation(uniform, uniform)).toBeCloseTo(3 - 49 / (16_000 * Math.LN2), 6)
    expect(Math.abs(mutualInformation(signal, noise))).toBeLessThan(0.003)
  })

  it('comes near that of two normal variables, -log2(1 - r^2) / 2, from below', () => {
    const exact = -Math.log2(1 - 0.36) / 2
    expect(mutualInformation(signal, moves)).toBeGreaterThan(0.8 * exact)
    expect(mutualInformation(signal, moves)).toBeLessThan(exact + 0.01)
  })

  it('sees what a correlation does not', () => {
    const squares = signal.map((value) => value * value)
    expect(Math.abs(correlation(signal, squares))).toBeLessThan(0.1)
    expect(mutualInformation(signal, squares)).toBeGreaterThan(1)
  })

  it('shares a cell among equal values and needs two cells', () => {
    expect(mutualInformation([0, 0, 0, 1, 1, 1, 1, 1], [2, 2, 2, 3, 3, 3, 3, 3])).toBeCloseTo(0.954434 - 1 / (16 * Math.LN2), 5)
    expect(mutualInformation([1, 1, 1], [1, 2, 3])).toBeNaN()
  })
})

describe('predictivePower', () => {
  it('finds a planted line, with an interval about the truth', () => {
    const power = predictivePower('x', 'ratio', signal, [moves, noise], 0, options)!
    expect(power.correlation.low).toBeLessThan(0.6)
    expect(power.correlation.high).toBeGreaterThan(0.6)
    expect(power.r2.low).toBeLessThan(0.36)
    expect(power.r2.high).toBeGreaterThan(0.36)
    expect(power.decay[0]).toBeCloseTo(power.correlation.value, 9)
    expect(Math.abs(power.decay[1]!)).toBeLessThan(0.05)
  })

  it('does not see the later half when it fits', () => {
    const turned = moves.map((move, row) => (row < n / 2 ? move : -move))
    expect(predictivePower('x', 'ratio', signal, [turned], 0, options)!.r2.high).toBeLessThan(-0.5)
  })

  it('leaves out rows without a value or a move, and columns that say nothing', () => {
    expect(paired([1, NaN, 3, 4], [5, 6, NaN, 8]).map((list) => [...list])).toEqual([[1, 4], [5, 8]])
    expect(predictivePower('x', 'ratio', signal.subarray(0, 100), [moves], 0, options)).toBeUndefined()
    expect(predictivePower('x', 'price', new Float64Array(n).fill(100.1), [moves], 0, options)).toBeUndefined()
  })

  it('keeps its digits far from 0', () => {
    const far = signal.map((value) => 1e6 + 1e-3 * value)
    expect(correlation(far, moves)).toBeCloseTo(correlation(signal, moves), 4)
  })
})

describe('readArguments', () => {
  it('has defaults, and says what is wrong', () => {
    expect(readArguments([])).toEqual({ seed: 1, minutes: 60, seconds: 10, out: 'out/feature-study' })
    expect(readArguments(['--help'])).toBeUndefined()
    expect(() => readArguments(['--lobster', 'x'])).toThrow('--symbol')
    expect(() => readArguments(['--minutes', '3'])).toThrow('25 or more, got 3')
    expect(() => readArguments(['--lobster', 'x', '--symbol', 'GOOG', '--levels', '5'])).toThrow('--levels')
  })
})

it('correlates prices with themselves to 1, however far from 0 they are', () => {
  const prices = Float64Array.from({ length: 1500 }, (_, row) => 64_000_000 + Math.sin(row))
  expect(correlation(prices, prices)).toBeCloseTo(1, 9)
})
