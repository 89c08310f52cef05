import type { WeightSpec } from './layer.js'

/** What a weight that fell below a bound of 0 is set to: at 0 it would get no gradient. */
const justAbove = 0.01

/** Puts weights with bounds or a largest norm back within them. */
export function enforceBounds(specs: readonly WeightSpec[], weights: Readonly<Record<string, Float32Array>>): void {
  for (const { name, bounds, maxNorm } of specs) {
    const values = weights[name]!
    if (bounds !== undefined) {
      const [low, high] = bounds
      for (let at = 0; at < values.length; at++) {
        if (values[at]! < low) values[at] = high === Infinity ? low + justAbove : low
        else if (values[at]! > high) values[at] = high
      }
    }
    if (maxNorm === undefined) continue
    let squares = 0
    for (let at = 0; at < values.length; at++) squares += values[at]! * values[at]!
    const scale = maxNorm / Math.sqrt(squares)
    if (scale < 1) for (let at = 0; at < values.length; at++) values[at]! *= scale
  }
}
