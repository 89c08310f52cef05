import type { Element } from './element.js'

export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** From the values of a plot to its pixels. */
export interface PlotScale {
  readonly rect: Rect
  x(value: number): number
  y(value: number): number
}

/** Something drawn inside a plot. */
export interface Mark {
  /** Cut at the edges of the plot. */
  readonly clip: boolean
  elements(scale: PlotScale): readonly Element[]
}
