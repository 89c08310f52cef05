/** What a figure was drawn from. Every figure says it. */
export interface DataSource {
  /** For example `GOOG, LOBSTER level 10`. */
  readonly name: string
  /** For example `2012-06-21, 09:30-16:00 New York`. */
  readonly period: string
  /** Whether any of it was made up rather than observed. Marks the figure visibly. */
  readonly synthetic: boolean
}

/** What every figure takes. */
export interface FigureOptions {
  readonly data: DataSource
  /** Default: a title naming the kind of figure. */
  readonly title?: string
  /** One more sentence for the caption. */
  readonly note?: string
  /** Pixels of the plot area from top to bottom, 80 to 4000. Default by kind of figure. */
  readonly plotHeight?: number
}
