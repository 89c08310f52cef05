import type { Micros } from '@rxlob/core'

/** A stream that runs this long behind a snapshot of its own is behind one of something else; each time after that it gets twice the time. */
const patienceMicros = 5_000_000
const longestPatienceMicros = 48_000_000
/** After so many messages a stream's pace is known well enough to tell seconds from hours. */
const pacedMessages = 10
/** What it would take longer for than this at its pace, it will not reach: streams lag by seconds, numbers of other symbols are millions away. */
const hopelessMicros = 600_000_000

/** Whether a stream that is behind its snapshot comes up to it, or the snapshot is of another symbol, or from another time. */
export interface CatchUp {
  /** No message has continued the snapshot yet. */
  readonly unproven: boolean
  /** A snapshot is the book now; one without a number proves nothing and has nothing to prove. */
  begin(numbered: boolean): void
  /** The stream has come to its snapshot. */
  prove(): void
  /** The snapshot is refused: the next gets twice the time. */
  refuse(): void
  /** A message came that the snapshot covers, so many numbers behind its last (NaN where it does not tell). True where the stream does not catch up. */
  lags(behind: number, tsLocal: Micros): boolean
}

export function catchUp(): CatchUp {
  let unproven = false
  let patience = patienceMicros
  let since: Micros = NaN
  let behindAtFirst = NaN
  let messages = 0
  return {
    get unproven() {
      return unproven
    },
    begin(numbered) {
      unproven = numbered
      since = NaN
      behindAtFirst = NaN
      messages = 0
    },
    prove() {
      unproven = false
      patience = patienceMicros
    },
    refuse() {
      unproven = false
      patience = Math.min(longestPatienceMicros, 2 * patience)
    },
    lags(behind, tsLocal) {
      if (Number.isNaN(since)) since = tsLocal
      if (Number.isNaN(behindAtFirst)) behindAtFirst = behind
      const elapsed = tsLocal - since
      if (elapsed > patience) return true
      const gained = behindAtFirst - behind
      return ++messages >= pacedMessages && behind * elapsed > gained * hopelessMicros
    },
  }
}
