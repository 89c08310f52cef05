import { seededRandom } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bernoulliRuns, bocpd, gaussianRuns, type RunModel } from '../../src/bayes/index.js'

/** Posterior over the last run's length and log evidence, by summing over every way to cut the data into runs. */
function byEnumeration(data: readonly number[], model: RunModel, hazard: number) {
  const joint = Array.from({ length: data.length + 1 }, () => 0)
  // Bit i of `cuts`: a run ends after observation i.
  for (let cuts = 0; cuts < 2 ** data.length; cuts++) {
    let probability = 1
    let length = 0
    let known = Float64Array.from(model.prior)
    data.forEach((x, i) => {
      probability *= Math.exp(model.logDensity(known, 0, x))
      model.update(known, 0, x)
      length++
      const ends = (cuts >> i) % 2 === 1
      probability *= ends ? hazard : 1 - hazard
      if (ends) {
        length = 0
        known = Float64Array.from(model.prior)
      }
    })
    joint[length]! += probability
  }
  const evidence = joint.reduce((sum, value) => sum + value, 0)
  return { evidence: Math.log(evidence), posterior: joint.map((value) => value / evidence) }
}

function after(data: readonly number[], options: Parameters<typeof bocpd>[0]) {
  const detector = bocpd(options)
  const evidence = data.reduce((sum, x) => sum + detector.step(x), 0)
  const { lengths, probabilities } = detector.runLengths()
  const posterior = Array.from({ length: data.length + 1 }, () => 0)
  lengths.forEach((length, at) => (posterior[length] = probabilities[at]!))
  return { detector, evidence, posterior }
}

describe('bocpd', () => {
  it('A15: six numbers with a jump', () => {
    const { evidence, posterior, detector } = after([0.1, -0.2, 0.05, 3, 3.2, 2.9], { model: gaussianRuns(), hazard: 0.1 })
    const golden = [0.1, 0.0269217448, 0.0353711289, 0.5548982106, 0.0993103629, 0.0272881991, 0.1562103537]
    golden.forEach((value, r) => expect(posterior[r]).toBeCloseTo(value, 9))
    expect(evidence).toBeCloseTo(-12.2598126112, 9)
    expect(detector.likelyLength(6)).toBe(3)
    expect(detector.changeWithin(3)).toBeCloseTo(0.7171910843, 9)
  })

  it('equals the sum over every way to cut the data into runs', () => {
    const bits = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(bits, fc.double({ min: 0.001, max: 0.6, noNaN: true }), (data, hazard) => {
        const model = bernoulliRuns({ ones: 2, zeros: 1.5 })
        const want = byEnumeration(data, model, hazard)
        const got = after(data, { model, hazard, dropBelow: 0 })
        expect(got.evidence).toBeCloseTo(want.evidence, 10)
        want.posterior.forEach((value, r) => expect(got.posterior[r]).toBeCloseTo(value, 10))
      }),
      { numRuns: 60 },
    )
  })

  it('has run length 0 with exactly the hazard, and probabilities that sum to 1, whatever is dropped', () => {
    const random = seededRandom(3)
    const detector = bocpd({ model: gaussianRuns(), hazard: 0.02, dropBelow: 0, maxRuns: 10 })
    for (let row = 0; row < 300; row++) {
      detector.step(random() + (row > 150 ? 2 : 0))
      const { lengths, probabilities } = detector.runLengths()
      expect(lengths.length).toBeLessThanOrEqual(10)
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
      if (row < 9) expect(probabilities.at(-1)).toBeCloseTo(0.02, 12)
    }
  })

  it('with bounded run lengths stays near the exact posterior', () => {
    const random = seededRandom(9)
    const data = Array.from({ length: 1500 }, (_, row) => (random() < (row < 900 ? 0.65 : 0.35) ? 1 : 0))
    const exact = bocpd({ model: bernoulliRuns(), hazard: 1e-3, dropBelow: 0, maxRuns: 2000 })
    const bounded = bocpd({ model: bernoulliRuns(), hazard: 1e-3, maxRuns: 200 })
    let worst = 0
    data.forEach((x) => {
      exact.step(x)
      bounded.step(x)
      worst = Math.max(worst, Math.abs(exact.changeWithin(200) - bounded.changeWithin(200)))
    })
    expect(exact.runLengths().lengths.length).toBe(1501)
    expect(bounded.runLengths().lengths.length).toBeLessThanOrEqual(200)
    expect(worst).toBeLessThan(0.05)
  })

  it('takes a settled run as a fact, and speaks of changes after it alone', () => {
    const { detector } = after([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1], { model: bernoulliRuns(), hazard: 0.05 })
    const length = detector.likelyLength(10)
    expect(length).toBe(7)
    detector.settle(length)
    expect(detector.changeWithin(10)).toBe(0)
    expect(detector.runLengths()).toEqual({ lengths: Int32Array.of(7), probabilities: Float64Array.of(1) })
    detector.step(1)
    expect(detector.changeWithin(1e6)).toBeCloseTo(0.05, 12)
    expect(() => detector.settle(5)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })

  it('goes on from a saved state with the same bits', () => {
    const random = seededRandom(4)
    const options = { model: bernoulliRuns(), hazard: 0.01, maxRuns: 20 }
    const one = bocpd(options)
    for (let row = 0; row < 200; row++) one.step(random() < 0.7 ? 1 : 0)
    const other = bocpd(options)
    other.load(JSON.parse(JSON.stringify(one.save())))
    for (let row = 0; row < 100; row++) {
      const x = random() < 0.3 ? 1 : 0
      expect(other.step(x)).toBe(one.step(x))
      expect(other.changeWithin(50)).toBe(one.changeWithin(50))
    }
    expect(() => bocpd({ ...options, hazard: 0.02 }).load(one.save())).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
    expect(() => bocpd(options).load({ ...(one.save() as object), logs: [] })).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
  })

  it('refuses what its model does not know', () => {
    const detector = bocpd({ model: bernoulliRuns() })
    for (const x of [0.5, NaN, 2]) expect(() => detector.step(x)).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
    expect(() => bocpd({ model: gaussianRuns() }).step(NaN)).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
    for (const hazard of [0, 1, NaN]) expect(() => bocpd({ model: bernoulliRuns(), hazard })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
