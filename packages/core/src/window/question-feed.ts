import type { FeatureWindow, InputSpec, Predictor, StatefulPredictor } from '../contracts/predictor.js'
import type { InstrumentId } from '../instrument.js'
import { windowAssembler } from './window-assembler.js'

/** What a predictor is asked at one row. */
export interface Question {
  /** All rows of history; for a predictor that carries its state, the newest row alone. Lent until the next push. */
  readonly window: FeatureWindow
  /** A state carried from earlier rows is to be dropped first: this row begins a history. */
  readonly first: boolean
  /** False while a carried state has seen fewer rows than the input's length: the row is stepped, its answer not given out. */
  readonly answers: boolean
}

/** Makes one instrument's rows into questions for a predictor. */
export interface QuestionFeed {
  /** Takes a row from `values[at]` on; the question that it completes, or undefined. */
  push(values: Float64Array, at: number, row: number, tsLocal: number): Question | undefined
  /** Forgets all history: after a gap, a halt, a session's end. */
  restart(): void
}

/** Whether a predictor carries its state from row to row. */
export const isStateful = (predictor: Predictor): predictor is StatefulPredictor => 'step' in predictor && 'init' in predictor

/**
 * Windows for a predictor without a state, single rows for one that carries its own.
 *
 * Both answer at the same rows: where the last `length` rows are whole. A row with a NaN voids the windows that hold it; a carried
 * state, which cannot unsee it, begins again at the next whole row.
 *
 * @throws {LobError} LOB_BAD_OPTION where the length or the scaler makes no windows.
 */
export function questionFeed(instrument: InstrumentId, input: InputSpec, stateful: boolean): QuestionFeed {
  const assembler = windowAssembler(instrument, stateful ? { ...input, length: 1 } : input)
  let rows = 0
  return {
    push(values, at, row, tsLocal) {
      const window = assembler.push(values, at, row, tsLocal)
      if (window === undefined) rows = 0
      if (window === undefined || !stateful) return window && { window, first: false, answers: true }
      const first = rows === 0
      rows++
      return { window, first, answers: rows >= input.length }
    },
    restart() {
      rows = 0
      assembler.restart()
    },
  }
}

/** Asks: `predict` of a window, or `step` of a row after `init` where its history begins. */
export function ask(predictor: Predictor, { window, first }: Question): Float32Array | Promise<Float32Array> {
  if (!isStateful(predictor)) return predictor.predict(window)
  if (first) predictor.init(window.instrument)
  return predictor.step(window.instrument, window.data)
}
