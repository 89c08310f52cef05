import type { ColorMap } from '../color/color-map.js'
import { hexColor } from '../color/hex-color.js'
import { labelSize } from '../scale/axis.js'
import { shortenText } from '../text/shorten-text.js'
import { textWidth } from '../text/text-width.js'
import type { Theme } from '../theme.js'
import type { Element, Stroke } from './element.js'

/** A sample of a mark and what it stands for. */
export type LegendItem =
  | { readonly kind: 'line'; readonly label: string; readonly stroke: Stroke; readonly casing?: string }
  | { readonly kind: 'box'; readonly label: string; readonly fill: string; readonly opacity?: number }
  | { readonly kind: 'symbol'; readonly label: string; readonly fill: string; readonly symbol: (x: number, y: number, radius: number) => string; readonly outline?: string }
  | { readonly kind: 'colors'; readonly label: string; readonly map: ColorMap; readonly ticks: readonly { readonly place: number; readonly label: string }[] }

const sample = 24
const gap = 18
const rowHeight = 20
const barWidth = 200
const barSteps = 50

/** Items from left to right, in as many rows as the width takes. */
export function legend(items: readonly LegendItem[], left: number, top: number, width: number, theme: Theme): { elements: Element[]; height: number } {
  const elements: Element[] = []
  let x = left
  let y = top
  let tallest = 0
  for (const item of items) {
    const label = shortenText(item.label, width - sample - 6, 12)
    const taken = item.kind === 'colors' ? Math.max(barWidth + 24, textWidth(label, 12)) : sample + 6 + textWidth(label, 12)
    if (x > left && x + taken > left + width) {
      x = left
      y += tallest
      tallest = 0
    }
    elements.push(...(item.kind === 'colors' ? colorBar(item, label, x + 8, y, theme) : keyed(item, label, x, y + rowHeight / 2, theme)))
    tallest = Math.max(tallest, item.kind === 'colors' ? 50 : rowHeight)
    x += taken + gap
  }
  return { elements, height: y - top + tallest }
}

function keyed(item: Exclude<LegendItem, { kind: 'colors' }>, label: string, x: number, y: number, theme: Theme): Element[] {
  const text: Element = { kind: 'text', text: label, x: x + sample + 6, y, color: theme.ink, size: 12 }
  switch (item.kind) {
    case 'line': {
      const path = `M${x} ${y}L${x + sample} ${y}`
      const casing: Element[] = item.casing === undefined ? [] : [{ kind: 'path', path, stroke: { color: item.casing, width: item.stroke.width + 2 } }]
      return [...casing, { kind: 'path', path, stroke: item.stroke }, text]
    }
    case 'box':
      return [{ kind: 'path', path: `M${x + 4} ${y - 6}h16v12h-16Z`, fill: item.fill, ...(item.opacity === undefined ? {} : { opacity: item.opacity }) }, text]
    case 'symbol':
      return [
        { kind: 'path', path: item.symbol(x + sample / 2, y, 5), fill: item.fill, ...(item.outline === undefined ? {} : { stroke: { color: item.outline, width: 1 } }) },
        text,
      ]
  }
}

function colorBar({ map, ticks }: Extract<LegendItem, { kind: 'colors' }>, label: string, x: number, top: number, theme: Theme): Element[] {
  const barTop = top + 20
  const step = barWidth / barSteps
  const shades = Array.from({ length: barSteps }, (_, i): Element => {
    // Each shade reaches under the next, or the page would shine through the seams.
    const wide = i === barSteps - 1 ? step : step + 1
    return { kind: 'path', path: `M${x + i * step} ${barTop}h${wide}v10h${-wide}Z`, fill: hexColor(map(i / (barSteps - 1))) }
  })
  const marks = ticks.flatMap(({ place, label: text }): Element[] => {
    const at = x + place * barWidth
    return [
      { kind: 'path', path: `M${at} ${barTop + 10}v4`, stroke: { color: theme.axis, width: 1 } },
      { kind: 'text', text, x: at, y: barTop + 21, color: theme.muted, size: labelSize, align: 'center' },
    ]
  })
  return [{ kind: 'text', text: label, x: x - 8, y: top + 10, color: theme.ink, size: 12 }, ...shades, ...marks]
}
