/** Numbers that never arrived: both ends included, each left out where the venue's numbering does not tell. */
export interface MissingRange {
  readonly fromSeq?: number
  readonly toSeq?: number
}

/**
 * Decides whether a numbered message continues the last one. Pure; one per instrument and channel, or one per connection.
 *
 * It checks every message, not only those after a snapshot: a message lost in steady state is noticed on the next one.
 */
export interface Sequencer<Raw> {
  /**
   * `apply` it (and count on from it), `drop` it as stale, or `resync` because something is missing.
   * After `resync` nothing has changed: `missing` may be asked, and the same message checked again after `reset`.
   */
  check(raw: Raw): 'apply' | 'drop' | 'resync'
  /** Number of the last message applied, for venues whose messages do not all make events. Else the number of the last event counts. */
  readonly last?: number
  /** What lies between the last message applied and `raw`. Asked right after `check` said `resync`. */
  missing?(raw: Raw): MissingRange
  /** A snapshot with this number is the book now, or (channels without snapshots) a message with it was the last. */
  reset(snapshotSeq: number): void
  /**
   * True where `raw`, which came over a second connection to the same stream, covers all that follows the last message applied,
   * or repeats it: from here on the second connection can take over without a hole. Needed for handover without a fresh snapshot.
   */
  continues?(raw: Raw): boolean
  /**
   * How many numbers `raw`, dropped as it is, lies behind the last; NaN where it has none. At 0 or less the stream (by a heartbeat's count,
   * say) has come to the last number: a snapshot with it is of this stream. One that is behind and hardly comes nearer is not.
   */
  behind?(raw: Raw): number
}
