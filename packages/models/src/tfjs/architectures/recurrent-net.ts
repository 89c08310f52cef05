import type { Architecture, Feeding } from '../architecture.js'
import type { LayerFor } from '../layer.js'
import { dense } from '../layers/dense.js'
import { dropout } from '../layers/dropout.js'
import { lastStep } from '../layers/last-step.js'

export interface RecurrentNetOptions {
  /** Width of the first recurrent layer. Default 256. */
  readonly units?: number
  /** Width of the second. Default 128. */
  readonly secondUnits?: number
  /** Width of the dense layer. Default 64. */
  readonly denseUnits?: number
  /** After each recurrent layer. Default 0.3. */
  readonly dropout?: number
  /** `carried` for nets that will be stepped a row at a time; `window` trains on single windows that start from nothing. Default `carried`. */
  readonly feeding?: Extract<Feeding, 'carried' | 'window'>
}

/** Two recurrent layers with dropout after each, a dense ReLU layer on the last step, and the outputs. */
export function recurrentNet(name: string, cell: (name: string, units: number) => LayerFor, options: RecurrentNetOptions): Architecture {
  const { units = 256, secondUnits = 128, denseUnits = 64, dropout: rate = 0.3, feeding = 'carried' } = options
  return {
    name,
    options: { units, secondUnits, denseUnits, dropout: rate },
    feeding,
    layers: (outputs) => [
      cell(`${name}_1`, units),
      dropout('dropout_1', rate),
      cell(`${name}_2`, secondUnits),
      dropout('dropout_2', rate),
      lastStep(),
      dense('dense', { units: denseUnits, activation: 'relu' }),
      dense('head', { units: outputs }),
    ],
  }
}
