import { integerOption, LobError } from '@rxlob/core'
import type { Floats, RunRequest, Session } from './runtime.js'

export interface LaneOptions {
  /**
   * What gives way when calls come faster than answers: `queue` keeps them in order and refuses more than `maxWaiting`; `latest`
   * keeps the newest and fails the one that waited before it. Default `queue`. (The `predict` operator sends one window at a time and has
   * a `busy` of its own; this one is for callers that do not wait, such as a service.)
   */
  readonly busy?: 'queue' | 'latest'
  /** Calls that may be unanswered in a queue. Default 1024. */
  readonly maxWaiting?: number
}

/** The bounded way to a session. */
export interface RequestLane {
  run(request: RunRequest): Floats[] | Promise<Floats[]>
}

/**
 * Bounds what waits for a session. Answers that come at once wait for nothing and keep nobody waiting.
 *
 * @throws {LobError} From `run`: LOB_MODEL where the queue is full, or where a newer call took this one's place.
 */
export function requestLane(name: string, session: Session, options: LaneOptions): RequestLane {
  const { busy = 'queue' } = options
  const maxWaiting = integerOption('maxWaiting', options.maxWaiting ?? 1024, 1)
  let unanswered = 0
  const start = (request: RunRequest): Floats[] | Promise<Floats[]> => {
    const answers = session.run(request)
    if (!(answers instanceof Promise)) return answers
    unanswered++
    return answers.finally(() => void unanswered--)
  }
  if (busy === 'queue') {
    return {
      run(request) {
        if (unanswered < maxWaiting) return start(request)
        return Promise.reject(new LobError('LOB_MODEL', `${name}: ${unanswered} windows wait for it: ask less often, use a faster model, or busy 'latest' (maxWaiting ${maxWaiting}).`, { stream: name }))
      },
    }
  }
  let waiting: { request: RunRequest; resolve: (outputs: Promise<Floats[]>) => void; reject: (error: LobError) => void } | undefined
  const goOn = (request: RunRequest): Floats[] | Promise<Floats[]> => {
    const answers = start(request)
    if (!(answers instanceof Promise)) return answers
    return answers.finally(() => {
      const next = waiting
      waiting = undefined
      next?.resolve(new Promise((resolve) => resolve(goOn(next.request))))
    })
  }
  return {
    run(request) {
      if (unanswered === 0) return goOn(request)
      waiting?.reject(new LobError('LOB_MODEL', `${name}: a newer window took the place of this one (busy 'latest').`, { stream: name }))
      return new Promise((resolve, reject) => (waiting = { request, resolve, reject }))
    },
  }
}
