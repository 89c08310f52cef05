import { readFileSync } from 'node:fs'
import { features, midPrice, queueImbalance, seededRandom, spread, type Prediction, type Settled } from '@rxlob/core'
import { simulator } from '@rxlob/adapters-simulator'
import fc from 'fast-check'
import { from, lastValueFrom, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { calibrationMonitor, driftMonitor, driftReference, populationStability, watchCalibration, watchDrift } from '../../src/drift/index.js'

const golden = JSON.parse(readFileSync(new URL('../golden/drift.json', import.meta.url), 'utf8')) as {
  stability: { expected: number[]; actual: number[]; index: number }[]
  quantiles: { values: number[]; edges: number[]; counts: number[] }
  calibration: { probabilities: number[][]; targets: number[]; accuracy: number; confidence: number; error: number; logLoss: number; z: number }
}
const counts = fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }).filter((list) => list.some((count) => count > 0))

describe('populationStability', () => {
  it.each(golden.stability)('is the divergence of Jeffreys by scipy: $index', ({ expected, actual, index }) => {
    expect(populationStability(expected, actual)).toBeCloseTo(index, 12)
  })

  // Shares 25.5/102 against 40.5/102: the first of four terms is 15/102 ln(40.5/25.5).
  it('by hand', () => {
    const term = (e: number, a: number): number => ((a - e) / 102) * Math.log(a / e)
    expect(populationStability([25, 25, 25, 25], [40, 30, 20, 10])).toBeCloseTo(term(25.5, 40.5) + term(25.5, 30.5) + term(25.5, 20.5) + term(25.5, 10.5), 12)
  })

  it('is symmetric, 0 for equal counts and never negative', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(populationStability(a, b)).toBeCloseTo(populationStability(b, a), 12)
        expect(populationStability(a, b)).toBeGreaterThanOrEqual(0)
        expect(populationStability(a, a)).toBe(0)
      }),
    )
  })

  it('is about chi-square (1/n + 1/m) where nothing has moved: its mean over samples is (bins - 1) (1/n + 1/m)', () => {
    const random = seededRandom(9)
    const sample = (rows: number): number[] => {
      const found = [0, 0, 0, 0, 0]
      for (let row = 0; row < rows; row++) found[Math.floor(random() * 5)]!++
      return found
    }
    let sum = 0
    for (let draw = 0; draw < 2000; draw++) sum += populationStability(sample(400), sample(1000))
    // A standard error of sqrt(8) (1/400 + 1/1000) / sqrt(2000) is 1.6 % of the mean.
    expect(sum / 2000 / (4 * (1 / 400 + 1 / 1000))).toBeCloseTo(1, 1)
  })

  it('is NaN without rows and refuses other bins', () => {
    expect(populationStability([0, 0], [1, 2])).toBeNaN()
    expect(() => populationStability([1, 2], [1, 2, 3])).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

describe('driftReference', () => {
  it('cuts at the quantiles of numpy', () => {
    const { edges, counts: found } = driftReference({ columns: ['x'], values: golden.quantiles.values })
    expect(edges[0]).toEqual(golden.quantiles.edges)
    expect(found[0]).toEqual([...golden.quantiles.counts, 0])
  })

  it('gives a value that most rows share one bin, and NaN another', () => {
    // Eight ones, a two, a NaN: both edges fall on 1.
    expect(driftReference({ columns: ['spread'], values: [1, 1, 1, 1, 1, 1, 1, 1, 2, NaN], bins: 3 })).toEqual({ columns: ['spread'], edges: [[1]], counts: [[8, 1, 1]] })
    expect(driftReference({ columns: ['flat'], values: [5, 5, 5] })).toEqual({ columns: ['flat'], edges: [[]], counts: [[3, 0]] })
  })

  it('refuses numbers that are no rows', () => {
    expect(() => driftReference({ columns: ['a', 'b'], values: [1, 2, 3] })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

describe('driftMonitor', () => {
  it('compares the newest rows, as a fresh count of them does', () => {
    const random = seededRandom(4)
    const rows = Array.from({ length: 300 }, () => [random() < 0.1 ? NaN : random() * 10, Math.floor(random() * 4)])
    const reference = driftReference({ columns: ['a', 'b'], values: rows.slice(0, 100).flat(), bins: 5 })
    const monitor = driftMonitor({ reference, rows: 50 })
    for (const [at, row] of rows.entries()) {
      monitor.add(row)
      const newest = rows.slice(Math.max(0, at - 49), at + 1)
      const report = monitor.report()
      for (const column of [0, 1]) {
        const naive = reference.counts[column]!.map((_, bin) => newest.filter((one) => {
          const value = one[column]!
          const edges = reference.edges[column]!
          if (Number.isNaN(value)) return bin === edges.length + 1
          return bin <= edges.length && value > (edges[bin - 1] ?? -Infinity) && value <= (edges[bin] ?? Infinity)
        }).length)
        expect(report.columns[column]!.index).toBe(populationStability(reference.counts[column]!, naive))
      }
      expect(report.rows).toBe(newest.length)
    }
  })

  it('refuses a reference that is none', () => {
    expect(() => driftMonitor({ reference: { columns: ['a'], edges: [], counts: [] } })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

describe('calibrationMonitor', () => {
  const { probabilities, targets, ...expected } = golden.calibration

  it('has the numbers of numpy and scikit-learn', () => {
    const monitor = calibrationMonitor({ classes: 3 })
    probabilities.forEach((row, at) => monitor.add(row, targets[at]!))
    const report = monitor.report()
    expect(report.rows).toBe(400)
    for (const [name, value] of Object.entries(expected)) expect(report[name as keyof typeof expected]).toBeCloseTo(value, 10)
  })

  it('judges the newest rows alone', () => {
    const whole = calibrationMonitor({ classes: 3, rows: 100 })
    const late = calibrationMonitor({ classes: 3, rows: 100 })
    probabilities.forEach((row, at) => whole.add(row, targets[at]!))
    probabilities.slice(300).forEach((row, at) => late.add(row, targets[300 + at]!))
    const [a, b] = [whole.report(), late.report()]
    for (const name of Object.keys(a) as (keyof typeof a)[]) expect(a[name]).toBeCloseTo(b[name], 12)
  })

  it('leaves out what was not predicted, and refuses targets that are no class', () => {
    const monitor = calibrationMonitor({ classes: 2 })
    monitor.add([NaN, NaN], 1)
    expect(monitor.report()).toMatchObject({ rows: 0, accuracy: NaN })
    for (const target of [2, -1, 0.5, NaN]) expect(() => monitor.add([0.5, 0.5], target)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

describe('watchDrift', () => {
  const list = [queueImbalance(), spread()]

  it('reports every so many rows of an instrument once a window is there, without looking ahead', async () => {
    const rows = await lastValueFrom(simulator({ seed: 5, durationMicros: 30e6 }).events().pipe(features(list), toArray()))
    const whole = rows.map((row) => row.toArray())
    const reference = driftReference({ columns: rows[0]!.columns, values: whole.slice(0, 200).flat() })
    const options = { reference, rows: 100, everyRows: 50 }
    const reports = await lastValueFrom(from(rows).pipe(watchDrift(options), toArray()))
    expect(reports.map(({ row }) => row)).toEqual(Array.from({ length: Math.floor((rows.length - 100) / 50) + 1 }, (_, at) => 99 + 50 * at))
    const monitor = driftMonitor(options)
    for (const row of whole.slice(0, 150)) monitor.add(row)
    expect(reports[1]).toEqual({ ...monitor.report(), instrument: rows[0]!.instrument, row: 149 })
  })

  it('ends where the columns are others', async () => {
    const reference = driftReference({ columns: ['a'], values: [1, 2] })
    await expect(lastValueFrom(simulator({ seed: 5, durationMicros: 1e6 }).events().pipe(features([midPrice()]), watchDrift({ reference })))).rejects.toMatchObject({ code: 'LOB_COLUMN_MISMATCH' })
  })

  it('watches scores by class', async () => {
    const output = { kind: 'classes' as const, classes: ['down', 'up'], horizon: { rows: 1 } }
    const predictions = [0.2, 0.4, 0.9].map((up, row): Prediction => ({ kind: 'prediction', instrument: 'made:A', row, tsLocal: row, output, values: Float32Array.of(1 - up, up) }))
    const reference = driftReference({ columns: output.classes, values: predictions.flatMap(({ values }) => [...values]), bins: 2 })
    const [report] = await lastValueFrom(from(predictions).pipe(watchDrift({ reference, rows: 3 }), toArray()))
    expect(report).toMatchObject({ rows: 3, row: 2, instrument: 'made:A', worst: { index: 0 } })
  })
})

describe('watchCalibration', () => {
  it('judges what is settled and lets predictions pass', async () => {
    const { probabilities, targets } = golden.calibration
    const output = { kind: 'classes' as const, classes: ['down', 'flat', 'up'], horizon: { rows: 1 } }
    const items = probabilities.flatMap((values, row): (Prediction | Settled)[] => {
      const prediction: Prediction = { kind: 'prediction', instrument: 'made:A', row, tsLocal: row, output, values: Float32Array.from(values) }
      return [prediction, { kind: 'settled', instrument: 'made:A', row, prediction, target: targets[row]!, tsSettled: row + 1 }]
    })
    const reports = await lastValueFrom(from(items).pipe(watchCalibration({ rows: 400 }), toArray()))
    expect(reports).toHaveLength(1)
    expect(reports[0]!.error).toBeCloseTo(golden.calibration.error, 6)
    expect(reports[0]).toMatchObject({ row: 399, rows: 400, accuracy: golden.calibration.accuracy })
  })
})
