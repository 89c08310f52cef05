import type { InstrumentId } from '../instrument.js'
import type { Micros } from '../units.js'
import type { Prediction } from './predictor.js'

export interface Signal {
  readonly instrument: InstrumentId
  readonly tsLocal: Micros
  /** -1 short, 0 no view, +1 long. */
  readonly direction: -1 | 0 | 1
  /** 0 to 1. */
  readonly strength: number
}

/** The whole of the "should we act" rule, apart from the model and apart from execution. */
export type SignalRule = (prediction: Prediction) => Signal
