import { seededRandom, type FeatureWindow, type InputSpec, type OutputSpec, type Random } from '@rxlob/core'

export const normals = (random: Random): (() => number) => () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** An input whose columns are already on their scale: no warm-up. */
export function scaledInput(columns: number, length = 1): InputSpec {
  const names = Array.from({ length: columns }, (_, j) => `x${j}`)
  return { columns: names, fingerprints: names, sampler: 'every_event', length, scaler: { mean: names.map(() => 0), scale: names.map(() => 1) } }
}

/** The same without a scaler: the learner finds its own. */
export function rawInput(columns: number, length = 1): InputSpec {
  const { scaler: _, ...input } = scaledInput(columns, length)
  return input
}

export function classesOutput(count: number): OutputSpec {
  return { kind: 'classes', classes: ['down', 'flat', 'up', 'c3', 'c4'].slice(0, count), horizon: { rows: 1 } }
}

export function windowOf(data: ArrayLike<number>, length = 1): FeatureWindow {
  return { instrument: 'made:X', row: 0, data: Float32Array.from(data), shape: [length, data.length / length], tsLocal: 0 }
}

/** Rows whose class is drawn from softmax(W (1, x)), W row-major [classes, columns + 1]; the true probabilities beside them. */
export function logisticRows(weights: readonly (readonly number[])[], rows: number, seed: number) {
  const random = seededRandom(seed)
  const normal = normals(random)
  const columns = weights[0]!.length - 1
  return Array.from({ length: rows }, () => {
    const x = Float32Array.from({ length: columns }, normal)
    const odds = weights.map((row) => Math.exp(row.reduce((sum, weight, j) => sum + weight * (j === 0 ? 1 : x[j - 1]!), 0)))
    const total = odds.reduce((sum, value) => sum + value, 0)
    const truth = odds.map((value) => value / total)
    let target = 0
    for (let left = random() - truth[0]!; left > 0 && target < truth.length - 1; left -= truth[target]!) target++
    return { window: windowOf(x), truth, target }
  })
}
