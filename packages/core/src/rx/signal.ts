import { map, type OperatorFunction } from 'rxjs'
import type { Prediction } from '../contracts/predictor.js'
import type { Signal, SignalRule } from '../contracts/signal.js'

/** Turns predictions into signals by a rule. */
export function signal(rule: SignalRule): OperatorFunction<Prediction, Signal> {
  return map((prediction) => rule(prediction))
}
