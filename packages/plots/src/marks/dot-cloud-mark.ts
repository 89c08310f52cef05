import type { Mark } from '../draw/mark.js'
import { pixel } from './pixel.js'

export interface DotCloudMarkOptions {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  /** Pixels. */
  readonly diameter: number
  readonly color: string
  /** 0 to 1. */
  readonly opacity: number
}

/** Many small dots of one colour: round line ends, a third of the bytes of circles. */
export function dotCloudMark({ x, y, diameter, color, opacity }: DotCloudMarkOptions): Mark {
  return {
    clip: true,
    elements: (scale) => {
      let path = ''
      for (let i = 0; i < x.length; i++) {
        const [across, up] = [scale.x(x[i] ?? Number.NaN), scale.y(y[i] ?? Number.NaN)]
        if (!Number.isNaN(across + up)) path += `M${pixel(across - 0.1)} ${pixel(up)}h.1`
      }
      return path === '' ? [] : [{ kind: 'path', path, opacity, stroke: { color, width: diameter, round: true } }]
    },
  }
}
