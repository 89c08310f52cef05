/** Mean, standard deviation (n - 1), skewness and kurtosis (population; 3 for a normal) of numbers. NaN where undefined. */
export interface Moments {
  readonly count: number
  readonly mean: number
  readonly deviation: number
  readonly skewness: number
  readonly kurtosis: number
}

export function moments(values: ArrayLike<number>): Moments {
  const count = values.length
  let sum = 0
  for (let i = 0; i < count; i++) sum += values[i]!
  const mean = sum / count
  let second = 0
  let third = 0
  let fourth = 0
  for (let i = 0; i < count; i++) {
    const d = values[i]! - mean
    second += d * d
    third += d * d * d
    fourth += d * d * d * d
  }
  const variance = second / count
  return {
    count,
    mean,
    deviation: count > 1 ? Math.sqrt(second / (count - 1)) : NaN,
    skewness: third / count / variance ** 1.5,
    kurtosis: fourth / count / (variance * variance),
  }
}
