import { textWidth } from '../text/text-width.js'
import { wrapText } from '../text/wrap-text.js'
import type { Theme } from '../theme.js'
import type { Element } from './element.js'
import type { Drawing, DrawSpace } from './layout.js'
import { legend, type LegendItem } from './legend.js'

export interface FrameOptions {
  readonly width: number
  readonly theme: Theme
  readonly title: string
  readonly synthetic: boolean
  /** Lines under the plot; none where it is empty. */
  readonly caption: string
  readonly legend: readonly LegendItem[]
  readonly draw: (space: DrawSpace) => Drawing
}

/** Title, badge and legend above a drawing, caption below it. */
export function frame({ width, theme, title, synthetic, caption, legend: items, draw }: FrameOptions): Drawing & { width: number } {
  const edge = width < 520 ? 12 : 20
  const inner = width - 2 * edge
  const elements: Element[] = []
  const badge = 'Synthetic data'
  const badgeWidth = synthetic ? textWidth(badge, 12, 'bold') + 20 : 0
  const titleSize = width < 520 ? 14 : 16
  const titleLines = wrapText(title, inner - (synthetic ? badgeWidth + 16 : 0), titleSize, 'bold')
  let y = edge
  if (synthetic) elements.push(...pill(badge, width - edge - badgeWidth, y - 2, badgeWidth, theme))
  for (const line of titleLines) {
    elements.push({ kind: 'text', text: line, x: edge, y: y + 10, color: theme.ink, size: titleSize, weight: 'bold' })
    y += titleSize + 5
  }
  y += 8
  if (items.length > 0) {
    const drawn = legend(items, edge, y, inner, theme)
    elements.push(...drawn.elements)
    y += drawn.height + 8
  }
  const drawing = draw({ left: edge, top: y, width: inner, theme })
  elements.push(...drawing.elements)
  y += drawing.height
  const captionLines = wrapText(caption, inner, 12)
  if (captionLines.length > 0) y += 10
  for (const line of captionLines) {
    elements.push({ kind: 'text', text: line, x: edge, y: y + 8, color: theme.muted, size: 12 })
    y += 17
  }
  return { panels: drawing.panels, elements, width, height: Math.ceil(y + edge * 0.6) }
}

function pill(text: string, x: number, y: number, width: number, theme: Theme): Element[] {
  const path = `M${x + 11} ${y}h${width - 22}a11 11 0 0 1 0 22h${22 - width}a11 11 0 0 1 0 -22Z`
  return [
    { kind: 'path', path, fill: theme.badge, stroke: { color: theme.badgeInk, width: 1 } },
    { kind: 'text', text, x: x + width / 2, y: y + 11, color: theme.badgeInk, size: 12, weight: 'bold', align: 'center' },
  ]
}
