import type { Stroke } from '../draw/element.js'
import type { Mark } from '../draw/mark.js'
import { pixel } from './pixel.js'

export interface WhiskerMarkOptions {
  /** Where each stands on the axis that the intervals do not run along. */
  readonly at: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  readonly direction: 'horizontal' | 'vertical'
  readonly stroke: Stroke
  /** Half the width of the end caps, pixels. */
  readonly cap: number
}

/** Intervals as lines with end caps; those with NaN are left out. */
export function whiskerMark({ at, low, high, direction, stroke, cap }: WhiskerMarkOptions): Mark {
  return {
    clip: true,
    elements: (scale) => {
      const [along, across] = direction === 'vertical' ? [scale.y, scale.x] : [scale.x, scale.y]
      let path = ''
      for (let i = 0; i < at.length; i++) {
        const place = pixel(across(at[i] ?? Number.NaN))
        const [from, to] = [pixel(along(low[i] ?? Number.NaN)), pixel(along(high[i] ?? Number.NaN))]
        if (Number.isNaN(place + from + to)) continue
        path +=
          direction === 'vertical'
            ? `M${place} ${from}L${place} ${to}M${place - cap} ${from}L${place + cap} ${from}M${place - cap} ${to}L${place + cap} ${to}`
            : `M${from} ${place}L${to} ${place}M${from} ${place - cap}L${from} ${place + cap}M${to} ${place - cap}L${to} ${place + cap}`
      }
      return path === '' ? [] : [{ kind: 'path', path, stroke }]
    },
  }
}
