import type { LabelledFrame } from '@rxlob/core'
import type { RowRange } from '@rxlob/evaluation'
import { fitTrees, treeOutputs } from '@rxlob/models/trees'
import type { TrainedFold } from '@rxlob/models/tfjs'

/** Boosted trees on single rows, one ensemble a target. */
export function trainStudyTrees(frame: LabelledFrame, { train, validation, test }: TrainedFold, isColumn: (name: string) => boolean, seed: number): { probabilities: Record<string, Float32Array>; validationNll: Record<string, number>; rounds: number } {
  const places = frame.columns.flatMap(({ name }, at) => (isColumn(name) ? [at] : []))
  const width = places.length
  const inputsOf = (rows: readonly number[]): Float32Array => {
    const inputs = new Float32Array(rows.length * width)
    rows.forEach((row, at) => places.forEach((place, column) => (inputs[at * width + column] = frame.values[row * frame.columns.length + place]!)))
    return inputs
  }
  const rowsOf = ({ from, to }: RowRange): number[] => Array.from({ length: to - from }, (_, at) => from + at)
  const answered = [validation, test].map((range) => ({ at: range.from * 3, inputs: inputsOf(rowsOf(range)) }))
  const probabilities: Record<string, Float32Array> = {}
  const validationNll: Record<string, number> = {}
  let rounds = 0
  for (const [target, classes] of Object.entries(frame.targets)) {
    const partOf = (range: RowRange): { inputs: Float32Array; targets: Float64Array } => {
      const rows = rowsOf(range).filter((row) => !Number.isNaN(classes[row]!))
      return { inputs: inputsOf(rows), targets: Float64Array.from(rows, (row) => classes[row]!) }
    }
    const fit = fitTrees({ ...partOf(train), columns: width, classes: 3, validation: partOf(validation), rounds: 40, patienceRounds: 8, learningRate: 0.12, leaves: 15, minLeafRows: 200, columnShare: 0.5, rowShare: 0.5, maxBins: 63, seed })
    rounds = Math.max(rounds, fit.bestRound)
    validationNll[target] = fit.losses[fit.bestRound - 1]!.validationLoss!
    const all = new Float32Array(frame.length * 3).fill(NaN)
    for (const { at, inputs } of answered) all.set(treeOutputs(fit.ensemble, inputs), at)
    probabilities[target] = all
  }
  return { probabilities, validationNll, rounds }
}
