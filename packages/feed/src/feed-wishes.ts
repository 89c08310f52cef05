import type { InstrumentId, Micros } from '@rxlob/core'
import type { AuditVerdict } from './book-audit.js'
import type { Control } from './live-source-spec.js'
import type { MissingRange } from './sequencer.js'

/** What the core would like its surroundings to do. A replay does nothing: what came of it is in the recording. */
export interface FeedWishes {
  /** Fetch a snapshot; `attempt` counts those that were too old, from 0. `patient`: a first message would prove it fresh. */
  snapshot(instrument: InstrumentId, symbol: string, attempt: number, patient: boolean): void
  /** Fetch trades that were lost. */
  refill(instrument: InstrumentId, symbol: string, missing: Required<MissingRange>): void
  /** Make the venue begin this book's stream again: only then will it send a snapshot. `lost`: the book was live until now. */
  restart(instrument: InstrumentId, symbol: string, lost: boolean): void
  /** What an audit of a valid book found. */
  audited(symbol: string, verdict: AuditVerdict): void
  /** Close this connection and open another. */
  reconnect(connection: number, reason: string): void
  /** Everything the connection carried is heard on a younger one: it can go. */
  release(connection: number): void
  control(connection: number, control: Control): void
  /** Look again whether the book is still crossed when its time is up. */
  recheck(instrument: InstrumentId): void
  /** A message of this stream came. */
  heard(stream: string, tsLocal: Micros): void
}
