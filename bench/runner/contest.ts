/** What a contestant measured: the best pass of one process. */
export interface Score {
  /** Equal for contestants that did the same work. */
  readonly hash: string
  /** What one pass counts: rows, updates, events. */
  readonly units: number
  /** Of the process, all threads, garbage collection included. */
  readonly cpuSeconds: number
  readonly wallSeconds: number
  /** Highest memory of the process, in MB. */
  readonly peakMegabytes: number
}

/** One side of a comparison, ready to run. */
export interface Contestant {
  readonly units: number
  /** Does the work once more, slowly, and says what came of it. Not timed. */
  hash(): string | Promise<string>
  /** One timed pass. */
  run(): unknown
}

/** What a contestant module exports: `mode` picks the kind of work where a module knows several. */
export type Enter = (folder: string, mode: string) => Contestant | Promise<Contestant>
