import type { Architecture } from '../architecture.js'
import { gru } from '../layers/gru.js'
import { recurrentNet, type RecurrentNetOptions } from './recurrent-net.js'

/** As `lstmNet`, of gated recurrent units. */
export function gruNet(options: RecurrentNetOptions = {}): Architecture {
  return recurrentNet('gru', gru, options)
}
