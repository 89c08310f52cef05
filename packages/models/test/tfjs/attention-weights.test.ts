import { describe, expect, it } from 'vitest'
import { attentionWeights, transformer } from '../../src/tfjs/index.js'
import { madeFrame, madeNet, smallNets } from './made-nets.js'

const netOfKind = (kind: string) => {
  const [, architecture, length, columns] = smallNets.find(([name]) => name === kind)!
  return madeNet(architecture, length, columns)
}

describe('attentionWeights', () => {
  it.each([['causal transformer', [2, 9, 9], 2], ['transformer', [4, 7, 7], 1], ['bin-ctabl', [3, 3], 1]] as const)('of a %s are shares, one matrix a layer', async (kind, shape, layers) => {
    const weights = await attentionWeights(netOfKind(kind), madeFrame(30, 5), 20)
    expect(weights).toHaveLength(layers)
    for (const { shape: own, values } of weights) {
      expect(own).toEqual(shape)
      const width = own.at(-1)!
      for (let at = 0; at < values.length; at += width) expect(values.subarray(at, at + width).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
    }
  })

  it('of a causal transformer are 0 for later steps', async () => {
    for (const { values } of await attentionWeights(netOfKind('causal transformer'), madeFrame(30, 5), 20)) {
      values.forEach((value, at) => {
        const [from, to] = [Math.floor(at / 9) % 9, at % 9]
        if (to > from) expect(value).toBe(0)
        else expect(value).toBeGreaterThan(0)
      })
    }
  })

  it('are those of the softmax of scaled products', async () => {
    // One head, one block, no embedding but the identity: the weights can be worked out by hand.
    const net = madeNet(transformer({ width: 2, heads: 1, blocks: 1, inner: 2, causal: false }), 2, 2)
    const project = Float32Array.of(1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0)
    const weights = { ...net.weights, 'embed.kernel': Float32Array.of(1, 0, 0, 1), 'embed.bias': new Float32Array(2), 'block_1.project.kernel': project, 'block_1.project.bias': new Float32Array(6) }
    const frame = madeFrame(2, 2)
    frame.values.set([1, 0, 0, 1])
    const [first] = await attentionWeights({ ...net, weights }, frame, 1)
    // Positions add (0, 1) to the first row and (sin 1, cos 1) to the second; q = k = x.
    const rows = [[1, 1], [Math.sin(1), 1 + Math.cos(1)]] as const
    const score = (a: number, b: number): number => Math.exp((rows[a]![0] * rows[b]![0] + rows[a]![1] * rows[b]![1]) / Math.SQRT2)
    ;[0, 1].forEach((from) => [0, 1].forEach((to) => expect(first!.values[from * 2 + to]).toBeCloseTo(score(from, to) / (score(from, 0) + score(from, 1)), 5)))
  })

  it('refuses nets without attention and rows without a window', async () => {
    await expect(attentionWeights(netOfKind('lstm'), madeFrame(30, 5), 20)).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(attentionWeights(netOfKind('transformer'), madeFrame(30, 5), 3)).rejects.toMatchObject({ code: 'LOB_MODEL' })
  })
})
