import { describe, expect, it } from 'vitest'
import { fitLogistic, imbalanceLogistic } from '../../src/index.js'
import { frameOf, normalSource } from '../made-frame.js'
import { drive } from './drive.js'

const rows = 400
const normal = normalSource(12)
const imbalance = Float64Array.from({ length: rows }, () => 5 + 2 * normal())
const targets = imbalance.map((x) => {
  const noisy = x - 5 + normal()
  return noisy > 0.8 ? 2 : noisy < -0.8 ? 0 : 1
})
targets[rows - 1] = NaN
const frame = frameOf({ queue_imbalance: imbalance }, targets, 1)

describe('imbalanceLogistic', () => {
  it('is the penalised logistic regression of the rows that had settled, on standardised columns', () => {
    const said = drive(imbalanceLogistic({ penalty: 0.01 }), frame, 300)
    const train = imbalance.slice(0, 300)
    const mean = train.reduce((sum, x) => sum + x / 300, 0)
    const deviation = Math.sqrt(train.reduce((sum, x) => sum + (x - mean) ** 2 / 300, 0))
    const { weights } = fitLogistic({
      inputs: Array.from(train).flatMap((x) => [1, (x - mean) / deviation]), columns: 2, targets: targets.slice(0, 300), classes: 3, penalties: [0, 3],
    })
    for (const row of [300, 350, 399]) {
      const z = (imbalance[row]! - mean) / deviation
      const odds = [1, Math.exp(weights[0]! + weights[1]! * z), Math.exp(weights[2]! + weights[3]! * z)]
      const total = odds.reduce((sum, value) => sum + value, 0)
      odds.forEach((value, k) => expect(said[row]!.probabilities[k]).toBeCloseTo(value / total, 9))
    }
  })

  it('says the class shares before it is fitted', () => {
    const [first, second] = drive(imbalanceLogistic(), frame, 300)
    expect(first!.probabilities).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(second!.probabilities[targets[0]!]).toBe(2 / 4)
  })

  it('is fitted again where it is told to be', () => {
    const frozen = drive(imbalanceLogistic(), frame, 100)
    const refitted = drive(imbalanceLogistic({ refitRows: 50 }), frame, 100)
    expect(refitted[149]!.probabilities).toEqual(frozen[149]!.probabilities)
    expect(refitted[151]!.probabilities).not.toEqual(frozen[151]!.probabilities)
  })

  it('has no view where a column is undefined, and does not learn there', () => {
    const holed = frameOf({ queue_imbalance: imbalance.map((x, row) => (row % 7 === 3 ? NaN : x)) }, targets, 1)
    const said = drive(imbalanceLogistic(), holed, 200)
    expect(said[206]!.call).toBe(-1)
    expect(said[207]!.call).toBeGreaterThanOrEqual(0)
  })

  it('stays with the class shares where nothing had settled, and takes a constant column', () => {
    expect(drive(imbalanceLogistic(), frame, 0)[0]!.probabilities).toEqual([1 / 3, 1 / 3, 1 / 3])
    const constant = frameOf({ queue_imbalance: imbalance.map(() => 7) }, targets, 1)
    const shares = [0, 1, 2].map((k) => targets.slice(0, 300).filter((target) => target === k).length / 300)
    drive(imbalanceLogistic(), constant, 300)[300]!.probabilities.forEach((p, k) => expect(p).toBeCloseTo(shares[k]!, 6))
  })

  it('refuses bad options', () => {
    expect(() => imbalanceLogistic({ penalty: -1 })).toThrow('penalty')
    expect(() => imbalanceLogistic({ refitRows: 0 })).toThrow('refitRows')
    expect(() => drive(imbalanceLogistic({ columns: ['x'] }), frame)).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
  })
})
