import type { Clock } from '@rxlob/core'
import type { Budget } from './budget.js'

/** Where the venue says 418 or 429 and not how long. */
const defaultBanSeconds = 120

/** Stops every request to a host that says 429 or 418, for as long as it says and at least a second. */
export function heedBan(response: Response, weight: Budget, clock: Clock): void {
  if (response.status !== 429 && response.status !== 418) return
  const seconds = Number(response.headers.get('retry-after') ?? NaN)
  weight.blockUntil(clock.now() + (Number.isFinite(seconds) ? Math.max(1, seconds) : defaultBanSeconds) * 1_000_000)
}
