import type { Mark } from '../draw/mark.js'
import type { SymbolPath } from './symbols.js'

export interface SymbolMarkOptions {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly symbol: SymbolPath
  /** Pixels, one for all or one a point. */
  readonly radius: number | ArrayLike<number>
  readonly color: string
  /** 0 to 1. Default 1. */
  readonly opacity?: number
  readonly outline?: string
}

/** One symbol a point, all in one path; points with NaN are left out. */
export function symbolMark({ x, y, symbol, radius, color, opacity, outline }: SymbolMarkOptions): Mark {
  return {
    clip: true,
    elements: (scale) => {
      let path = ''
      for (let i = 0; i < x.length; i++) {
        const [across, up] = [scale.x(x[i] ?? Number.NaN), scale.y(y[i] ?? Number.NaN)]
        if (!Number.isNaN(across + up)) path += symbol(across, up, typeof radius === 'number' ? radius : (radius[i] ?? 0))
      }
      if (path === '') return []
      return [
        {
          kind: 'path', path, fill: color,
          ...(opacity === undefined ? {} : { opacity }), ...(outline === undefined ? {} : { stroke: { color: outline, width: 1 } }),
        },
      ]
    },
  }
}
