import type { LabelledFrame, LobError } from '@rxlob/core'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadNet, logistic, lstmNet, mlp, predictRows, saveNet, trainNet, type TrainNetOptions } from '../../src/tfjs/index.js'
import { madeFrame, smallNets, threeClasses } from './made-nets.js'

const folder = mkdtempSync(join(tmpdir(), 'rxlob-train-'))
afterAll(() => rmSync(folder, { recursive: true }))

const columns = Array.from({ length: 8 }, (_, column) => `x_${column}`)
const optionsFor = (length: number, changes: Partial<TrainNetOptions> = {}): TrainNetOptions => ({
  architecture: logistic(), frame: madeFrame(900, 8), input: { columns, fingerprints: [], sampler: 'every_event', length }, targets: { move: threeClasses },
  train: { from: 0, to: 600 }, validation: { from: 640, to: 900 }, epochs: 3, learningRate: 0.01, ...changes,
})

describe('trainNet', () => {
  it.each(smallNets.filter(([name]) => name !== 'deep-lob, valid'))('lowers the loss of a %s', { timeout: 120_000 }, async (_, architecture, length) => {
    const { history, validationNll, weights } = await trainNet(optionsFor(length, { architecture, epochs: 4 }))
    expect(history).toHaveLength(4)
    expect(history.at(-1)!.trainingLoss).toBeLessThan(history[0]!.trainingLoss)
    expect(validationNll['move']).toBe(Math.min(...history.map((record) => record.validationNll)))
    expect(Object.values(weights).every((values) => values.every(Number.isFinite))).toBe(true)
  })

  it('gives the same bits for the same seed, in one go or resumed', async () => {
    const architecture = lstmNet({ units: 6, secondUnits: 5, denseUnits: 4 })
    const options = optionsFor(10, { architecture, epochs: 2, schedule: 'constant', batch: 16 })
    const whole = await trainNet(options)
    const checkpoint = join(folder, 'resumed.json')
    const half = await trainNet({ ...options, epochs: 1, checkpoint })
    const resumed = await trainNet({ ...options, checkpoint })
    expect(half.history).toHaveLength(1)
    expect(resumed.weights).toEqual(whole.weights)
    expect(resumed.history.map(({ trainingLoss }) => trainingLoss)).toEqual(whole.history.map(({ trainingLoss }) => trainingLoss))
    expect((await trainNet({ ...options, seed: 2 })).weights).not.toEqual(whole.weights)
  })

  it('stops early, and keeps the best weights rather than the last', async () => {
    // Labels that nothing says anything about: more epochs can only overfit.
    const frame = madeFrame(900, 8)
    const noise: LabelledFrame = { ...frame, targets: { move: madeFrame(900, 8, 77).targets['move']! } }
    const net = await trainNet(optionsFor(2, { architecture: mlp(), frame: noise, epochs: 40, patience: 3, learningRate: 0.02, train: { from: 0, to: 200 } }))
    expect(net.stopped).toBe('early stopping')
    expect(net.history).toHaveLength(net.bestEpoch + 3)
    expect(net.validationNll['move']).toBe(net.history[net.bestEpoch - 1]!.validationNll)
  })

  it('saves a net that predicts the same bits', async () => {
    const options = optionsFor(4, { architecture: mlp({ units: 8 }) })
    const net = await trainNet(options)
    const again = loadNet(saveNet(net), mlp({ units: 8 }))
    expect((await predictRows(again, options.frame)).values).toEqual((await predictRows(net, options.frame)).values)
    expect(() => loadNet(saveNet(net), mlp({ units: 9 }))).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
    expect(() => loadNet(saveNet(net).slice(0, 500), mlp({ units: 8 }))).toThrow(expect.objectContaining({ code: 'LOB_BAD_FILE' }))
    expect(() => loadNet('{}', mlp())).toThrow(expect.objectContaining({ code: 'LOB_BAD_FILE' }))
  })

  it('weighs classes so that each counts the same', async () => {
    const frame = madeFrame(900, 8)
    const rare: LabelledFrame = { ...frame, targets: { move: frame.targets['move']!.map((value, row) => (value === 2 && row % 8 > 0 ? 1 : value)) } }
    const up = async (classWeights: 'none' | 'balanced'): Promise<number> => {
      const { values } = await predictRows(await trainNet(optionsFor(1, { frame: rare, classWeights, epochs: 20 })), rare)
      return values.filter((_, at) => at % 3 === 2).reduce((sum, value) => sum + value, 0) / 900
    }
    expect((await up('balanced')) - (await up('none'))).toBeGreaterThan(0.1)
  })

  it('never trains on rows outside the training block', async () => {
    const frame = madeFrame(900, 8)
    const changed = { ...frame, values: frame.values.slice(), targets: { move: frame.targets['move']!.slice() } }
    changed.values.fill(7, 600 * 8, 640 * 8)
    changed.targets['move']!.fill(2, 600, 640)
    const [one, other] = [await trainNet(optionsFor(5)), await trainNet(optionsFor(5, { frame: changed }))]
    expect(other.weights).toEqual(one.weights)
  })

  const broken: readonly (readonly [what: string, changes: Partial<TrainNetOptions>, code: LobError['code'], words: RegExp])[] = [
    ['a target that the frame lacks', { targets: { other: threeClasses } }, 'LOB_COLUMN_MISMATCH', /no target other/],
    ['a column that the frame lacks', { input: { columns: ['x_99'], fingerprints: [], sampler: '', length: 2 } }, 'LOB_COLUMN_MISMATCH', /x_99/],
    ['too few rows', { train: { from: 0, to: 90 } }, 'LOB_MODEL', /train block, rows 0 to 90, has 89 rows/],
    ['one class', { frame: { ...madeFrame(900, 8), targets: { move: new Float64Array(900).fill(1) } } }, 'LOB_MODEL', /one class alone/],
    ['class numbers that are none', { frame: { ...madeFrame(900, 8), targets: { move: new Float64Array(900).fill(3) } } }, 'LOB_MODEL', /holds 3/],
    ['a step size that throws it off', { learningRate: 10, clipNorm: 1e6, frame: { ...madeFrame(900, 8), values: madeFrame(900, 8).values.map((value) => value * 1e37) } }, 'LOB_MODEL', /diverged in epoch 1/],
    ['windows too short for the net', { architecture: smallNets.find(([name]) => name === 'deep-lob, valid')![1] }, 'LOB_BAD_OPTION', /windows of 2/],
  ]
  it.each(broken)('refuses %s', async (_, changes, code, words) => {
    await expect(trainNet(optionsFor(2, changes))).rejects.toMatchObject({ name: 'LobError', code, message: expect.stringMatching(words) as string })
  })

  it('refuses a checkpoint of another architecture, seed, or a broken one', async () => {
    const checkpoint = join(folder, 'other.json')
    await trainNet(optionsFor(2, { checkpoint, epochs: 1 }))
    await expect(trainNet(optionsFor(2, { checkpoint, architecture: mlp() }))).rejects.toMatchObject({ code: 'LOB_MODEL' })
    await expect(trainNet(optionsFor(3, { checkpoint }))).rejects.toMatchObject({ code: 'LOB_MODEL', message: expect.stringContaining('head.kernel') as string })
    await expect(trainNet(optionsFor(2, { checkpoint, seed: 5 }))).rejects.toMatchObject({ code: 'LOB_MODEL' })
    writeFileSync(checkpoint, readFileSync(checkpoint, 'utf8').slice(0, 300))
    await expect(trainNet(optionsFor(2, { checkpoint }))).rejects.toMatchObject({ code: 'LOB_BAD_FILE' })
    expect(existsSync(`${checkpoint}.part`)).toBe(false)
  })
})
