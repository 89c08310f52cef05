import { type Axis, labelSize } from '../scale/axis.js'
import { textWidth } from '../text/text-width.js'
import { wrapText } from '../text/wrap-text.js'
import type { Theme } from '../theme.js'
import type { Element } from './element.js'
import type { Mark } from './mark.js'
import type { Panel } from './panel.js'

/** The part of a figure below its title and legend. */
export interface DrawSpace {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly theme: Theme
}

export interface Drawing {
  readonly panels: readonly Panel[]
  readonly elements: readonly Element[]
  /** Pixels taken below `top`. */
  readonly height: number
}

export interface PanelRow {
  /** Pixels, by the width of the plot. */
  readonly height: number | ((plotWidth: number) => number)
  readonly y: (length: number) => Axis
  readonly marks: readonly Mark[]
}

export interface StackOptions {
  /** The axis that all rows share, by the width of the plot. */
  readonly x: (length: number) => Axis
  readonly rows: readonly PanelRow[]
  /** Pixels kept free right of the plot. Default 16, more where the last label needs it. */
  readonly right?: number
}

const tickGap = 12
// What the frame leaves at either side; half of the last label may stand in it.
const frameEdge = 8

/** Plots one below the other over one horizontal axis. */
export function stackedPanels({ left, top, width, theme }: DrawSpace, { x, rows, right: rightmost = 16 }: StackOptions): Drawing {
  const roughHeight = ({ height }: PanelRow): number => (typeof height === 'number' ? height : height(width * 0.8))
  const labelWidth = Math.max(0, ...rows.flatMap((row) => row.y(roughHeight(row)).labels.map((label) => textWidth(label, labelSize))))
  const roughWidth = width - labelWidth - tickGap - rightmost
  const rough = x(roughWidth)
  const gutter = Math.max(labelWidth + tickGap, overhang(rough, roughWidth))
  const right = Math.max(rightmost, rough.rotate === 0 ? textWidth(rough.labels.at(-1) ?? '', labelSize) / 2 - frameEdge : 0)
  const plotWidth = width - gutter - right
  const xAxis = x(plotWidth)
  const panels: Panel[] = []
  const elements: Element[] = []
  let y = top
  for (const [rank, row] of rows.entries()) {
    const height = typeof row.height === 'number' ? row.height : row.height(plotWidth)
    const yAxis = row.y(height)
    for (const line of yAxis.title === '' ? [] : wrapText(yAxis.title, width, 12)) {
      elements.push({ kind: 'text', text: line, x: left, y: y + 8, color: theme.muted, size: 12 })
      y += 16
    }
    y += 8
    panels.push({ rect: { left: left + gutter, top: y, width: plotWidth, height }, x: xAxis, y: yAxis, xLabels: rank === rows.length - 1, marks: row.marks })
    y += height + 6
  }
  y += labelDepth(xAxis) + 8
  for (const line of xAxis.title === '' ? [] : wrapText(xAxis.title, width, 12)) {
    const half = textWidth(line, 12) / 2
    const centre = Math.min(left + width - half, Math.max(left + half, left + gutter + plotWidth / 2))
    elements.push({ kind: 'text', text: line, x: centre, y: y + 8, color: theme.muted, size: 12, align: 'center' })
    y += 16
  }
  return { panels, elements, height: y - top }
}

/** Pixels from the axis line to the bottom of its lowest label. */
function labelDepth({ labels, rotate }: Axis): number {
  const longest = Math.max(0, ...labels.map((label) => textWidth(label, labelSize)))
  const angle = (rotate * Math.PI) / 180
  return 4 + longest * Math.sin(angle) + labelSize * Math.cos(angle)
}

/** Pixels that labels turned to the lower left reach beyond the left end of their axis. */
function overhang({ labels, ticks, min, max, rotate }: Axis, length: number): number {
  if (rotate !== 45) return 0
  return Math.max(0, ...labels.map((label, i) => textWidth(label, labelSize) * Math.SQRT1_2 + 8 - (((ticks[i] ?? 0) - min) / (max - min)) * length))
}
