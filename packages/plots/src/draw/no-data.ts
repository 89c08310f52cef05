import { wrapText } from '../text/wrap-text.js'
import type { Element } from './element.js'
import type { Drawing, DrawSpace } from './layout.js'

/** An empty plot that says so and why. */
export function noData({ left, top, width, theme }: DrawSpace, reason: string): Drawing {
  const height = 160
  const lines = wrapText(reason, width - 40, 12)
  const centre = left + width / 2
  const first = top + height / 2 - (lines.length * 17) / 2
  return {
    panels: [],
    elements: [
      { kind: 'path', path: `M${left + 0.5} ${top + 0.5}h${width - 1}v${height - 1}h${1 - width}Z`, stroke: { color: theme.axis, width: 1, dash: [4, 4] } },
      { kind: 'text', text: 'No data', x: centre, y: first, color: theme.ink, size: 16, weight: 'bold', align: 'center' },
      ...lines.map((text, i): Element => ({ kind: 'text', text, x: centre, y: first + 24 + i * 17, color: theme.muted, size: 12, align: 'center' })),
    ],
    height,
  }
}
