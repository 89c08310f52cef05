import type { Architecture } from '../architecture.js'
import { bilinear } from '../layers/bilinear.js'
import { bilinearNormalisation } from '../layers/bilinear-normalisation.js'
import { dropout } from '../layers/dropout.js'
import { temporalAttention } from '../layers/temporal-attention.js'

export interface BinCtablOptions {
  /** Columns after the first bilinear layer. Default 60. */
  readonly columns?: number
  /** Steps after it. Default 10. */
  readonly steps?: number
  /** Columns after the second. Default 120. */
  readonly secondColumns?: number
  /** Steps after it. Default 5. */
  readonly secondSteps?: number
  /** Default 0.1. */
  readonly dropout?: number
  /** Of the weight matrices. Default 10. */
  readonly maxNorm?: number
}

/**
 * BiN-C(TABL): each window normalised by itself, two bilinear layers, and one that weighs the steps; 11,446 parameters for ten steps of 40 columns.
 *
 * @see Tran, Kanniainen, Gabbouj and Iosifidis (2021), ICPR, arXiv 2003.00598
 */
export function binCtabl(options: BinCtablOptions = {}): Architecture {
  const { columns = 60, steps = 10, secondColumns = 120, secondSteps = 5, dropout: rate = 0.1, maxNorm = 10 } = options
  return {
    name: 'bin-ctabl',
    options: { columns, steps, secondColumns, secondSteps, dropout: rate, maxNorm },
    feeding: 'window',
    layers: (outputs) => [
      bilinearNormalisation('bin'),
      bilinear('bilinear_1', { columns, steps, maxNorm }),
      dropout('dropout_1', rate),
      bilinear('bilinear_2', { columns: secondColumns, steps: secondSteps, maxNorm }),
      dropout('dropout_2', rate),
      temporalAttention('tabl', { units: outputs, maxNorm }),
    ],
  }
}
