import { LobError, type LabelledFrame } from '@rxlob/core'
import type { RowRange } from '@rxlob/evaluation'
import type { RowProbabilities } from './predict-rows.js'
import type { Tensor, Tf } from './runtime.js'
import type { ScaledRows } from '../scaled-rows.js'
import { answeredRows, type SequenceBatch } from './sequence-batches.js'
import type { ClassesOutput } from './trained-net.js'

/** Labels of a frame, and what each counts in training. */
export interface ClassTargets {
  /** Labelled rows in the training block. */
  readonly rows: number
  /** By target: rows of each class in the training block. */
  readonly counts: readonly (readonly number[])[]
  /** Sum of the sizes of all targets. */
  readonly width: number
  labelled(row: number): boolean
  /** Writes each target's weight at its class into `out[at]` and on; the sum of what was written. */
  write(row: number, out: Float32Array, at: number): number
  /** Nats an answer, by target, unweighted. */
  nll(probabilities: RowProbabilities): Record<string, number>
}

/** A probability of 0 for what happened costs 34.5 nats. */
const leastProbability = 1e-15

/**
 * Reads class numbers out of a frame's targets. A row's weight is shared among its targets, so that the loss is a mean over them.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where the frame lacks a target; LOB_MODEL where a target is no class number.
 */
export function classTargets(frame: LabelledFrame, outputs: Readonly<Record<string, ClassesOutput>>, train: RowRange, weighing: 'none' | 'balanced'): ClassTargets {
  const names = Object.keys(outputs)
  const sizes = names.map((name) => outputs[name]!.classes.length)
  const offsets = sizes.map((_, n) => sizes.slice(0, n).reduce((sum, size) => sum + size, 0))
  const columns = names.map((name, n) => {
    const column = frame.targets[name]
    if (column === undefined) throw new LobError('LOB_COLUMN_MISMATCH', `The frame has no target ${name}, only ${Object.keys(frame.targets).join(', ')}: give its labeler to collectFrame.`)
    const odd = column.find((value) => !Number.isNaN(value) && !(Number.isInteger(value) && value >= 0 && value < sizes[n]!))
    if (odd !== undefined) throw new LobError('LOB_MODEL', `Target ${name} holds ${odd}, expected a class number from 0 to ${sizes[n]! - 1}.`)
    return column
  })
  const counts = sizes.map((size) => Array.from({ length: size }, () => 0))
  let rows = 0
  const [from, to] = [Math.max(0, train.from), Math.min(train.to, frame.length)]
  const labelled = (row: number): boolean => columns.some((column) => !Number.isNaN(column[row]!))
  for (let row = from; row < to; row++) {
    if (labelled(row)) rows++
    columns.forEach((column, n) => {
      if (!Number.isNaN(column[row]!)) counts[n]![column[row]!]!++
    })
  }
  const weights = counts.map((own) => {
    const all = own.reduce((sum, count) => sum + count, 0)
    const present = own.filter((count) => count > 0).length
    return own.map((count) => (weighing === 'none' ? 1 : count === 0 ? 0 : all / present / count) / names.length)
  })
  return {
    rows,
    counts,
    width: sizes.reduce((sum, size) => sum + size, 0),
    labelled,
    write(row, out, at) {
      let sum = 0
      columns.forEach((column, n) => {
        const value = column[row]!
        if (Number.isNaN(value)) return
        out[at + offsets[n]! + value] = weights[n]![value]!
        sum += weights[n]![value]!
      })
      return sum
    },
    nll({ values, range, outputs: width }) {
      return Object.fromEntries(
        names.map((name, n) => {
          let sum = 0
          let answers = 0
          for (let row = range.from; row < Math.min(range.to, frame.length); row++) {
            const probability = values[(row - range.from) * width + offsets[n]! + columns[n]![row]!]
            // Undefined where there is no label, NaN where there is no answer or it is broken; the latter must show.
            if (probability === undefined || (Number.isNaN(probability) && Number.isNaN(values[(row - range.from) * width]!))) continue
            sum -= Math.log(Math.max(probability, leastProbability))
            answers++
          }
          return [name, sum / answers]
        }),
      )
    },
  }
}

/** The weights of a batch's answers at their classes, [answers, width], and their sum. */
export function targetTensor(tf: Tf, data: ScaledRows, batch: SequenceBatch, targets: ClassTargets, range: RowRange): { labels: Tensor; weight: number } {
  const answers = batch.starts.length * (batch.steps - batch.answersFrom)
  const labels = new Float32Array(answers * targets.width)
  let weight = 0
  answeredRows(data, batch, range, 1, (place, row) => {
    weight += targets.write(row, labels, place * targets.width)
  })
  return { labels: tf.tensor(labels, [answers, targets.width]), weight }
}
