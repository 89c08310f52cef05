import { LobError, numberOption, type InputSpec, type OutputSpec, type Predictor } from '@rxlob/core'
import type { TreeEnsemble } from './tree-ensemble.js'
import { linkScores, scoreRow } from './tree-scores.js'
import { windowNames } from './window-names.js'

export interface TreesModel {
  readonly ensemble: TreeEnsemble
  /** Every number of a window is a feature of its own, oldest row first; see `windowNames`. */
  readonly input: InputSpec
  /** Classes in the order of the training's targets, or a value. */
  readonly output: OutputSpec
  /** Default `trees`. */
  readonly name?: string
  /** Of the values it predicts, from rows that it was not trained on. Default unknown, NaN. */
  readonly standardDeviation?: number
}

/**
 * Boosted trees as a `Predictor`. Cost: O(trees depth) a window.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where windows of `input` are not what the ensemble was trained on, by number or by name, or where a window
 *   has another shape; LOB_BAD_OPTION where `output` is not what it predicts; LOB_MODEL where a window holds NaN or infinity.
 * @example
 * treesPredictor({ ensemble: fitTrees(rows).ensemble, input: inputOf([queueImbalance(), ofi()], { length: 1 }), output: labeler.output })
 */
export function treesPredictor(model: TreesModel): Predictor {
  const { ensemble, input, output } = model
  const name = model.name ?? 'trees'
  checkModel(model, name)
  const deviation = numberOption('standardDeviation', model.standardDeviation ?? 0, 0, Number.MAX_VALUE)
  const { features, outputs, link } = ensemble
  const width = link === 'softmax' ? outputs : 2
  const scores = new Float64Array(outputs)

  const check = (data: Float32Array, count: number, length: number, columns: number): void => {
    if (length !== input.length || columns !== input.columns.length || data.length !== count * features) {
      throw new LobError('LOB_COLUMN_MISMATCH', `${name}: expected windows of ${input.length} rows and ${input.columns.length} columns, got ${length} and ${columns} (${data.length} numbers).`)
    }
    for (let at = 0; at < data.length; at++) {
      if (Number.isFinite(data[at])) continue
      throw new LobError('LOB_MODEL', `${name}: number ${at % features} of the window is ${data[at]}; leave out rows with undefined features.`)
    }
  }
  const write = (data: Float32Array, at: number, into: Float32Array, to: number): void => {
    scoreRow(ensemble, data, at, scores, 0)
    linkScores(ensemble, scores, 0, into, to)
    if (link === 'identity') into[to + 1] = model.standardDeviation === undefined ? NaN : deviation
  }
  return {
    contract: 1,
    name,
    input,
    output,
    predict({ data, shape }) {
      check(data, 1, shape[0], shape[1])
      const values = new Float32Array(width)
      write(data, 0, values, 0)
      return values
    },
    predictMany({ data, shape }) {
      const [count, length, columns] = shape
      check(data, count, length, columns)
      const values = new Float32Array(count * width)
      for (let at = 0; at < count; at++) write(data, at * features, values, at * width)
      return Promise.resolve(values)
    },
  }
}

/** @throws {LobError} as `treesPredictor` does. */
export function checkModel({ ensemble, input, output }: TreesModel, name: string): void {
  const { link, features, featureNames, outputs } = ensemble
  const names = windowNames(input)
  if (names.length !== features) {
    throw new LobError('LOB_COLUMN_MISMATCH', `${name}: the trees read ${features} numbers, a window of ${input.length} rows and ${input.columns.length} columns has ${names.length}.`)
  }
  const other = featureNames?.findIndex((feature, at) => feature !== names[at]) ?? -1
  if (other >= 0) throw new LobError('LOB_COLUMN_MISMATCH', `${name}: the trees were trained on ${featureNames![other]} as number ${other}, the window has ${names[other]} there.`)
  const classes = link === 'identity' ? 0 : link === 'sigmoid' ? 2 : outputs
  const given = output.kind === 'classes' ? output.classes.length : 0
  if (classes !== given) throw new LobError('LOB_BAD_OPTION', `Option output: ${name} predicts ${classes === 0 ? 'a value' : `${classes} classes`}, got ${given === 0 ? 'a value' : `${given} classes`}.`)
}
