import type { LayerFor } from './layer.js'

/**
 * How rows reach a net while it trains. `window`: single windows, one answer each. `every-step`: windows with an answer at each step of
 * their second half (causal nets alone). `carried`: the rows in order, many stretches side by side, the state carried from one piece to the next.
 */
export type Feeding = 'window' | 'every-step' | 'carried'

/** A kind of net, before it is known what goes in and out. Plain data but for `layers`. */
export interface Architecture {
  /** In the field's words: `lstm`, `deep-lob`. */
  readonly name: string
  readonly options: Readonly<Record<string, number | string | boolean>>
  readonly feeding: Feeding
  layers(outputs: number): readonly LayerFor[]
}
