import { LobError, windowAssembler, type FeatureWindow, type LabelledFrame, type OnlineLearner } from '@rxlob/core'

/** One learner over the rows of a frame. */
export interface LearnerRun {
  readonly name: string
  readonly learner: OnlineLearner
  /** Takes a row and gives its window, if it has one. */
  push(row: number, afterBreak: boolean, keep: boolean): FeatureWindow | undefined
  /** Teaches the kept window of an earlier row, if it had one. */
  learn(row: number, target: number): void
}

/** @throws {LobError} LOB_COLUMN_MISMATCH where the frame lacks a column that the learner reads. */
export function learnerRun(learner: OnlineLearner, frame: LabelledFrame): LearnerRun {
  const places = learner.input.columns.map((name) => frame.columns.findIndex((column) => column.name === name))
  const missing = places.indexOf(-1)
  if (missing >= 0) {
    throw new LobError('LOB_COLUMN_MISMATCH', `prequential: ${learner.name} reads the column ${learner.input.columns[missing]}, which the frame does not have.`)
  }
  const assembler = windowAssembler(frame.instrument, learner.input)
  const width = frame.columns.length
  const values = new Float64Array(places.length)
  const pending = new Map<number, FeatureWindow>()
  return {
    name: learner.name,
    learner,
    push(row, afterBreak, keep) {
      if (afterBreak) assembler.restart()
      places.forEach((place, j) => {
        values[j] = frame.values[row * width + place]!
      })
      const window = assembler.push(values, 0, frame.firstRow + row, frame.tsLocal[row]!)
      if (window !== undefined && keep) pending.set(row, { ...window, data: window.data.slice() })
      return window
    },
    learn(row, target) {
      const window = pending.get(row)
      if (window === undefined) return
      pending.delete(row)
      learner.learn(window, target)
    },
  }
}
