import type { Mark } from '../draw/mark.js'
import { pixel } from './pixel.js'

export interface BandMarkOptions {
  readonly x: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  readonly color: string
  /** 0 to 1. */
  readonly opacity: number
}

/** The area between two lines, broken where either is NaN. Where points are closer than half a pixel it spans their extremes. */
export function bandMark({ x, low, high, color, opacity }: BandMarkOptions): Mark {
  return {
    clip: true,
    elements: (scale) => {
      let path = ''
      let columns: { at: number; low: number; high: number }[] = []
      const close = (): void => {
        if (columns.length > 1) {
          const top = columns.map(({ at, high: up }) => `${pixel(at)} ${pixel(scale.y(up))}`)
          const bottom = columns.map(({ at, low: down }) => `${pixel(at)} ${pixel(scale.y(down))}`).reverse()
          path += `M${[...top, ...bottom].join('L')}Z`
        }
        columns = []
      }
      for (let i = 0; i < x.length; i++) {
        const [at, down, up] = [scale.x(x[i] ?? Number.NaN), low[i] ?? Number.NaN, high[i] ?? Number.NaN]
        const last = columns.at(-1)
        if (Number.isNaN(at + down + up)) close()
        else if (last !== undefined && at - last.at < 0.5) {
          last.low = Math.min(last.low, down)
          last.high = Math.max(last.high, up)
        } else columns.push({ at, low: down, high: up })
      }
      close()
      return path === '' ? [] : [{ kind: 'path', path, fill: color, opacity }]
    },
  }
}
