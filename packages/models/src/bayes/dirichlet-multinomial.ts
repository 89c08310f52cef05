import { LobError, numberOption, type FeatureWindow, type InputSpec, type OnlineLearner, type OutputSpec } from '@rxlob/core'
import { checkOutcome } from '../online/check-outcome.js'
import { checkShape } from '../online/check-shape.js'
import { savedState } from './saved-state.js'

export interface DirichletMultinomialOptions {
  /** What it reads: of a window the newest row. */
  readonly input: InputSpec
  /** What it says: classes, two or more. */
  readonly output: OutputSpec
  /** Of each column the ascending bounds of its bins; none, one bin. The cells are all combinations, 100,000 at most. Default none: one cell. */
  readonly edges?: readonly (readonly number[])[]
  /** Prior count of every class in every cell, above 0. Default 1. */
  readonly prior?: number
  /** Share of its counts that a cell keeps with each of its own rows, above 0 to 1. Default 0.9999. */
  readonly forgetting?: number
  /** Default `dirichlet_multinomial`. */
  readonly name?: string
}

/** What is known of the class probabilities of one cell. */
export interface DirichletForecast {
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/** A learner whose uncertainty about each probability can be had. */
export interface DirichletMultinomial extends OnlineLearner {
  /** @throws {LobError} as `predict`. */
  forecast(window: FeatureWindow): DirichletForecast
}

const mostCells = 100_000

/**
 * Class shares by cell of the inputs: counting, with a prior and forgetting.
 *
 *   alpha = prior + counts;  counts <- forgetting * counts + 1{y} in the row's cell
 *   P(k) = alpha_k / A, variance alpha_k (A - alpha_k) / (A^2 (A + 1)), A = sum of alpha
 *
 * Old counts fade, the prior never does, so no class ever becomes impossible. Assumes nothing about the shape of the relation, and learns each cell
 * from its own rows alone. Cost: O(columns log bins) a row; memory cells * classes.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range, bounds do not ascend or there are too many cells; LOB_COLUMN_MISMATCH where a
 *   window or a state is of another shape; LOB_MODEL where a target is no class, the newest row is not finite, or a state was not made by `save`.
 * @example
 * dirichletMultinomial({ input: inputOf([queueImbalance()], { length: 1 }), output, edges: [[-0.5, 0, 0.5]] })
 */
export function dirichletMultinomial(options: DirichletMultinomialOptions): DirichletMultinomial {
  const { input, output } = options
  const name = options.name ?? 'dirichlet_multinomial'
  if (output.kind !== 'classes' || output.classes.length < 2) throw new LobError('LOB_BAD_OPTION', `Option output: ${name} needs two classes or more.`)
  const classes = output.classes.length
  const columns = input.columns.length
  const edges = (options.edges ?? input.columns.map(() => [])).map((bounds) => [...bounds])
  if (edges.length !== columns) throw new LobError('LOB_BAD_OPTION', `Option edges: expected the bounds of ${columns} columns, got ${edges.length}.`)
  edges.forEach((bounds, j) => {
    if (bounds.every((bound, at) => Number.isFinite(bound) && (at === 0 || bound > bounds[at - 1]!))) return
    throw new LobError('LOB_BAD_OPTION', `Option edges[${j}]: expected finite bounds in ascending order, got ${bounds.join(', ')}.`)
  })
  const cells = edges.reduce((all, bounds) => all * (bounds.length + 1), 1)
  if (cells > mostCells) throw new LobError('LOB_BAD_OPTION', `Option edges: they make ${cells} cells, expected ${mostCells} or fewer; use fewer bounds or columns.`)
  const prior = numberOption('prior', options.prior ?? 1, Number.MIN_VALUE, Number.MAX_VALUE)
  const forgetting = numberOption('forgetting', options.forgetting ?? 0.9999, Number.MIN_VALUE, 1)
  const counts = new Float64Array(cells * classes)

  /** Place of the row's cell. A value on a bound belongs to the bin above it. */
  const placeOf = ({ data }: FeatureWindow): number => {
    let cell = 0
    edges.forEach((bounds, j) => {
      const at = data.length - columns + j
      const value = data[at]!
      if (!Number.isFinite(value)) throw new LobError('LOB_MODEL', `${name}: number ${at} of the window is ${value}; leave out rows with undefined features.`)
      let bin = 0
      while (bin < bounds.length && value >= bounds[bin]!) bin++
      cell = cell * (bounds.length + 1) + bin
    })
    return cell * classes
  }
  const forecast = (window: FeatureWindow): DirichletForecast => {
    checkShape(name, input, window)
    const place = placeOf(window)
    const alpha = Float64Array.from({ length: classes }, (_, k) => prior + counts[place + k]!)
    const total = alpha.reduce((sum, value) => sum + value, 0)
    return { mean: alpha.map((value) => value / total), variance: alpha.map((value) => (value * (total - value)) / (total * total * (total + 1))) }
  }
  return {
    contract: 1,
    name,
    input,
    output,
    forecast,
    predict: (window) => Float32Array.from(forecast(window).mean),
    learn(window, target, weight = 1) {
      checkShape(name, input, window)
      checkOutcome(name, output, target, weight)
      const place = placeOf(window)
      for (let k = 0; k < classes; k++) counts[place + k]! *= forgetting
      counts[place + target]! += weight
    },
    save: () => ({ model: 'dirichlet_multinomial', version: 1, input: JSON.parse(JSON.stringify(input)) as InputSpec, classes: [...output.classes], edges: edges.map((bounds) => [...bounds]), counts: [...counts] }),
    load(state) {
      const saved = savedState(name, state)
      if (saved.value('model') !== 'dirichlet_multinomial' || saved.value('version') !== 1) throw saved.broken('model or version')
      saved.same('input', input)
      saved.same('classes', output.classes)
      saved.same('edges', edges)
      counts.set(saved.numbers('counts', counts.length))
    },
  }
}
