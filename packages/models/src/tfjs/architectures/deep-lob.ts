import type { Architecture } from '../architecture.js'
import { deepLobStem } from '../layers/deep-lob-stem.js'
import { dense } from '../layers/dense.js'
import { dropout } from '../layers/dropout.js'
import { lastStep } from '../layers/last-step.js'
import { lstm } from '../layers/lstm.js'
import type { TimePadding } from '../layers/convolution.js'

export interface DeepLobOptions {
  /** Of each convolution. Default 32. */
  readonly filters?: number
  /** Of each branch of the inception module. Default 64. */
  readonly inceptionFilters?: number
  /** Width of the LSTM. Default 64. */
  readonly units?: number
  /** Before the LSTM, while training. Default 0.2. */
  readonly dropout?: number
  /** `same` is the authors' TensorFlow form, `valid` their PyTorch form (without its batch normalisation), `causal` may be trained on every step. Default `same`. */
  readonly padding?: TimePadding
}

/**
 * DeepLOB: convolutions over the levels of a book, an inception module over time, an LSTM; 142,435 parameters for 100 steps of ten levels.
 *
 * Columns are those of `deepLobInputs`: ask price, ask size, bid price, bid size, level by level.
 *
 * @see Zhang, Zohren and Roberts (2019), IEEE Transactions on Signal Processing 67(11)
 */
export function deepLob(options: DeepLobOptions = {}): Architecture {
  const { filters = 32, inceptionFilters = 64, units = 64, dropout: rate = 0.2, padding = 'same' } = options
  return {
    name: 'deep-lob',
    options: { filters, inceptionFilters, units, dropout: rate, padding },
    feeding: padding === 'causal' ? 'every-step' : 'window',
    layers: (outputs) => [deepLobStem('stem', { filters, inceptionFilters, padding }), dropout('dropout', rate), lstm('lstm', units), lastStep(), dense('head', { units: outputs })],
  }
}
