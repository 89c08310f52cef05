import { columnOf, integerOption, numberOption } from '@rxlob/core'
import { argMax } from '../metrics/probability/top-label.js'
import type { Baseline } from './baseline.js'
import { fitLogistic } from './fit-logistic.js'
import { shares } from './majority-class.js'

export interface ImbalanceLogisticOptions {
  /** Columns it reads. Default `queue_imbalance` alone. */
  readonly columns?: readonly string[]
  /** L2 penalty of the standardised weights, 0 or more, against the MEAN log loss; the intercept is free. Default 1e-4. */
  readonly penalty?: number
  /** Settled rows after which it is fitted again to all that has settled, 1 or more. Default never: the training rows alone. */
  readonly refitRows?: number
  /** Default `imbalance_logistic`. */
  readonly name?: string
}

/**
 * Multinomial logistic regression on a few columns, by default the queue imbalance, fitted to the labels settled before the first scored row.
 *
 *   minimise  -mean log softmax(W x + b)[y] + penalty / 2 ||W||^2   on columns standardised by the fitted rows
 *
 * Before it is fitted, and where nothing had settled, its probabilities are the class shares. No view where a column is NaN.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range; LOB_COLUMN_MISMATCH, once started, where the frame lacks a column;
 *   LOB_MODEL where the fit has no finite optimum.
 */
export function imbalanceLogistic(options: ImbalanceLogisticOptions = {}): Baseline {
  const names = options.columns ?? ['queue_imbalance']
  const penalty = numberOption('penalty', options.penalty ?? 1e-4, 0, Number.MAX_VALUE)
  const refitRows = options.refitRows === undefined ? Infinity : integerOption('refitRows', options.refitRows, 1)
  return {
    name: options.name ?? 'imbalance_logistic',
    start: (frame, classes) => {
      const columns = names.map((name) => columnOf(frame, name))
      const width = columns.length + 1
      const settled: number[] = []
      const targets: number[] = []
      const counts = new Float64Array(classes)
      const input = new Float64Array(width)
      let scaling = columns.map(() => ({ mean: 0, scale: 1 }))
      let weights: Float64Array | undefined
      let fittedOn = 0
      const fill = (row: number, inputs: Float64Array, at: number): void => {
        inputs[at] = 1
        columns.forEach((column, j) => {
          inputs[at + 1 + j] = (column[row]! - scaling[j]!.mean) / scaling[j]!.scale
        })
      }
      const fit = (): void => {
        fittedOn = settled.length
        if (settled.length === 0) return
        scaling = columns.map((column) => scalingOf(settled.map((row) => column[row]!)))
        const inputs = new Float64Array(settled.length * width)
        settled.forEach((row, i) => fill(row, inputs, i * width))
        const penalties = Array.from({ length: width }, (_, j) => (j === 0 ? 0 : penalty * settled.length))
        ;({ weights } = fitLogistic({ inputs, columns: width, targets, classes, penalties, ...(weights !== undefined && { start: weights }) }))
      }
      return {
        train: fit,
        predict(row, out) {
          fill(row, input, 0)
          if (input.some((value) => Number.isNaN(value))) return -1
          if (weights === undefined) shares(counts, 0, classes, out)
          else softmax(weights, input, out)
          return argMax(out, 0, classes)
        },
        learn(row, target) {
          counts[target]! += 1
          if (columns.some((column) => Number.isNaN(column[row]!))) return
          settled.push(row)
          targets.push(target)
          if (weights !== undefined && settled.length - fittedOn >= refitRows) fit()
        },
      }
    },
  }
}

function scalingOf(values: readonly number[]): { mean: number; scale: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return { mean, scale: scale > 0 ? scale : 1 }
}

/** Probabilities from log odds against class 0. */
function softmax(weights: Float64Array, input: Float64Array, out: Float64Array): void {
  const classes = weights.length / input.length + 1
  let top = 0
  out[0] = 0
  for (let k = 1; k < classes; k++) {
    let score = 0
    for (let j = 0; j < input.length; j++) score += weights[(k - 1) * input.length + j]! * input[j]!
    out[k] = score
    top = Math.max(top, score)
  }
  let sum = 0
  for (let k = 0; k < classes; k++) sum += out[k] = Math.exp(out[k]! - top)
  for (let k = 0; k < classes; k++) out[k]! /= sum
}
