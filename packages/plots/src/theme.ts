/** The colours of a page by the role they play. */
export interface Theme {
  readonly surface: string
  /** Titles, values, reference lines. */
  readonly ink: string
  /** Axis labels, captions. */
  readonly muted: string
  readonly axis: string
  readonly grid: string
  /** Where a heatmap knows nothing. */
  readonly missing: string
  readonly badge: string
  readonly badgeInk: string
  /** Told apart by every common colour vision. */
  readonly series: readonly string[]
}
