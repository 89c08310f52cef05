import { LobError } from '@rxlob/core'

/**
 * How much each token of the last layer draws on each token of the input, when attention and the residual around it are followed through all layers.
 *
 *   A~ = (mean over heads of A + I) / 2, rows normalised;  rollout = A~_last ... A~_1
 *
 * Shape: [tokens, tokens], row-major; each row sums to 1: row t is where token t looks. An attention map is not by itself an explanation: what a model
 * draws on need not move its answer. Put `maskingEffect` beside it. Cost: O(layers tokens^3).
 *
 * @param layers First to last, each of its heads' weights, row-major [tokens, tokens], rows summing to 1.
 * @throws {LobError} LOB_BAD_OPTION where there is no layer or head, a map is not square, sizes differ, or a row does not sum to 1.
 * @see Abnar and Zuidema (2020), Quantifying attention flow in transformers, ACL
 */
export function attentionRollout(layers: readonly (readonly ArrayLike<number>[])[]): Float64Array {
  const size = layers[0]?.[0]?.length ?? 0
  const tokens = Math.sqrt(size)
  if (!Number.isInteger(tokens) || tokens === 0) throw new LobError('LOB_BAD_OPTION', `attentionRollout: expected square maps of one token or more, got ${size} numbers.`)
  let rollout = new Float64Array(size)
  for (let token = 0; token < tokens; token++) rollout[token * tokens + token] = 1
  layers.forEach((heads, layer) => {
    if (heads.length === 0) throw new LobError('LOB_BAD_OPTION', `attentionRollout: layer ${layer} has no heads.`)
    const mixed = new Float64Array(size)
    heads.forEach((head, at) => {
      if (head.length !== size) throw new LobError('LOB_BAD_OPTION', `attentionRollout: head ${at} of layer ${layer} has ${head.length} numbers, expected ${size} as the first has.`)
      for (let cell = 0; cell < size; cell++) mixed[cell]! += head[cell]! / heads.length
    })
    for (let row = 0; row < tokens; row++) {
      let sum = 0
      for (let column = 0; column < tokens; column++) sum += mixed[row * tokens + column]!
      // Softmax in floats sums to 1 within this.
      if (!(Math.abs(sum - 1) < 1e-3)) throw new LobError('LOB_BAD_OPTION', `attentionRollout: row ${row} of layer ${layer} sums to ${sum}, expected 1: give softmax weights.`)
      for (let column = 0; column < tokens; column++) mixed[row * tokens + column] = (mixed[row * tokens + column]! / sum + (row === column ? 1 : 0)) / 2
    }
    const next = new Float64Array(size)
    for (let row = 0; row < tokens; row++) {
      for (let middle = 0; middle < tokens; middle++) {
        const share = mixed[row * tokens + middle]!
        for (let column = 0; column < tokens; column++) next[row * tokens + column]! += share * rollout[middle * tokens + column]!
      }
    }
    rollout = next
  })
  return rollout
}
