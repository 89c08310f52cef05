import type { Architecture } from '../architecture.js'
import { dense } from '../layers/dense.js'
import { dropout } from '../layers/dropout.js'
import { flatten } from '../layers/flatten.js'

export interface MlpOptions {
  /** Width of the first hidden layer. Default 64. */
  readonly units?: number
  /** Width of the second. Default 32. */
  readonly secondUnits?: number
  /** Default 0.1. */
  readonly dropout?: number
}

/** Two hidden layers with ReLU on all numbers of the window. */
export function mlp(options: MlpOptions = {}): Architecture {
  const { units = 64, secondUnits = 32, dropout: rate = 0.1 } = options
  return {
    name: 'mlp',
    options: { units, secondUnits, dropout: rate },
    feeding: 'window',
    layers: (outputs) => [
      flatten(),
      dense('dense_1', { units, activation: 'relu' }),
      dropout('dropout_1', rate),
      dense('dense_2', { units: secondUnits, activation: 'relu' }),
      dropout('dropout_2', rate),
      dense('head', { units: outputs }),
    ],
  }
}
