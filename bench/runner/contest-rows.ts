/** One program of a comparison, run in a process of its own. */
export interface Entrant {
  readonly label: string
  readonly kind: 'js' | 'c' | 'python'
  readonly program: string
  readonly mode: string
}

/** A ratio of speeds, the first entrant's over another's. */
export interface Target {
  /** Label of an entrant, or `best peer` for the fastest of the others. */
  readonly against: string
  readonly atLeast: number
}

export interface Row {
  readonly name: string
  readonly job: string
  /** What one unit of the work is called. */
  readonly unit: string
  /** What is not made but must be there; without it the row says that it is absent. */
  readonly needs?: 'captures'
  readonly entrants: readonly Entrant[]
  readonly targets: readonly Target[]
}
