import type { Mark } from '../draw/mark.js'
import { pixel } from './pixel.js'

export interface BarMarkOptions {
  /** Left and right end on the horizontal axis, one a bar. */
  readonly from: ArrayLike<number>
  readonly to: ArrayLike<number>
  readonly value: ArrayLike<number>
  /** Where each bar begins. Default zero. */
  readonly base?: ArrayLike<number>
  readonly color: string
}

/** Vertical bars, from zero where no base is given; bars of NaN are left out, those that end where they begin have no height. */
export function barMark({ from, to, value, base, color }: BarMarkOptions): Mark {
  return {
    clip: true,
    elements: (scale) => {
      let path = ''
      for (let i = 0; i < value.length; i++) {
        const [left, right, end] = [pixel(scale.x(from[i] ?? Number.NaN)), pixel(scale.x(to[i] ?? Number.NaN)), pixel(scale.y(value[i] ?? Number.NaN))]
        const zero = pixel(scale.y(base?.[i] ?? 0))
        if (!Number.isNaN(left + right + end) && end !== zero) path += `M${left} ${zero}L${left} ${end}L${right} ${end}L${right} ${zero}Z`
      }
      return path === '' ? [] : [{ kind: 'path', path, fill: color }]
    },
  }
}
