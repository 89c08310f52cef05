import type { FeatureFrame, LabelledFrame } from '../batch/feature-frame.js'
import type { FeatureWindow, Predictor } from '../contracts/predictor.js'
import { LobError } from '../errors.js'
import { ask, isStateful, questionFeed } from './question-feed.js'

/** Windows that are gathered for one `predictMany`. */
const batchRows = 1024

/** A frame's predictions. */
export interface FramePredictions {
  /** Numbers in one output. */
  readonly width: number
  /** Row-major [length, width]; NaN in rows whose window is not whole. */
  readonly values: Float32Array
  /** Rows that were predicted. */
  readonly predicted: number
}

/**
 * Predicts every row of a frame whose window is whole: the batch path of `predict`, with the same numbers at the same rows (those
 * of `predictMany` to its rounding). A predictor that carries its state is stepped through the rows; history starts again at each of `breaks`.
 *
 * Cost: one `predictMany` for each 1,024 windows, else one `predict` or `step` a row. Memory O(1,024 windows).
 *
 * @param frame Of the columns that the predictor was made for, sampled as it was; a frame does not know its features' fingerprints.
 * @throws {LobError} LOB_COLUMN_MISMATCH where the columns differ.
 */
export async function predictFrame(predictor: Predictor, frame: FeatureFrame & Partial<Pick<LabelledFrame, 'breaks'>>): Promise<FramePredictions> {
  const { input, output, name } = predictor
  const columns = frame.columns.map((column) => column.name)
  if (columns.join() !== input.columns.join()) {
    throw new LobError('LOB_COLUMN_MISMATCH', `${name} expects the columns ${input.columns.join(', ')}, the frame has ${columns.join(', ')}.`)
  }
  const width = output.kind === 'classes' ? output.classes.length : 2
  const values = new Float32Array(frame.length * width).fill(NaN)
  const breaks = new Set(frame.breaks)
  const feed = questionFeed(frame.instrument, input, isStateful(predictor))
  const batch = isStateful(predictor) || predictor.predictMany === undefined ? undefined : windowBatch(predictor, values, width)
  let predicted = 0
  for (let row = 0; row < frame.length; row++) {
    if (breaks.has(row)) feed.restart()
    const question = feed.push(frame.values, row * columns.length, frame.firstRow + row, frame.tsLocal[row]!)
    if (question === undefined) continue
    if (question.answers) predicted++
    if (batch !== undefined) {
      const full = batch.add(question.window, row)
      if (full !== undefined) await full
      continue
    }
    const answer = ask(predictor, question)
    const answered = answer instanceof Float32Array ? answer : await answer
    if (question.answers) values.set(answered, row * width)
  }
  await batch?.flush()
  return { width, values, predicted }
}

/** Gathers windows and writes their answers to where their rows are. */
function windowBatch(predictor: Predictor, values: Float32Array, width: number): { add(window: FeatureWindow, row: number): Promise<void> | undefined; flush(): Promise<void> } {
  const { length, columns } = predictor.input
  const size = length * columns.length
  const data = new Float32Array(batchRows * size)
  const rows: number[] = []
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return
    const answers = await predictor.predictMany!({ data: data.subarray(0, rows.length * size), shape: [rows.length, length, columns.length] })
    rows.forEach((row, at) => values.set(answers.subarray(at * width, (at + 1) * width), row * width))
    rows.length = 0
  }
  return {
    add(window, row) {
      data.set(window.data, rows.length * size)
      rows.push(row)
      return rows.length === batchRows ? flush() : undefined
    },
    flush,
  }
}
