import { LobError } from '@rxlob/core'

/** What a call throws, which must be a LobError. */
export function refusal(call: () => unknown): LobError {
  try {
    call()
  } catch (error) {
    if (error instanceof LobError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}
