import type { SignalRule } from '../contracts/signal.js'
import { numberOption } from '../option-range.js'

export interface ThresholdSignalOptions {
  /** Least probability of a direction that makes a signal, 0.5 to 1. Default 0.6. */
  readonly minProbability?: number
}

/**
 * Acts on a class forecast where one direction is probable enough.
 *
 *   direction = +1 if P(last class) >= minProbability, -1 if P(first class) >= minProbability, else 0
 *
 * Classes run from down to up, as labelers give them. `strength` is the probability of the direction, 0 where there is none.
 * A forecast that is torn (0.5 and 0.5) gives no view, nor does a forecast of a value, which has no probabilities.
 *
 * @throws {LobError} LOB_BAD_OPTION where `minProbability` is outside 0.5 to 1.
 */
export function thresholdSignal(options: ThresholdSignalOptions = {}): SignalRule {
  const minProbability = numberOption('minProbability', options.minProbability ?? 0.6, 0.5, 1)
  return ({ instrument, tsLocal, output, values }) => {
    const down = output.kind === 'classes' ? values[0]! : 0
    const up = output.kind === 'classes' ? values[values.length - 1]! : 0
    const strength = Math.max(up, down)
    if (!(strength >= minProbability) || up === down) return { instrument, tsLocal, direction: 0, strength: 0 }
    return { instrument, tsLocal, direction: up > down ? 1 : -1, strength }
  }
}
