import type { Mark } from '../draw/mark.js'
import { pixel } from './pixel.js'

export interface ReferenceMarkOptions {
  readonly value: number
  readonly direction: 'horizontal' | 'vertical'
  readonly color: string
}

/** A dashed line across the plot at a value. */
export function referenceMark({ value, direction, color }: ReferenceMarkOptions): Mark {
  return {
    clip: true,
    elements: ({ rect, x, y }) => [
      {
        kind: 'path',
        path:
          direction === 'horizontal'
            ? `M${pixel(rect.left)} ${pixel(y(value))}L${pixel(rect.left + rect.width)} ${pixel(y(value))}`
            : `M${pixel(x(value))} ${pixel(rect.top)}L${pixel(x(value))} ${pixel(rect.top + rect.height)}`,
        stroke: { color, width: 1, dash: [3, 3] },
      },
    ],
  }
}
