import type { Mark } from '../draw/mark.js'
import { pixel } from './pixel.js'

export interface LevelBarMarkOptions {
  /** Where each lies on the vertical axis. */
  readonly at: ArrayLike<number>
  /** Ends on the horizontal axis, in either order. */
  readonly from: ArrayLike<number>
  readonly to: ArrayLike<number>
  /** Share of a category's height, 0 to 1. */
  readonly thickness: number
  readonly color: string
}

/** Bars that lie, from one number to another; those of NaN are left out, those of no length are a thin line. */
export function levelBarMark({ at, from, to, thickness, color }: LevelBarMarkOptions): Mark {
  return {
    clip: true,
    elements: (scale) => {
      let path = ''
      for (let i = 0; i < at.length; i++) {
        const row = at[i] ?? Number.NaN
        const [a, b] = [scale.x(from[i] ?? Number.NaN), scale.x(to[i] ?? Number.NaN)]
        if (Number.isNaN(a + b + row)) continue
        const [left, right] = [pixel(Math.min(a, b)), pixel(Math.max(a, b, Math.min(a, b) + 0.5))]
        path += `M${left} ${pixel(scale.y(row + thickness / 2))}H${right}V${pixel(scale.y(row - thickness / 2))}H${left}Z`
      }
      return path === '' ? [] : [{ kind: 'path', path, fill: color }]
    },
  }
}
