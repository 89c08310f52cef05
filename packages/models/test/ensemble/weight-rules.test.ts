import { describe, expect, it } from 'vitest'
import { bayesianAveraging, equalWeights, hedge, recentPerformance } from '../../src/ensemble/index.js'

const none = Float64Array.of(NaN, NaN, NaN)

describe('hedge', () => {
  it('A18: three rounds', () => {
    const weighted = hedge({ rate: 0.5 }).start(3)
    let total = 0
    for (const losses of [[0.2, 0.5, 0.9], [0.4, 0.1, 0.3], [0.8, 0.2, 0.1]]) {
      total += losses.reduce((sum, loss, i) => sum + loss * weighted.weights[i]!, 0)
      weighted.update(none, Float64Array.from(losses))
    }
    ;[0.294019937, 0.3968854015, 0.3090946615].forEach((value, i) => expect(weighted.weights[i]).toBeCloseTo(value, 9))
    expect(total).toBeCloseTo(1.1970959377, 9)
  })

  it('loses at most sqrt(T ln N / 2) more than the best, against an adversary who hits the heaviest', () => {
    const [rows, members] = [1000, 4]
    const weighted = hedge({ rows }).start(members)
    const sums = new Float64Array(members)
    let total = 0
    for (let row = 0; row < rows; row++) {
      const heaviest = weighted.weights.indexOf(Math.max(...weighted.weights))
      const losses = Float64Array.from(sums, (_, i) => (i === heaviest ? 1 : 0))
      total += losses.reduce((sum, loss, i) => sum + loss * weighted.weights[i]!, 0)
      losses.forEach((loss, i) => (sums[i]! += loss))
      weighted.update(new Float64Array(members), losses)
    }
    const regret = total - Math.min(...sums)
    expect(regret).toBeLessThan(Math.sqrt((rows * Math.log(members)) / 2))
    expect(regret).toBeGreaterThan(0)
  })

  it('with a share, no member falls below it', () => {
    const weighted = hedge({ rate: 5, share: 0.1 }).start(2)
    for (let row = 0; row < 100; row++) weighted.update(none, Float64Array.of(1, 0))
    expect(weighted.weights[0]).toBeCloseTo(0.05, 3)
    for (const share of [-0.1, 1, NaN]) expect(() => hedge({ share })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

describe('bayesianAveraging', () => {
  it('A18: forgetting 0.9', () => {
    const weighted = bayesianAveraging({ forgetting: 0.9 }).start(3)
    let logLikelihood = 0
    for (const likelihoods of [[0.5, 0.3, 0.4], [0.2, 0.6, 0.4], [0.1, 0.7, 0.5]]) {
      // The vector's forecast is made with the weights that were flattened for its row.
      const flat = Array.from(weighted.weights, (weight) => weight ** 0.9)
      const sum = flat.reduce((all, value) => all + value, 0)
      logLikelihood += Math.log(likelihoods.reduce((all, p, i) => all + (p * flat[i]!) / sum, 0))
      weighted.update(Float64Array.from(likelihoods, Math.log), none)
    }
    ;[0.0471093106, 0.5860253873, 0.3668653021].forEach((value, i) => expect(weighted.weights[i]).toBeCloseTo(value, 9))
    expect(logLikelihood).toBeCloseTo(-2.6247233801, 9)
  })

  it('without forgetting is Bayes\' rule', () => {
    const weighted = bayesianAveraging({ forgetting: 1 }).start(2)
    for (let row = 0; row < 3; row++) weighted.update(Float64Array.of(Math.log(0.6), Math.log(0.3)), none)
    expect(weighted.weights[0]).toBeCloseTo(8 / 9, 12)
  })

  it('comes back from the dead', () => {
    const weighted = bayesianAveraging({ forgetting: 0.98 }).start(2)
    for (let row = 0; row < 10_000; row++) weighted.update(Float64Array.of(-30, 0), none)
    expect(weighted.weights[0]).toBe(0)
    for (let row = 0; row < 200; row++) weighted.update(Float64Array.of(0, -30), none)
    expect(weighted.weights[0]).toBeGreaterThan(0.999)
  })
})

describe('recentPerformance', () => {
  it('is the softmax of the decayed sums of log losses', () => {
    const [decay, sharpness] = [0.7, 1.5]
    const weighted = recentPerformance({ decay, sharpness }).start(3)
    const losses = [[0.4, 1.2, 0.7], [0.9, 0.1, 0.6], [0.3, 2, 0.2], [1, 0.5, 0.1]]
    losses.forEach((row) => weighted.update(Float64Array.from(row, (loss) => -loss), none))
    const scores = [0, 1, 2].map((i) => Math.exp(-sharpness * losses.reduce((sum, row, s) => sum + decay ** (losses.length - 1 - s) * row[i]!, 0)))
    const sum = scores.reduce((all, value) => all + value, 0)
    scores.forEach((value, i) => expect(weighted.weights[i]).toBeCloseTo(value / sum, 12))
  })
})

describe('every rule', () => {
  it.each([hedge({ rate: 0.3, share: 0.01 }), bayesianAveraging(), recentPerformance(), equalWeights()])('$name: weights sum to 1, restart, save and load', (rule) => {
    const weighted = rule.start(3)
    const step = (target: typeof weighted, row: number): void =>
      target.update(Float64Array.of(-0.1 * row, -0.5, -0.7), Float64Array.of(0.05 * row, 0.2, 0.4))
    for (let row = 0; row < 12; row++) step(weighted, row)
    expect(weighted.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    const other = rule.start(3)
    other.load(JSON.parse(JSON.stringify(weighted.save())))
    for (let row = 0; row < 12; row++) {
      step(weighted, row)
      step(other, row)
    }
    expect([...other.weights]).toEqual([...weighted.weights])
    weighted.restart()
    expect([...weighted.weights]).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(() => weighted.load([0, 0])).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
  })
})
