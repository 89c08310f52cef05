import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { features, inputOf, LobError, ofi, predict, queueImbalance, type FeatureRow, type Prediction, type Predictor } from '@rxlob/core'
import { simulator } from '@rxlob/adapters-simulator'
import { firstValueFrom, lastValueFrom, Subject, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { onnxPredictor } from '../../src/onnx/index.js'
import { modelRegistry, promotedPredictor, type ModelRegistry, type ModelSwap } from '../../src/registry/index.js'
import { goldenModel } from '../onnx/golden-models.js'

const { model, manifest } = goldenModel('logistic')
let directory: string
let registry: ModelRegistry

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rxlob-registry-'))
  registry = modelRegistry({ directory: join(directory, 'models') })
})
afterEach(() => rm(directory, { recursive: true, force: true }))

describe('modelRegistry', () => {
  it('is empty before the first publication', async () => {
    expect(await registry.names()).toEqual([])
    expect(await registry.list('logistic')).toEqual([])
    expect(await registry.promoted('logistic')).toBeUndefined()
  })

  it('keeps versions as they were published', async () => {
    const first = await registry.publish(model, manifest)
    const second = await registry.publish(model, { ...manifest, metrics: { test_nll: 0.9 } })
    expect([first.version, second.version]).toEqual([1, 2])
    expect(await registry.names()).toEqual(['logistic'])
    expect(await registry.list('logistic')).toEqual([first, second])
    expect((await registry.get('logistic', 2)).manifest.metrics).toEqual({ test_nll: 0.9 })
    expect(await readFile(first.modelFile)).toEqual(Buffer.from(model))
    const predictor = await onnxPredictor({ model: first.modelFile, manifest: first.manifestFile, thread: 'here' })
    expect(predictor.name).toBe('logistic')
    await predictor.close()
    // Nothing written aside is left.
    expect((await readdir(join(directory, 'models', 'logistic'))).toSorted()).toEqual(['000001', '000002'])
  })

  it('promotes and rolls back, and another process sees it', async () => {
    for (let version = 1; version <= 3; version++) await registry.publish(model, manifest)
    const other = modelRegistry({ directory: join(directory, 'models') })
    await registry.promote('logistic', 1)
    await registry.promote('logistic', 3)
    await registry.promote('logistic', 3)
    expect((await other.promoted('logistic'))?.version).toBe(3)
    expect((await other.rollBack('logistic')).version).toBe(1)
    expect((await registry.promoted('logistic'))?.version).toBe(1)
    await expect(registry.rollBack('logistic')).rejects.toMatchObject({ code: 'LOB_BAD_OPTION', message: expect.stringContaining('served before version 1') as unknown })
  })

  it('gives every one of many publishers a version of its own', async () => {
    const versions = await Promise.all(Array.from({ length: 12 }, () => modelRegistry({ directory: join(directory, 'models') }).publish(model, manifest)))
    expect(versions.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
  })

  it('refuses what is not there, names that leave the folder, and a model that is not its manifest\'s', async () => {
    await registry.publish(model, manifest)
    await expect(registry.get('logistic', 2)).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(registry.promote('logistic', 7)).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    for (const name of ['../logistic', '.staging', '', 'a/b', 'a\\b', 'x'.repeat(101), 'nul\0']) {
      await expect(registry.list(name)).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
      if (name !== '') await expect(registry.publish(model, { ...manifest, name })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    }
    await expect(registry.publish(model.subarray(1), manifest)).rejects.toMatchObject({ code: 'LOB_BAD_FILE' })
    expect(await registry.list('logistic')).toHaveLength(1)
  })

  it('says which file is damaged', async () => {
    const { manifestFile, modelFile } = await registry.publish(model, manifest)
    await registry.promote('logistic', 1)
    await writeFile(join(directory, 'models', 'logistic', 'promoted.json'), '{"history":["latest"]}')
    await expect(registry.promoted('logistic')).rejects.toMatchObject({ code: 'LOB_BAD_FILE', where: { file: expect.stringContaining('promoted.json') as unknown } })
    await writeFile(modelFile, model.subarray(0, 100))
    await expect(onnxPredictor({ model: modelFile, manifest: manifestFile })).rejects.toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringContaining('truncated') as unknown })
    await writeFile(manifestFile, '{')
    await expect(registry.get('logistic', 1)).rejects.toMatchObject({ code: 'LOB_BAD_FILE' })
  })

  it('reports a folder that cannot be written', async () => {
    const file = join(directory, 'file')
    await writeFile(file, '')
    await expect(modelRegistry({ directory: file }).publish(model, manifest)).rejects.toThrow(LobError)
  })
})

describe('promotedPredictor', () => {
  const list = [queueImbalance(), ofi()]
  const input = inputOf(list, { length: 1 })
  const { output } = manifest
  /** Says its version as the first probability's tenths. */
  const versioned = (version: number, columns = input.columns): Predictor & { closed: number } => ({
    contract: 1, name: `v${version}`, input: { ...input, columns }, output, closed: 0,
    predict: () => Float32Array.of(version / 10, 1 - version / 10, 0),
    async close() {
      this.closed++
      await Promise.resolve()
    },
  })
  const swapped: ModelSwap[] = []
  const listen = (swap: unknown): void => void swapped.push(swap as ModelSwap)
  beforeEach(() => {
    swapped.length = 0
    subscribe('rxlob:models:swap', listen)
  })
  afterEach(() => void unsubscribe('rxlob:models:swap', listen))
  const until = async (holds: () => boolean): Promise<void> => {
    for (let wait = 0; wait < 2000 && !holds(); wait++) await new Promise((resolve) => setTimeout(resolve, 2))
    expect(holds()).toBe(true)
  }

  it('swaps the model in a running stream, which loses no row, and closes the old one', async () => {
    const rows = await lastValueFrom(simulator({ seed: 5, durationMicros: 5e6 }).events().pipe(features(list), toArray()))
    const whole = rows.filter((row) => row.toArray().every(Number.isFinite))
    expect(whole.length).toBeGreaterThan(30)
    for (let version = 1; version <= 2; version++) await registry.publish(model, manifest)
    await registry.promote('logistic', 1)
    const loaded: (Predictor & { closed: number })[] = []
    const models = promotedPredictor({
      registry, name: 'logistic', everyMillis: 1, graceMillis: 5,
      load: ({ version }) => {
        const made = versioned(version)
        loaded.push(made)
        return Promise.resolve(made)
      },
    })
    const source = new Subject<FeatureRow>()
    const seen: Prediction[] = []
    const stream = source.pipe(predict(models)).subscribe((prediction) => seen.push(prediction))
    await until(() => swapped.length === 1)
    for (const row of whole.slice(0, 10)) source.next(row)
    await registry.promote('logistic', 2)
    await until(() => swapped.length === 2)
    for (const row of whole.slice(10, 20)) source.next(row)
    await registry.rollBack('logistic')
    await until(() => swapped.length === 3)
    for (const row of whole.slice(20, 30)) source.next(row)
    expect(seen.map(({ row }) => row)).toEqual(whole.slice(0, 30).map(({ row }) => row))
    expect(seen.map(({ values }) => Math.round(values[0]! * 10))).toEqual([...new Array<number>(10).fill(1), ...new Array<number>(10).fill(2), ...new Array<number>(10).fill(1)])
    await until(() => loaded[0]!.closed === 1 && loaded[1]!.closed === 1)
    expect(loaded[2]!.closed).toBe(0)
    stream.unsubscribe()
    expect(loaded.map(({ closed }) => closed)).toEqual([1, 1, 1])
    expect(swapped.map(({ version, outcome }) => [version, outcome])).toEqual([[1, 'serving'], [2, 'serving'], [1, 'serving']])
  })

  it('goes on with the old model where the new one does not load or reads other columns', async () => {
    for (let version = 1; version <= 3; version++) await registry.publish(model, manifest)
    await registry.promote('logistic', 1)
    const seen: Predictor[] = []
    const models = promotedPredictor({
      registry, name: 'logistic', everyMillis: 1,
      load: ({ version }) => (version === 2 ? Promise.reject(new LobError('LOB_BAD_FILE', 'truncated')) : Promise.resolve(versioned(version, version === 3 ? ['other', 'columns'] : input.columns))),
    })
    const errors: unknown[] = []
    const stream = models.subscribe({ next: (one) => seen.push(one), error: (error) => errors.push(error) })
    await until(() => swapped.length === 1)
    await registry.promote('logistic', 2)
    await until(() => swapped.length === 2)
    await registry.promote('logistic', 3)
    await until(() => swapped.length === 3)
    expect(swapped.slice(1)).toMatchObject([{ version: 2, outcome: 'refused', error: { code: 'LOB_BAD_FILE' } }, { version: 3, outcome: 'refused', error: { code: 'LOB_COLUMN_MISMATCH' } }])
    expect([seen.map(({ name }) => name), errors]).toEqual([['v1'], []])
    stream.unsubscribe()
  })

  it('ends where nothing is promoted, or the first does not load', async () => {
    const failing = promotedPredictor({ registry, name: 'logistic', load: () => Promise.reject(new LobError('LOB_MODEL', 'refused')) })
    await expect(firstValueFrom(failing)).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await registry.publish(model, manifest)
    await registry.promote('logistic', 1)
    await expect(firstValueFrom(failing)).rejects.toMatchObject({ code: 'LOB_MODEL' })
  })

  it('serves a real model from the folder, until it is unsubscribed', async () => {
    await registry.publish(model, manifest)
    await registry.promote('logistic', 1)
    const { windows, expected } = goldenModel('logistic')
    const load = ({ modelFile, manifestFile }: { modelFile: string; manifestFile: string }) => onnxPredictor({ model: modelFile, manifest: manifestFile, thread: 'here' })
    const served = new Subject<Predictor>()
    const stream = promotedPredictor({ registry, name: 'logistic', load }).subscribe(served)
    const predictor = await firstValueFrom(served)
    const answer = await predictor.predict(windows[0]!)
    expected[0]!.forEach((value, at) => expect(answer[at]).toBeCloseTo(value, 6))
    stream.unsubscribe()
    await expect(predictor.predict(windows[0]!)).rejects.toMatchObject({ code: 'LOB_MODEL' })
  })
})
