import { describe, expect, it } from 'vitest'
import { requestLane } from '../../src/onnx/request-lane.js'
import type { Floats, RunRequest, Session } from '../../src/onnx/runtime.js'

/** A session whose runs end when they are told to; a run answers with its own number. */
function heldSession(): Session & { readonly running: { request: RunRequest; end(error?: Error): void }[] } {
  const running: { request: RunRequest; end(error?: Error): void }[] = []
  return {
    runtime: 'onnxruntime-node', fallback: undefined, running,
    run: (request) => new Promise((resolve, reject) => running.push({ request, end: (error) => (error === undefined ? resolve([request.feeds['window']!]) : reject(error)) })),
    close: () => Promise.resolve(),
  }
}
const request = (number: number): RunRequest => ({ feeds: { window: { data: Float32Array.of(number), dims: [1] } }, fetches: [] })
const numberOf = ([floats]: Floats[]): number => floats!.data[0]!
const settled = async (answers: (Floats[] | Promise<Floats[]>)[]): Promise<unknown[]> =>
  (await Promise.allSettled(answers)).map((one) => (one.status === 'fulfilled' ? numberOf(one.value) : (one.reason as { code?: string }).code ?? String(one.reason)))

describe('requestLane', () => {
  it('queues up to its bound and refuses the next', async () => {
    const session = heldSession()
    const lane = requestLane('model', session, { maxWaiting: 2 })
    const answers = [1, 2, 3].map((number) => lane.run(request(number)))
    await expect(answers[2]).rejects.toMatchObject({ code: 'LOB_MODEL', message: expect.stringContaining('2 windows wait for it') as unknown })
    session.running.forEach(({ end }) => end())
    expect(await settled(answers)).toEqual([1, 2, 'LOB_MODEL'])
    const later = lane.run(request(4))
    session.running[2]!.end()
    expect(numberOf(await later)).toBe(4)
  })

  it('with latest runs one at a time and keeps the newest of those that wait', async () => {
    const session = heldSession()
    const lane = requestLane('model', session, { busy: 'latest' })
    const answers = [1, 2, 3].map((number) => lane.run(request(number)))
    await expect(answers[1]).rejects.toMatchObject({ code: 'LOB_MODEL', message: expect.stringContaining('newer window') as unknown })
    expect(session.running).toHaveLength(1)
    session.running[0]!.end()
    expect(numberOf(await answers[0]!)).toBe(1)
    session.running[1]!.end()
    expect(await settled(answers)).toEqual([1, 'LOB_MODEL', 3])
    expect(session.running).toHaveLength(2)
  })

  it('goes on after a run that fails', async () => {
    for (const busy of ['queue', 'latest'] as const) {
      const session = heldSession()
      const lane = requestLane('model', session, { busy })
      const answers = [lane.run(request(1)), lane.run(request(2))]
      session.running[0]!.end(new Error('boom'))
      await expect(answers[0]).rejects.toThrow('boom')
      session.running[1]!.end()
      expect(numberOf(await answers[1]!)).toBe(2)
    }
  })

  it('refuses a bound of nothing', () => {
    expect(() => requestLane('model', heldSession(), { maxWaiting: 0 })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
