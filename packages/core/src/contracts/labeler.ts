import type { Tick } from '../book/tick.js'
import type { Instrument, InstrumentId } from '../instrument.js'
import type { Micros } from '../units.js'
import type { OutputSpec } from './predictor.js'

/** Says afterwards what a row should have predicted. Reads the future only by waiting for it. */
export interface Labeler<State = any> {
  readonly name: string
  readonly output: OutputSpec
  init(instrument: Instrument): State
  /**
   * Called once a row. Emits the target of each row whose horizon this one completes; `rowsAgo` counts back from it.
   * NaN says that the row will have no target. A row without either by twice its horizon is taken to have none.
   */
  step(state: State, tick: Tick, emit: (rowsAgo: number, target: number) => void): void
}

export interface Label {
  readonly instrument: InstrumentId
  /** Of the row that is labelled, not of the one that settled it. */
  readonly row: number
  readonly target: number
  readonly tsSettled: Micros
}
