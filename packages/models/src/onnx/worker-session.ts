import { LobError } from '@rxlob/core'
import { channel } from 'node:diagnostics_channel'
import { Worker } from 'node:worker_threads'
import { gateAtWork, gateShut, SessionError, workerMark, type Floats, type FromWorker, type RunRequest, type RuntimeName, type Session, type SessionOptions, type ToWorker, type WorkerSetting } from './runtime.js'

/** What is published on the diagnostics channel `rxlob:models:worker` when a worker dies. */
export interface WorkerDeath {
  readonly model: string
  readonly reason: string
  /** Deaths of this model's workers so far. */
  readonly restarts: number
  /** Windows that were with it, which the next worker gets; those that were with two already fail. */
  readonly inFlight: number
}

export interface SupervisedSession extends Session {
  readonly restarts: number
}

/** Runs that a worker has at a time: one at work and one at hand. The others wait here, so that closing and replacing wait for two at most. */
const maxInFlight = 2

/** Deaths in a row, without an answer in between, after which the model is given up. */
const maxDeaths = 5

const deaths = channel('rxlob:models:worker')

/** Longest wait for a run at the end of the process. */
const exitMillis = 10_000

const openGates = new Set<Int32Array>()
// A thread that is ended inside the native runtime takes the process down with an abort: at `process.exit()` the runs under way are waited for.
process.on('exit', () => {
  for (const gate of openGates) {
    Atomics.store(gate, gateShut, 1)
    for (let atWork = Atomics.load(gate, gateAtWork); atWork > 0; atWork = Atomics.load(gate, gateAtWork)) {
      if (Atomics.wait(gate, gateAtWork, atWork, exitMillis) === 'timed-out') break
    }
  }
})

interface Pending {
  readonly request: RunRequest
  readonly resolve: (outputs: Floats[]) => void
  readonly reject: (error: LobError) => void
  /** Workers it was sent to. */
  tries: number
}

/** Built, the program of the workers is a file of its own beside this one; in the sources it is `runtime.ts` as it stands. */
const program = new URL(import.meta.url.endsWith('.ts') ? './runtime.ts' : './onnx-runtime.js', import.meta.url)

/**
 * A session in a thread of its own. A thread that dies is replaced, its windows go to the next one once, and the death is
 * counted and published. The thread keeps the process alive only while it works.
 *
 * @throws {SessionError} where the runtime is missing or refuses the model.
 */
export async function workerSession(name: string, model: Uint8Array, options: SessionOptions): Promise<SupervisedSession> {
  const pending = new Map<number, Pending>()
  let nextId = 0
  let restarts = 0
  let deathsInRow = 0
  let closed = false
  /** A worker is there that has loaded the model; until then windows wait. */
  let ready = false
  let givenUp: LobError | undefined
  let worker: Worker
  let exited: Promise<void>
  let facts: { runtime: RuntimeName; fallback: string | undefined }

  let inFlight = 0

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  const post = (message: ToWorker): void => worker.postMessage(message)
  const unsent: number[] = []
  const goOn = (): void => {
    while (ready && inFlight < maxInFlight && unsent.length > 0) {
      const id = unsent.shift()!
      const item = pending.get(id)!
      item.tries++
      inFlight++
      post({ kind: 'run', id, ...item.request })
    }
  }
  const take = (id: number): Pending | undefined => {
    const found = pending.get(id)
    pending.delete(id)
    inFlight--
    deathsInRow = 0
    // A closing worker is waited for.
    if (pending.size === 0 && !closed) worker.unref()
    goOn()
    return found
  }
  const giveUp = (why: string): void => {
    givenUp = new LobError('LOB_MODEL', `${name}: ${why}`, { stream: name })
    for (const { reject } of pending.values()) reject(givenUp)
    pending.clear()
    unsent.length = 0
  }

  function start(): Promise<void> {
    const gate = new Int32Array(new SharedArrayBuffer(8))
    // No flags of the process: `--input-type` of a program given by `--eval`, for one, is refused by threads.
    const started = new Worker(program, { workerData: { serves: workerMark, gate } satisfies WorkerSetting, execArgv: [], name: `rxlob-onnx ${name}`.slice(0, 15) })
    worker = started
    openGates.add(gate)
    exited = new Promise((resolve) => started.once('exit', () => {
      openGates.delete(gate)
      resolve()
    }))
    return new Promise((resolve, reject) => {
      let last: unknown
      started.on('message', (message: FromWorker) => {
        if (message.kind === 'opened') {
          facts = { runtime: message.runtime, fallback: message.fallback }
          ready = true
          started.unref()
          resolve()
        } else if (message.kind === 'failed') {
          reject(new SessionError(message.reason, message.message))
        } else if (message.kind === 'ran') {
          take(message.id)?.resolve(message.outputs)
        } else {
          take(message.id)?.reject(new LobError('LOB_MODEL', `${name}: the runtime failed on a window: ${message.message}`, { stream: name }))
        }
      })
      started.on('error', (error) => (last = error))
      started.on('exit', (code) => {
        const reason = last instanceof Error ? last.message : `exit code ${code}`
        reject(new SessionError('refused', `the worker died as it loaded the model: ${reason}`))
        if (!closed && worker === started && facts !== undefined) replace(reason)
      })
      post({ kind: 'open', model, options })
    })
  }

  function replace(reason: string): void {
    ready = false
    inFlight = 0
    restarts++
    deaths.publish({ model: name, reason, restarts, inFlight: pending.size } satisfies WorkerDeath)
    for (const [id, { reject, tries }] of pending) {
      if (tries < 2) continue
      pending.delete(id)
      reject(new LobError('LOB_MODEL', `${name}: two workers died with this window: ${reason}`, { stream: name }))
    }
    if (++deathsInRow > maxDeaths) return giveUp(`${maxDeaths} workers died one after another, the last with: ${reason}. The model is closed; open it again once the cause is gone.`)
    start().then(
      () => {
        if (pending.size > 0) worker.ref()
        unsent.splice(0, unsent.length, ...pending.keys())
        goOn()
      },
      (error: unknown) => giveUp(`its worker died (${reason}) and no new one could be had: ${(error as Error).message}`),
    )
  }

  await start().catch(async (error: unknown) => {
    closed = true
    post({ kind: 'close' })
    await exited
    throw error
  })
  return {
    get runtime() {
      return facts.runtime
    },
    get fallback() {
      return facts.fallback
    },
    get restarts() {
      return restarts
    },
    run: (request) =>
      new Promise((resolve, reject) => {
        if (givenUp !== undefined) return reject(givenUp)
        if (closed) return reject(new LobError('LOB_MODEL', `${name} is closed.`, { stream: name }))
        const id = nextId++
        const item: Pending = { request, resolve, reject, tries: 0 }
        pending.set(id, item)
        unsent.push(id)
        worker.ref()
        goOn()
      }),
    async close() {
      if (closed) return exited
      closed = true
      const left = new LobError('LOB_MODEL', `${name} was closed while it ran.`, { stream: name })
      for (const { reject } of pending.values()) reject(left)
      pending.clear()
      unsent.length = 0
      // The worker ends itself once its run is over: to terminate a thread inside the native runtime ends the whole process.
      if (givenUp === undefined) {
        worker.ref()
        post({ kind: 'close' })
      }
      return exited
    },
  }
}
