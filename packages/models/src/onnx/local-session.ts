import { LobError } from '@rxlob/core'
import { openSession, type Session, type SessionOptions } from './runtime.js'

/** A session on this thread, whose errors are ours. @throws {SessionError} where the runtime is missing or refuses the model. */
export async function localSession(name: string, model: Uint8Array, options: SessionOptions): Promise<Session> {
  const session = await openSession(model, options)
  let closed = false
  const failed = (error: unknown): never => {
    throw new LobError('LOB_MODEL', `${name}: the runtime failed on a window: ${String(error)}`, { stream: name }, { cause: error })
  }
  return {
    runtime: session.runtime,
    fallback: session.fallback,
    run(request) {
      if (closed) throw new LobError('LOB_MODEL', `${name} is closed.`, { stream: name })
      try {
        const answers = session.run(request)
        return answers instanceof Promise ? answers.catch(failed) : answers
      } catch (error) {
        return failed(error)
      }
    },
    async close() {
      if (closed) return
      closed = true
      await session.close()
    },
  }
}
