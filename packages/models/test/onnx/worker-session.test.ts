import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onnxPredictor, onnxStatefulPredictor, type WorkerDeath } from '../../src/onnx/index.js'
import { goldenModel } from './golden-models.js'

// Real threads; the mock only writes down which were started, so that a test can end one.
const started: Worker[] = []
vi.mock('node:worker_threads', async (original) => {
  const real = await original<typeof import('node:worker_threads')>()
  return {
    ...real,
    Worker: class extends real.Worker {
      constructor(...options: ConstructorParameters<typeof real.Worker>) {
        super(...options)
        started.push(this)
      }
    },
  }
})

const deaths: WorkerDeath[] = []
const listen = (death: unknown): void => void deaths.push(death as WorkerDeath)
beforeEach(() => {
  started.length = deaths.length = 0
  subscribe('rxlob:models:worker', listen)
})
afterEach(() => void unsubscribe('rxlob:models:worker', listen))

const until = async (holds: () => boolean): Promise<void> => {
  for (let wait = 0; wait < 4000 && !holds(); wait++) await new Promise((resolve) => setTimeout(resolve, 2))
  expect(holds()).toBe(true)
}

/** No message of ours: the worker throws on it. (`terminate` inside a native run would end the whole process.) */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const kill = (worker: Worker): void => worker.postMessage(null)
const killed = (worker: Worker): Promise<unknown> =>
  new Promise((resolve) => {
    worker.once('exit', resolve)
    kill(worker)
  })

describe('a worker that dies', () => {
  it('is replaced and reported, and the windows that were with it are answered by the next', async () => {
    const { model, manifest, windows, expected } = goldenModel('logistic')
    const predictor = await onnxPredictor({ model, manifest })
    await predictor.predict(windows[0]!)
    const answers = windows.map((window) => predictor.predict(window))
    kill(started[0]!)
    for (const [at, answer] of (await Promise.all(answers)).entries()) expected[at]!.forEach((value, column) => expect(answer[column]).toBeCloseTo(value, 6))
    await until(() => deaths.length === 1)
    expect(predictor.restarts).toBe(1)
    expect(deaths[0]).toMatchObject({ model: 'logistic', restarts: 1, reason: expect.stringContaining('null') as unknown })
    expect(started).toHaveLength(2)
    await predictor.close()
    expect(deaths).toHaveLength(1)
  })

  it('takes no carried state with it', async () => {
    const { model, manifest, sequence, steps } = goldenModel('lstm')
    const predictor = await onnxStatefulPredictor({ model, manifest })
    for (const [at, row] of sequence.slice(0, 20).entries()) {
      if (at === 10) await killed(started[0]!)
      const answer = await predictor.step('made:A', Float32Array.from(row))
      steps[at]!.forEach((value, column) => expect(answer[column]).toBeCloseTo(value, 5))
    }
    expect(predictor.restarts).toBe(1)
    await predictor.close()
  })

  it('fails a window that two of them died with, and serves the next one', async () => {
    const { model, manifest, windows } = goldenModel('logistic')
    const predictor = await onnxPredictor({ model, manifest })
    // A window that ends its thread before it is answered.
    const post = Worker.prototype.postMessage
    const send = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, message: { kind: string }) {
      if (message.kind === 'run') Reflect.apply(post, this, [null])
      else Reflect.apply(post, this, [message])
    })
    const failure = await predictor.predict(windows[0]!).catch((error: unknown) => error)
    send.mockRestore()
    expect(failure).toMatchObject({ code: 'LOB_MODEL', message: expect.stringContaining('two workers died with this window') as unknown })
    expect(await predictor.predict(windows[1]!)).toHaveLength(3)
    await predictor.close()
  })

  it('is let finish its run before it ends: a model that is closed at work does not end the process', async () => {
    const { model, manifest, windows } = goldenModel('lstm')
    const predictor = await onnxPredictor({ model, manifest, batch: 65_536 })
    const many = new Float32Array(50_000 * windows[0]!.data.length)
    const answer = predictor.predictMany({ data: many, shape: [50_000, ...windows[0]!.shape] }).catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await predictor.close()
    expect(await answer).toMatchObject({ code: 'LOB_MODEL' })
  })

  it('does not keep the process from ending, and closing fails what is under way', async () => {
    const { model, manifest, windows } = goldenModel('logistic')
    const predictor = await onnxPredictor({ model, manifest })
    const answer = predictor.predict(windows[0]!).catch((error: unknown) => error)
    await predictor.close()
    await predictor.close()
    expect(await answer).toMatchObject({ code: 'LOB_MODEL', message: expect.stringMatching(/closed/) as unknown })
    await expect(predictor.predict(windows[0]!)).rejects.toMatchObject({ code: 'LOB_MODEL', message: expect.stringMatching(/closed/) as unknown })
    expect(deaths).toEqual([])
  })
})
