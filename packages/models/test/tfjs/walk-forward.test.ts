import { simulator } from '@rxlob/adapters-simulator'
import { everyMidMove, midMove, ofi, queueImbalance, type Source } from '@rxlob/core'
import { accuracy, confusionMatrix, majorityClass, prequential } from '@rxlob/evaluation'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { logistic, trainWalkForward, type WalkForwardTrainingOptions } from '../../src/tfjs/index.js'

const folder = mkdtempSync(join(tmpdir(), 'rxlob-walk-'))
afterAll(() => rmSync(folder, { recursive: true }))

const market = simulator({ seed: 3, signal: { accuracy: 0.75 }, durationMicros: 900_000_000 })
const options: WalkForwardTrainingOptions = {
  source: market, features: [queueImbalance(), ofi()], sample: everyMidMove(), labelers: { next: midMove({ rows: 1, kind: 'value' }) }, threshold: 0, architecture: logistic(), length: 2,
  folds: { folds: 2 }, training: { epochs: 4, learningRate: 0.05 },
}

describe('trainWalkForward', () => {
  it('finds the planted signal in every fold, on rows that were not trained on', async () => {
    const { frame, folds, forecasts, scoreFrom, configurations } = await trainWalkForward({ ...options, seeds: [1, 2] })
    const run = prequential({ frame, target: 'next', learners: [forecasts['next']!], baselines: [majorityClass()], scoreFrom })
    const score = accuracy(confusionMatrix(run.outcomes, run.forecasts[0]!.calls, { classes: 3 }))
    // 2,200 rows: a standard error of 0.9 points.
    expect(score).toBeGreaterThan(0.72)
    expect(score).toBeLessThan(0.78)
    expect(configurations).toBe(4)
    expect(folds).toHaveLength(2)
    for (const { train, validation, test } of folds) {
      expect(validation.from - train.to).toBe(3)
      expect(test.from - validation.to).toBe(3)
    }
    expect(folds[1]!.test).toEqual({ from: folds[0]!.test.to, to: frame.length })
  })

  it('cannot be swayed by what comes after a fold', async () => {
    // The same market until three quarters of its time, another one afterwards.
    const cut = 0.7 * 900_000_000
    const other = simulator({ seed: 3, signal: { accuracy: 0.75 }, durationMicros: 900_000_000, regimes: [{ fromMicros: cut, accuracy: 0.1 }] })
    const [one, two] = [await trainWalkForward(options), await trainWalkForward({ ...options, source: other })]
    const rows = one.folds[0]!.test
    const upTo = Math.min(rows.to, Math.floor(0.65 * one.frame.length))
    expect(two.folds[0]!.nets[0]!.weights).toEqual(one.folds[0]!.nets[0]!.weights)
    expect(two.probabilities['next']![0]!.subarray(rows.from * 3, upTo * 3)).toEqual(one.probabilities['next']![0]!.subarray(rows.from * 3, upTo * 3))
    expect(two.frame.targets['next']!.subarray(upTo + 300)).not.toEqual(one.frame.targets['next']!.subarray(upTo + 300))
  })

  it('keeps frames as files, which give the same bits, and refuses a changed one', async () => {
    let read = 0
    const counted: Source = { ...market, async *batches(signal) { read++; yield* market.batches!(signal) } }
    const cache = { folder, dataHash: 'market 3' }
    const one = await trainWalkForward({ ...options, source: counted, cache })
    const two = await trainWalkForward({ ...options, source: counted, cache })
    expect(read).toBe(1)
    expect(two.folds[0]!.nets[0]!.weights).toEqual(one.folds[0]!.nets[0]!.weights)
    const [file] = readdirSync(folder)
    const bytes = readFileSync(join(folder, file!))
    bytes[bytes.length - 9]! ^= 1
    writeFileSync(join(folder, file!), bytes)
    await expect(trainWalkForward({ ...options, source: counted, cache })).rejects.toMatchObject({ code: 'LOB_BAD_FILE' })
  })

  it('fits features and dead zones on the training rows of each fold', async () => {
    const seen: number[] = []
    const { folds, frame } = await trainWalkForward({
      ...options, threshold: 'half-mean', labelers: { next: midMove({ rows: 4, kind: 'value' }) },
      fit: (_, { to }) => {
        seen.push(to)
        return [ofi({ levels: 2 })]
      },
    })
    expect(seen).toEqual(folds.map(({ train }) => train.to))
    expect(folds[0]!.thresholds['next']).not.toBe(folds[1]!.thresholds['next'])
    expect(folds[0]!.nets[0]!.input.columns).toEqual(['queue_imbalance', 'ofi_1', 'ofi_2'])
    expect(frame.targets['next']!.some((value) => value === 1)).toBe(true)
  })

  it('refuses labelers whose dead zone it cannot fit', async () => {
    await expect(trainWalkForward({ ...options, labelers: { next: midMove({ rows: 1 }) } })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(trainWalkForward({ ...options, labelers: { next: midMove({ micros: 1000, kind: 'value' }) } })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })
})
