/** What a source has seen since it began: nothing is lost in silence. All of it is sums over its instruments. */
export interface FeedCounts {
  /** Frames received. */
  frames: number
  /** Frames of 16 MiB and more: half of what the socket lets through. */
  largeFrames: number
  /** Frames that could not be decoded, or said what cannot be. */
  badMessages: number
  /** Frames about nothing the source follows. */
  unknown: number
  /** Messages applied: each made its events. */
  applied: number
  /** Messages that repeated what was known already. */
  stale: number
  /** Messages held back or passed over because their book waited for a snapshot. */
  waited: number
  /** Snapshots that became the book. */
  snapshots: number
  /** Snapshots older than the messages they should have joined. */
  oldSnapshots: number
  /** Holes in the numbering of a book, of trades, of a connection. */
  gaps: number
  /** Lost trades that were fetched again. */
  refilled: number
  /** Books started again though their numbers were right: crossed, off the grid, contradicted by a quote. */
  resyncs: number
  /** Book events that left a book crossed. */
  crossed: number
  /** Best prices compared with the book of the same update id, and those that differed. */
  quotesCompared: number
  quoteMismatches: number
  /** Looks at the REST book beside a stream without numbers, and those that proved the book wrong. */
  audits: number
  auditMismatches: number
  /** Events with a price or size off the instrument's grid: the grid was refined, or the book started again. */
  offGrid: number
  /** Buffers that grew past their bound and were thrown away. */
  overflows: number
  /** Connections that took over from another without a hole. */
  handovers: number
}

export const zeroCounts = (): FeedCounts => ({
  frames: 0, largeFrames: 0, badMessages: 0, unknown: 0, applied: 0, stale: 0, waited: 0, snapshots: 0, oldSnapshots: 0,
  gaps: 0, refilled: 0, resyncs: 0, crossed: 0, quotesCompared: 0, quoteMismatches: 0, audits: 0, auditMismatches: 0, offGrid: 0, overflows: 0, handovers: 0,
})
