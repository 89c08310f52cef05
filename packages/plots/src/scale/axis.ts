/** One edge of a plot: its range, and where it is ticked and labelled. */
export interface Axis {
  /** Quantity and unit. */
  readonly title: string
  readonly min: number
  /** Above `min`. */
  readonly max: number
  readonly ticks: readonly number[]
  /** One a tick. */
  readonly labels: readonly string[]
  /** Draws a line across the plot at each tick. */
  readonly gridLines: boolean
  /** Degrees that horizontal labels are turned anticlockwise. */
  readonly rotate: 0 | 45 | 90
}

/** Size of every tick label, pixels. */
export const labelSize = 11
