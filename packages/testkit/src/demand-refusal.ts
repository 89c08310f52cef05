import { LobError, type ErrorCode } from '@rxlob/core'
import { demand } from './demand.js'

/** Throws unless the call is refused with a `LobError`, of this code where one is named. */
export async function demandRefusal(name: string, what: string, call: () => unknown, code?: ErrorCode): Promise<void> {
  let refusal: unknown
  try {
    await call()
  } catch (error) {
    refusal = error
  }
  demand(refusal instanceof LobError && (code === undefined || refusal.code === code), () => {
    const got = refusal === undefined ? 'no error' : refusal instanceof LobError ? `${refusal.code}: ${refusal.message}` : String(refusal)
    return `${name}: ${what}: expected a LobError${code === undefined ? '' : ` ${code}`}, got ${got}.`
  })
}
