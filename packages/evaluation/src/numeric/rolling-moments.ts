/** Mean and spread of the last values. */
export interface RollingMoments {
  /** Values held. */
  readonly count: number
  push(value: number): void
  mean(): number
  /** Sample standard deviation, NaN of fewer than two. */
  deviation(): number
  rootMeanSquare(): number
}

/** Of the last `most` values, which are summed afresh once every `most` pushes, so that rounding does not build up. Cost: O(1) a value, amortised. */
export function rollingMoments(most: number): RollingMoments {
  const held = new Float64Array(most)
  let count = 0
  let place = 0
  // Around the first value: the difference of the squares would leave no digits where the mean is large.
  let origin = 0
  let sum = 0
  let squares = 0
  const refresh = (): void => {
    origin = held[0]!
    sum = 0
    squares = 0
    for (let at = 0; at < count; at++) {
      sum += held[at]! - origin
      squares += (held[at]! - origin) ** 2
    }
  }
  return {
    get count() {
      return count
    },
    push(value) {
      if (count === 0) origin = value
      if (count === most) {
        sum -= held[place]! - origin
        squares -= (held[place]! - origin) ** 2
      } else {
        count++
      }
      held[place] = value
      sum += value - origin
      squares += (value - origin) ** 2
      place = (place + 1) % most
      if (place === 0) refresh()
    },
    mean: () => origin + sum / count,
    deviation: () => (count < 2 ? NaN : Math.sqrt(Math.max(0, squares - (sum * sum) / count) / (count - 1))),
    rootMeanSquare: () => Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2) + (origin + sum / count) ** 2),
  }
}
