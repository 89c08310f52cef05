export interface NumberTicks {
  readonly step: number
  /** Digits after the point that tell neighbours apart. */
  readonly decimals: number
  readonly values: readonly number[]
}

/** Multiples of 1, 2 or 5 times a power of ten in [min, max]: as many as fit into `most`, but never fewer than 2. `min` < `max`. */
export function numberTicks(min: number, max: number, most: number): NumberTicks {
  const rough = (max - min) / Math.max(1, most - 1)
  let power = Math.floor(Math.log10(rough))
  let rank = [1, 2, 5, 10].findIndex((multiple) => multiple * 10 ** power >= rough * (1 - 1e-9))
  for (;;) {
    const ticks = multiplesBetween(min, max, ([1, 2, 5, 10][rank] ?? 10) * 10 ** power)
    if (ticks.values.length >= 2) return ticks
    if (rank > 0) rank -= 1
    else {
      rank = 2
      power -= 1
    }
  }
}

function multiplesBetween(min: number, max: number, step: number): NumberTicks {
  const decimals = Math.min(100, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
  const values: number[] = []
  const last = Math.floor(max / step + 1e-6)
  for (let i = Math.ceil(min / step - 1e-6); i <= last; i++) values.push(Number((i * step).toFixed(decimals)))
  return { step, decimals, values }
}
