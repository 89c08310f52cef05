import type { Architecture } from '../architecture.js'
import { lstm } from '../layers/lstm.js'
import { recurrentNet, type RecurrentNetOptions } from './recurrent-net.js'

/**
 * LSTM(256), LSTM(128), Dense(64), with dropout 0.3: 509,699 parameters for 40 columns and three classes.
 *
 * @example
 * lstmNet({ units: 64, secondUnits: 32 }) // a lighter one
 */
export function lstmNet(options: RecurrentNetOptions = {}): Architecture {
  return recurrentNet('lstm', lstm, options)
}
