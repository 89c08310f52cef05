import { seededRandom, type OnlineLearner, type OutputSpec, type Predictor } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { adaptiveEnsemble, bayesianAveraging, hedge, horizonMembers } from '../../src/ensemble/index.js'
import { classesOutput, rawInput, scaledInput, windowOf } from '../bayes/random-rows.js'

const two = classesOutput(2)
const input = scaledInput(1)
/** Always says the same, whatever it sees. */
const constant = (name: string, values: readonly number[], output: OutputSpec = two) => (): Predictor => ({
  contract: 1, name, input, output, predict: () => Float32Array.from(values),
})
const at = (row: number, value = 0) => ({ ...windowOf([value]), row, tsLocal: 1000 * row })

describe('adaptiveEnsemble', () => {
  it('mixes by weight and moves the weights by Bayes\' rule', () => {
    const ensemble = adaptiveEnsemble({ members: [constant('a', [0.9, 0.1]), constant('b', [0.4, 0.6])], weighting: bayesianAveraging({ forgetting: 1 }) })
    expect([...ensemble.predict(at(0))].map((p) => Number(p.toFixed(6)))).toEqual([0.65, 0.35])
    ensemble.learn(at(0), 1)
    // 0.1 against 0.6.
    expect(ensemble.weights()['b']).toBeCloseTo(6 / 7, 7)
    expect(ensemble.predict(at(1))[1]).toBeCloseTo((0.1 + 6 * 0.6) / 7, 6)
  })

  it('judges members by what they said when the row arrived, at horizons over one row', () => {
    // Says down until it is taught, then what it was last taught: asked again at the outcome it would seem to have known.
    const parrot = (output: OutputSpec) => (): OnlineLearner => {
      let last = 0
      return {
        contract: 1, name: 'parrot', input, output,
        predict: () => (last === 0 ? Float32Array.of(0.9, 0.1) : Float32Array.of(0.1, 0.9)),
        learn: (_, target) => void (last = target), save: () => last, load: () => {},
      }
    }
    for (const horizon of [{ rows: 3 }, { micros: 3000 }, { rows: 1 }] as const) {
      const output: OutputSpec = { ...two, horizon }
      const ensemble = adaptiveEnsemble({ members: [parrot(output), constant('even', [0.5, 0.5], output)], weighting: bayesianAveraging({ forgetting: 1 }) })
      for (const row of [0, 1, 2, 3]) ensemble.learn(at(row), 1)
      // A horizon of three: rows 0 to 2 were asked about before any outcome, row 3 after row 0's.
      const late = 'rows' in horizon && horizon.rows === 1 ? 1 : 3
      const said = 0.1 ** late * 0.9 ** (4 - late)
      expect(ensemble.weights()['parrot']).toBeCloseTo(said / (said + 0.5 ** 4), 7)
      expect(ensemble.predict(at(4))[1]).toBeGreaterThan(0.5)
    }
  })

  it('on a random walk with overlapping labels is not taken in by a learner that only remembers', () => {
    const output: OutputSpec = { ...two, horizon: { rows: 10 } }
    const random = seededRandom(3)
    const mids = new Float64Array(3010)
    for (let row = 1; row < mids.length; row++) mids[row] = mids[row - 1]! + random() - 0.5
    const targetOf = (row: number): number => (mids[row + 10]! > mids[row]! ? 1 : 0)
    const ensemble = adaptiveEnsemble({ members: horizonMembers({ input, output, memoryRows: { fast: 10, slow: 3000 } }), weighting: bayesianAveraging({ forgetting: 0.98 }) })
    let [fast, loss] = [0, 0]
    for (let row = 0; row < 3000; row++) {
      if (row >= 10) ensemble.learn(at(row - 10), targetOf(row - 10))
      loss -= Math.log(ensemble.predict(at(row))[targetOf(row)]!) / 3000
      fast += ensemble.weights()['fast']! / 3000
    }
    // Judged by what it would say once it knows the rows in between, the fast one has 0.97 of the weight and the ensemble loses 0.81.
    expect(fast).toBeLessThan(0.3)
    expect(loss).toBeLessThan(0.75)
  })

  it('gives each member its columns, its rows and its scaling', () => {
    const seen: number[][] = []
    const spy = (name: string, own: Predictor['input']) => (): Predictor => ({
      contract: 1, name, input: own, output: two,
      predict: ({ data, shape }) => {
        seen.push([...shape, ...data])
        return Float32Array.of(0.5, 0.5)
      },
    })
    const wide = rawInput(3, 2)
    const narrow = { ...wide, columns: ['x2', 'x0'], fingerprints: ['x2', 'x0'], length: 1, scaler: { mean: [1, 2], scale: [2, 4] } }
    adaptiveEnsemble({ input: wide, members: [spy('all', wide), spy('some', narrow)] }).predict(windowOf([1, 2, 3, 4, 5, 6], 2))
    expect(seen).toEqual([[2, 3, 1, 2, 3, 4, 5, 6], [1, 2, 2.5, 0.5]])
  })

  it('forgives all members alike once its own forecasts change', () => {
    const random = seededRandom(2)
    const members = [constant('up', [0.35, 0.65]), constant('down', [0.65, 0.35])]
    const ensemble = adaptiveEnsemble({ members, weighting: bayesianAveraging({ forgetting: 1 }), alarm: {} })
    const firm = adaptiveEnsemble({ members, weighting: bayesianAveraging({ forgetting: 1 }) })
    for (let row = 0; row < 1200; row++) {
      const target = random() < (row < 1000 ? 0.65 : 0.35) ? 1 : 0
      for (const one of [ensemble, firm]) {
        one.predict(at(row))
        one.learn(at(row), target)
      }
    }
    expect(firm.weights()['up']).toBeGreaterThan(0.99)
    expect(ensemble.weights()['down']).toBeGreaterThan(0.99)
  })

  it('mixes values into a mean and a deviation, and weights them by density', () => {
    const output: OutputSpec = { kind: 'value', unit: 'ticks', horizon: { rows: 1 } }
    const ensemble = adaptiveEnsemble({ members: [constant('low', [-1, 1], output), constant('high', [3, 2], output)], weighting: bayesianAveraging({ forgetting: 1 }) })
    // Variance (1 + 4) / 2 within and 4 between.
    expect([...ensemble.predict(at(0))]).toEqual([1, Math.fround(Math.sqrt(6.5))])
    ensemble.learn(at(0), -1)
    const [low, high] = [1, Math.exp(-2) / 2]
    expect(ensemble.weights()['low']).toBeCloseTo(low / (low + high), 12)
    const unsure = adaptiveEnsemble({ members: [constant('low', [-1, NaN], output), constant('high', [3, 2], output)] })
    unsure.learn(at(0), 3)
    expect(unsure.weights()).toEqual({ low: 0.5, high: 0.5 })
    expect(unsure.predict(at(1))[1]).toBeNaN()
  })

  it('refuses members that do not fit together', () => {
    const code = (wanted: string) => expect.objectContaining({ code: wanted })
    const one = constant('one', [0.5, 0.5])
    const refusals: [string, () => unknown][] = [
      ['LOB_BAD_OPTION', () => adaptiveEnsemble({ members: [one] })],
      ['LOB_BAD_OPTION', () => adaptiveEnsemble({ members: [one, one] })],
      ['LOB_BAD_OPTION', () => adaptiveEnsemble({ members: [one, constant('three', [0.3, 0.3, 0.4], classesOutput(3))] })],
      ['LOB_BAD_OPTION', () => adaptiveEnsemble({ members: ['a', 'b'].map((name) => constant(name, [0, 1], { kind: 'value', unit: 'ticks', horizon: { rows: 1 } })), weighting: hedge() })],
      ['LOB_COLUMN_MISMATCH', () => adaptiveEnsemble({ members: [one, () => ({ ...one(), name: 'other', input: scaledInput(2) })] })],
      ['LOB_COLUMN_MISMATCH', () => adaptiveEnsemble({ members: [one, () => ({ ...one(), name: 'other', input: { ...input, sampler: 'every_trade' } })] })],
      ['LOB_COLUMN_MISMATCH', () => adaptiveEnsemble({ members: [one, () => ({ ...one(), name: 'other', input: { ...input, length: 2 } })] })],
      ['LOB_MODEL', () => adaptiveEnsemble({ members: [one, () => ({ ...one(), name: 'late', predict: () => Promise.resolve(Float32Array.of(0.5, 0.5)) })] }).predict(at(0))],
      ['LOB_BAD_OPTION', () => horizonMembers({ input, output: two, memoryRows: { none: 1 } })],
    ]
    for (const [wanted, refused] of refusals) expect(refused).toThrow(code(wanted))
  })

  it('goes on from a saved state in mid-horizon with the same bits', () => {
    const output: OutputSpec = { ...two, horizon: { rows: 5 } }
    const make = () => adaptiveEnsemble({ members: horizonMembers({ input, output, memoryRows: { fast: 10, slow: 200 } }), alarm: { recentRows: 50 } })
    const random = seededRandom(8)
    const rows = Array.from({ length: 300 }, (_, row) => ({ window: at(row, random() - 0.5), target: random() < 0.6 ? 1 : 0 }))
    const [whole, first] = [make(), make()]
    let second = first
    rows.forEach(({ window }, row) => {
      const due = row >= 5 ? rows[row - 5]! : undefined
      if (row === 150) {
        second = make()
        second.load(JSON.parse(JSON.stringify(first.save())))
      }
      for (const learner of [whole, second]) if (due) learner.learn(due.window, due.target)
      expect([...second.predict(window)]).toEqual([...whole.predict(window)])
    })
  })

  it('refuses a damaged state whole, and closes its members', async () => {
    const random = seededRandom(8)
    let closed = 0
    const closing = (): Predictor => ({ ...constant('closing', [0.5, 0.5])(), close: () => Promise.resolve(void closed++) })
    const ensemble = adaptiveEnsemble({ members: [...horizonMembers({ input, output: two, memoryRows: { fast: 10, slow: 200 } }), closing], alarm: {} })
    const teach = (rows: number): void => {
      for (let row = 0; row < rows; row++) ensemble.learn(at(row, random() - 0.5), random() < 0.6 ? 1 : 0)
    }
    teach(50)
    const good = ensemble.save() as { members: object[] }
    teach(50)
    const before = JSON.stringify(ensemble.save())
    const damaged = [{ ...good, members: [good.members[0], { learner: {} }, good.members[2]] }, { ...good, weights: [0] }, { ...good, alarm: undefined }, { ...good, rule: 'other' }]
    for (const state of damaged) expect(() => ensemble.load(state)).toThrow(expect.objectContaining({ code: expect.stringMatching('LOB_') }))
    expect(JSON.stringify(ensemble.save())).toBe(before)
    await ensemble.close!()
    expect(closed).toBe(1)
  })

  it('the members of several memories forget at their own pace', () => {
    const members = horizonMembers({ input, output: two }).map((make) => make())
    expect(members.map(({ name }) => name)).toEqual(['ultra_short', 'short', 'medium'])
    const random = seededRandom(3)
    const teach = (rows: number, up: number): void => {
      for (let row = 0; row < rows; row++) {
        const target = random() < up ? 1 : 0
        for (const member of members) member.learn(windowOf([0]), target)
      }
    }
    teach(6000, 0.9)
    teach(100, 0.1)
    const [fast, middle, slow] = members.map((member) => member.predict(windowOf([0]))[1]!)
    expect(fast).toBeLessThan(0.35)
    expect(middle).toBeGreaterThan(fast!)
    expect(slow).toBeGreaterThan(0.8)
  })
})
