import { seededRandom, type FeatureWindow, type InputSpec, type LabelledFrame, type OnlineLearner } from '@rxlob/core'

const classes = ['down', 'flat', 'up'] as const

export function normalSource(seed: number): () => number {
  const random = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A frame of the given columns, one row a millisecond, whose target `move` settles `horizonRows` rows later. */
export function frameOf(
  columns: Readonly<Record<string, ArrayLike<number>>>, targets: ArrayLike<number>, horizonRows: number, breaks: readonly number[] = [],
): LabelledFrame {
  const names = Object.keys(columns)
  const length = targets.length
  const values = new Float64Array(length * names.length)
  names.forEach((name, j) => {
    for (let row = 0; row < length; row++) values[row * names.length + j] = columns[name]![row]!
  })
  const tsLocal = Float64Array.from({ length }, (_, row) => 1_340_285_400_000_000 + row * 1000)
  return {
    instrument: 'made:X',
    columns: names.map((name) => ({ name, unit: 'ratio' })),
    length,
    firstRow: 0,
    tsExchange: tsLocal,
    tsLocal,
    values,
    targets: { move: Float64Array.from(targets) },
    settledRows: { move: Float64Array.from(targets, (target, row) => (Number.isNaN(target) ? NaN : row + horizonRows)) },
    breaks,
  }
}

/** Class of each row's later move: mid[row + horizon] against mid[row], flat within `threshold`; NaN at the end. */
export function moveTargets(mids: ArrayLike<number>, horizonRows: number, threshold: number): Float64Array {
  return Float64Array.from(mids, (mid, row) => {
    const move = (mids[row + horizonRows] ?? NaN) - mid
    return Number.isNaN(move) ? NaN : move > threshold ? 2 : move < -threshold ? 0 : 1
  })
}

function inputOver(columns: readonly string[], length = 1): InputSpec {
  return { columns, fingerprints: columns, sampler: 'every_event', length }
}

/** A plain online softmax regression by gradient steps: a learner that needs no other package. */
export function gradientLearner(columns: readonly string[], options: { length?: number; rate?: number; name?: string; horizonRows?: number } = {}): OnlineLearner {
  const input = inputOver(columns, options.length)
  const width = columns.length * input.length + 1
  const weights = new Float64Array(classes.length * width)
  const predict = ({ data }: FeatureWindow): Float32Array => {
    const odds = classes.map((_, k) => Math.exp(data.reduce((sum, x, j) => sum + x * weights[k * width + j + 1]!, weights[k * width]!)))
    const total = odds.reduce((sum, value) => sum + value, 0)
    return Float32Array.from(odds, (value) => value / total)
  }
  return {
    contract: 1,
    name: options.name ?? 'gradient',
    input,
    output: { kind: 'classes', classes, horizon: { rows: options.horizonRows ?? 1 } },
    predict,
    learn(window, target) {
      const rate = options.rate ?? 0.02
      predict(window).forEach((p, k) => {
        const step = rate * (Number(k === target) - p)
        weights[k * width]! += step
        window.data.forEach((x, j) => {
          weights[k * width + j + 1]! += step * x
        })
      })
    },
    save: () => [...weights],
    load: (state) => weights.set(state as number[]),
  }
}
