import type { Axis } from '../scale/axis.js'
import type { Mark, PlotScale, Rect } from './mark.js'

/** One plot: a rectangle, its axes, and what is drawn in it. */
export interface Panel {
  readonly rect: Rect
  readonly x: Axis
  readonly y: Axis
  /** Whether the labels and the title of x are written; false above another panel with the same x. */
  readonly xLabels: boolean
  readonly marks: readonly Mark[]
}

export function plotScale({ rect, x, y }: Pick<Panel, 'rect' | 'x' | 'y'>): PlotScale {
  return {
    rect,
    x: (value) => rect.left + ((value - x.min) / (x.max - x.min)) * rect.width,
    y: (value) => rect.top + rect.height - ((value - y.min) / (y.max - y.min)) * rect.height,
  }
}
