import type { Architecture } from '../architecture.js'
import { attentionBlock } from '../layers/attention-block.js'
import { dense } from '../layers/dense.js'
import { lastStep } from '../layers/last-step.js'
import { positionEncoding } from '../layers/position-encoding.js'

export interface TransformerOptions {
  /** Width of the model. Default 64. */
  readonly width?: number
  /** Default 4. */
  readonly heads?: number
  /** Encoder blocks. Default 2. */
  readonly blocks?: number
  /** Width of the inner layers. Default four times `width`. */
  readonly inner?: number
  /** Default 0.1. */
  readonly dropout?: number
  /** Each step sees itself and earlier ones alone; it may then be trained on every step. Default true. */
  readonly causal?: boolean
}

/** A Transformer encoder over the steps of the window (post-norm, sinusoidal positions), answering from the newest step. */
export function transformer(options: TransformerOptions = {}): Architecture {
  const { width = 64, heads = 4, blocks = 2, dropout = 0.1, causal = true } = options
  const inner = options.inner ?? 4 * width
  return {
    name: 'transformer',
    options: { width, heads, blocks, inner, dropout, causal },
    feeding: causal ? 'every-step' : 'window',
    layers: (outputs) => [
      dense('embed', { units: width }),
      positionEncoding(),
      ...Array.from({ length: blocks }, (_, block) => attentionBlock(`block_${block + 1}`, { heads, inner, dropout, causal })),
      lastStep(),
      dense('head', { units: outputs }),
    ],
  }
}
