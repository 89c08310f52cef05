import type { Micros } from '@rxlob/core'

/** One thing that a recorder of another make wrote down, before anyone asks what it means. */
export interface CaptureRecord {
  /** When it was received; NaN where the capture does not say. */
  readonly tsLocal: Micros
  /** `message`: of a socket; `answer`: of a REST call; `connected`: a socket opened. */
  readonly kind: 'message' | 'answer' | 'connected'
  /** What was asked, for answers and connections. */
  readonly url?: string
  readonly data: Uint8Array
}

/** Records in file order, some at a time. */
export type CaptureRecords = AsyncIterable<readonly CaptureRecord[]>
