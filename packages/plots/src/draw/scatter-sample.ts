import { formatNumber } from '../format-number.js'

/** Points of a cloud that a picture can show. */
export interface ScatterSample {
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly xRange: readonly [number, number]
  readonly yRange: readonly [number, number]
  /** Sentences on what was left out; empty where nothing was. */
  readonly note: string
}

const most = 1200

/**
 * At most 1,200 of the pairs without NaN, every k-th, and ranges that hold all but the outermost 0.5 % at each end where there are 200 or more.
 *
 * A handful of extreme moves would press all others into a point; the note counts them.
 */
export function scatterSample(x: ArrayLike<number>, y: ArrayLike<number>): ScatterSample {
  const pairs = Array.from({ length: x.length }, (_, i) => i).filter((i) => Number.isFinite((x[i] ?? Number.NaN) + (y[i] ?? Number.NaN)))
  const xRange = centralRange(pairs.map((i) => x[i] ?? 0))
  const yRange = centralRange(pairs.map((i) => y[i] ?? 0))
  const within = (value: number, [low, high]: readonly [number, number]): boolean => value >= low && value <= high
  const inside = pairs.filter((i) => within(x[i] ?? 0, xRange) && within(y[i] ?? 0, yRange))
  const every = Math.max(1, Math.ceil(inside.length / most))
  const shown = inside.filter((_, rank) => rank % every === 0)
  const notes = [
    ...(every > 1 ? [`Every ${ordinal(every)} point is drawn (${formatNumber(shown.length)} of ${formatNumber(pairs.length)}).`] : []),
    ...(inside.length < pairs.length ? [pairs.length - inside.length === 1 ? '1 point lies outside the axes.' : `${formatNumber(pairs.length - inside.length)} points lie outside the axes.`] : []),
  ]
  return { x: shown.map((i) => x[i] ?? 0), y: shown.map((i) => y[i] ?? 0), xRange, yRange, note: notes.join(' ') }
}

function centralRange(values: number[]): [number, number] {
  const sorted = Float64Array.from(values).sort()
  const cut = sorted.length < 200 ? 0 : Math.floor(sorted.length * 0.005)
  const [low = 0, high = 0] = [sorted[cut], sorted[sorted.length - 1 - cut]]
  const margin = (high - low) * 0.04
  return [low - margin, high + margin]
}

function ordinal(count: number): string {
  const suffix = count % 100 >= 11 && count % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')
  return `${count}${suffix}`
}
