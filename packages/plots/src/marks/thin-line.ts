import type { PlotScale } from '../draw/mark.js'

/**
 * Indices of the points that a line of many needs to look the same: first, lowest, highest and last of each pixel, only the first where
 * they are less than half a pixel apart, the very last, and every NaN that breaks the line.
 *
 * `x` does not fall.
 *
 * @see Jugel et al. (2014), M4: a visualization-oriented time series data aggregation, PVLDB 7(10)
 */
export function thinLine(x: ArrayLike<number>, y: ArrayLike<number>, scale: PlotScale): number[] {
  const kept: number[] = []
  let bucket = Number.NaN
  let first = 0
  const flush = (end: number): void => {
    if (end <= first) return
    let lowest = first
    let highest = first
    for (let i = first; i < end; i++) {
      if ((y[i] ?? 0) < (y[lowest] ?? 0)) lowest = i
      if ((y[i] ?? 0) > (y[highest] ?? 0)) highest = i
    }
    const flat = Math.abs(scale.y(y[lowest] ?? 0) - scale.y(y[highest] ?? 0)) < 0.5
    const needed = flat ? [first] : [...new Set([first, lowest, highest, end - 1])].sort((a, b) => a - b)
    for (const i of needed) kept.push(i)
  }
  for (let i = 0; i < x.length; i++) {
    const here = Number.isNaN(y[i] ?? Number.NaN) ? Number.NaN : Math.floor(scale.x(x[i] ?? Number.NaN))
    if (here === bucket) continue
    flush(i)
    if (Number.isNaN(here)) {
      kept.push(i)
      first = i + 1
    } else {
      first = i
    }
    bucket = here
  }
  flush(x.length)
  if (x.length > 0 && kept.at(-1) !== x.length - 1) kept.push(x.length - 1)
  return kept
}
