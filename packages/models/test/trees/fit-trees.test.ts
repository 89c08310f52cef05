import { seededRandom, type LobError } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitTrees, treeOutputs, treeScores, type FitTreesOptions } from '../../src/trees/index.js'
import { refusal } from '../refusal.js'
import { madeRows } from './made-rows.js'
import { naiveScores } from './naive-trees.js'

const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score))

describe('fitTrees', () => {
  it.each([
    ['squares', 'values', undefined, false],
    ['squares with gaps and weights', 'values', undefined, true],
    ['two classes', 'two', 2, false],
    ['two classes with gaps and weights', 'two', 2, true],
  ] as const)('grows the trees of an exhaustive search: %s', (_, targets, classes, hard) => {
    const made = madeRows(60, { columns: 3, gaps: hard, seed: 4 })
    const random = seededRandom(9)
    const weights = made.values.map(() => (hard ? 0.5 + random() : 1))
    const limits = { rounds: 4, leaves: 5, minLeafRows: 4, l2: 0.3, learningRate: 0.4 }
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const mean = made[targets].reduce((sum, target, row) => sum + target * weights[row]!, 0) / total
    const naive = naiveScores({
      ...limits,
      rows: Array.from({ length: 60 }, (__, row) => [...made.inputs.subarray(row * 3, row * 3 + 3)]),
      targets: [...made[targets]],
      weights: [...weights],
      start: classes === undefined ? mean : Math.log(mean / (1 - mean)),
      derive: (score, target) =>
        classes === undefined ? { gradient: score - target, hessian: 1 } : { gradient: sigmoid(score) - target, hessian: sigmoid(score) * (1 - sigmoid(score)) },
    })
    const fit = fitTrees({ inputs: made.inputs, columns: 3, targets: made[targets], rowWeights: weights, ...limits, ...(classes && { classes }) })
    treeScores(fit.ensemble, made.inputs).forEach((score, row) => expect(score).toBeCloseTo(naive[row]!, 9))
  })

  it('learns three classes, and a softmax of two is one score', () => {
    const { inputs, columns, three, two } = madeRows(3000, { noise: 0.1 })
    const later = madeRows(1000, { noise: 0.1, seed: 2 })
    const fit = fitTrees({ inputs, columns, targets: three, classes: 3 })
    const shares = treeOutputs(fit.ensemble, later.inputs)
    const right = later.three.reduce((count, target, row) => count + (shares[row * 3 + target]! > 0.5 ? 1 : 0), 0)
    expect(right).toBeGreaterThan(850)
    for (let row = 0; row < 1000; row++) expect(shares[row * 3]! + shares[row * 3 + 1]! + shares[row * 3 + 2]!).toBeCloseTo(1, 12)
    expect(fit.ensemble.roots.length).toBe(300)
    const binary = fitTrees({ inputs, columns, targets: two, classes: 2 })
    expect(binary.ensemble.outputs).toBe(1)
    expect(treeOutputs(binary.ensemble, later.inputs).length).toBe(2000)
  })

  it('gives the same bits each time, and leaves its arguments alone', () => {
    const { inputs, columns, three } = madeRows(800, { gaps: true })
    const before = [inputs.slice(), three.slice()]
    const options: FitTreesOptions = { inputs, columns, targets: three, classes: 3, rounds: 10, rowShare: 0.7, columnShare: 0.6, seed: 5 }
    const first = fitTrees(options)
    expect(fitTrees(options)).toEqual(first)
    expect(fitTrees({ ...options, seed: 6 })).not.toEqual(first)
    expect([inputs, three]).toEqual(before)
  })

  it('keeps scores of rows that a round did not draw: the training loss it reports is that of the ensemble', () => {
    const { inputs, columns, values } = madeRows(500, { gaps: true })
    for (const rowShare of [1, 0.5]) {
      const fit = fitTrees({ inputs, columns, targets: values, rounds: 12, rowShare })
      const loss = treeScores(fit.ensemble, inputs).reduce((sum, score, row) => sum + (score - values[row]!) ** 2 / 500, 0)
      expect(fit.losses.at(-1)!.trainLoss).toBeCloseTo(loss, 10)
    }
  })

  it('a weight is a row that many times, a class weight a weight of its rows', () => {
    const { inputs, columns, three } = madeRows(200, { columns: 3 }) // fewer than there are bins: their edges do not depend on weights
    const again = (times: number[]): FitTreesOptions => {
      const rows = times.flatMap((count, row) => new Array<number>(count).fill(row))
      return { inputs: Float32Array.from(rows.flatMap((row) => [...inputs.subarray(row * columns, row * columns + columns)])), columns, targets: rows.map((row) => three[row]!), classes: 3 }
    }
    const limits = { rounds: 5, leaves: 4, minLeafRows: 1, minLeafHessian: 3 }
    const times = [...three].map((target) => (target === 0 ? 3 : 1))
    const repeated = treeScores(fitTrees({ ...again(times), ...limits }).ensemble, inputs)
    const weighted = treeScores(fitTrees({ inputs, columns, targets: three, classes: 3, rowWeights: times, ...limits }).ensemble, inputs)
    const byClass = treeScores(fitTrees({ inputs, columns, targets: three, classes: 3, classWeights: [3, 1, 1], ...limits }).ensemble, inputs)
    weighted.forEach((score, at) => expect(score).toBeCloseTo(repeated[at]!, 9))
    expect(byClass).toEqual(weighted)
  })

  it('stops where the validation loss does, and keeps the best round', () => {
    const { inputs, columns, three } = madeRows(600, { noise: 2 })
    const later = madeRows(600, { noise: 2, seed: 2 })
    const seen: number[] = []
    const validation = { inputs: later.inputs, targets: later.three }
    const fit = fitTrees({ inputs, columns, targets: three, classes: 3, rounds: 300, patienceRounds: 7, validation, onRound: ({ round }) => void seen.push(round) })
    const losses = fit.losses.map(({ validationLoss }) => validationLoss!)
    expect(fit.bestRound).toBe(losses.indexOf(Math.min(...losses)) + 1)
    expect(fit.losses.length).toBe(fit.bestRound + 7)
    expect(seen).toEqual(fit.losses.map((_, at) => at + 1))
    expect(fit.ensemble.roots.length).toBe(3 * fit.bestRound)
    const nll = treeOutputs(fit.ensemble, later.inputs).reduce((sum, p, at) => (at % 3 === later.three[Math.floor(at / 3)] ? sum - Math.log(p) / 600 : sum), 0)
    expect(nll).toBeCloseTo(losses[fit.bestRound - 1]!, 10)
  })

  it('is the constant where no round helps: the shares of the classes', () => {
    const { inputs, columns } = madeRows(400)
    const random = seededRandom(3)
    const targets = Array.from({ length: 400 }, () => (random() < 0.25 ? 1 : 0))
    const validation = { inputs: inputs.slice(0, 5 * 200), targets: targets.slice(200) }
    const fit = fitTrees({ inputs, columns, targets, classes: 2, leaves: 60, minLeafRows: 1, learningRate: 1, patienceRounds: 3, validation })
    expect(fit.bestRound).toBe(0)
    const share = targets.filter((target) => target === 1).length / 400
    expect(treeOutputs(fit.ensemble, inputs.slice(0, 5))[1]).toBeCloseTo(share, 12)
  })

  it('sends missing numbers where they gain, and without any to the larger side', () => {
    // Missing is the signal: 0 and 1 say nothing.
    const inputs = Float32Array.from({ length: 200 }, (_, row) => (row % 4 === 0 ? NaN : row % 2))
    const targets = Array.from({ length: 200 }, (_, row) => (row % 4 === 0 ? 1 : 0))
    const missing = fitTrees({ inputs, columns: 1, targets, rounds: 1, learningRate: 1 }).ensemble
    expect([...treeScores(missing, [NaN, 0, 1, 1e38])]).toEqual([1, 0, 0, 0])
    const skewed = Float32Array.from({ length: 200 }, (_, row) => (row < 40 ? 0 : 1))
    const never = fitTrees({ inputs: skewed, columns: 1, targets: [...skewed], rounds: 1, learningRate: 1 }).ensemble
    treeScores(never, [NaN, 0, 1]).forEach((score, at) => expect(score).toBeCloseTo([1, 0, 1][at]!, 12))
  })

  it('splits so that the order of rows and any stretch of a column change nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 59 }), (seed, shift) => {
        const { inputs, values } = madeRows(60, { columns: 2, seed, gaps: true })
        const limits = { columns: 2, rounds: 3, leaves: 4, minLeafRows: 3 }
        const scores = treeScores(fitTrees({ inputs, targets: values, ...limits }).ensemble, inputs)
        const turned = (list: Float32Array | Float64Array, width: number) => [...list.subarray(shift * width), ...list.subarray(0, shift * width)]
        const moved = fitTrees({ inputs: turned(inputs, 2), targets: turned(values, 1), ...limits }).ensemble
        treeScores(moved, inputs).forEach((score, row) => expect(score).toBeCloseTo(scores[row]!, 9))
        // Times 4: exact in floats, and so are the cuts.
        const wide = inputs.map((x) => 4 * x)
        expect(treeScores(fitTrees({ inputs: wide, targets: values, ...limits }).ensemble, wide)).toEqual(scores)
      }),
      { numRuns: 50 },
    )
  })

  it('obeys its limits', () => {
    const { inputs, columns, values } = madeRows(500)
    const { ensemble } = fitTrees({ inputs, columns, targets: values, rounds: 3, leaves: 100, maxDepth: 3, minLeafRows: 30 })
    const depths = new Array<number>(ensemble.feature.length).fill(0)
    ensemble.feature.forEach((feature, node) => {
      if (feature < 0) return expect(ensemble.cover[node]).toBeGreaterThanOrEqual(30)
      depths[ensemble.left[node]!] = depths[ensemble.right[node]!] = depths[node]! + 1
    })
    expect(Math.max(...depths)).toBe(3)
    expect(fitTrees({ inputs, columns, targets: values, minGain: 1e9 }).ensemble.roots.length).toBe(0)
  })

  const { inputs, columns, three } = madeRows(100)
  const fine: FitTreesOptions = { inputs, columns, targets: three, classes: 3 }
  it.each<[string, Partial<FitTreesOptions>, LobError['code'], string]>([
    ['rows of another width', { columns: 4 }, 'LOB_BAD_OPTION', 'expected 400 numbers in inputs'],
    ['one class', { targets: three.map(() => 1) }, 'LOB_MODEL', 'every row is of class 1'],
    ['too few rows', { inputs: inputs.slice(0, 50), targets: three.slice(0, 10) }, 'LOB_MODEL', '10 rows make no split'],
    ['a target that is no class', { targets: three.map((target, row) => (row === 7 ? 3 : target)) }, 'LOB_MODEL', 'target of row 7 is 3'],
    ['an unlabelled row', { targets: three.map((target, row) => (row === 7 ? NaN : target)) }, 'LOB_MODEL', 'leave unlabelled rows out'],
    ['an infinite input', { inputs: inputs.map((x, at) => (at === 12 ? Infinity : x)) }, 'LOB_MODEL', 'input 2 of row 2 is Infinity'],
    ['a negative weight', { rowWeights: three.map((_, row) => (row === 3 ? -1 : 1)) }, 'LOB_BAD_OPTION', 'rowWeights[3]'],
    ['weights of nothing', { rowWeights: three.map(() => 0) }, 'LOB_MODEL', 'weighs 0'],
    ['class weights of another count', { classWeights: [1, 2] }, 'LOB_BAD_OPTION', '3 classes'],
    ['too many bins', { maxBins: 256 }, 'LOB_BAD_OPTION', 'maxBins'],
    ['no leaves', { leaves: 1 }, 'LOB_BAD_OPTION', 'leaves'],
    ['a learning rate of 0', { learningRate: 0 }, 'LOB_BAD_OPTION', 'learningRate'],
    ['patience without validation', { patienceRounds: 5 }, 'LOB_BAD_OPTION', 'validation'],
    ['no validation rows', { validation: { inputs: [], targets: [] } }, 'LOB_BAD_OPTION', 'validation'],
    ['names of another count', { featureNames: ['a'] }, 'LOB_BAD_OPTION', 'featureNames'],
  ])('refuses %s', (_, wrong, code, message) => {
    const error = refusal(() => fitTrees({ ...fine, ...wrong }))
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })
})
