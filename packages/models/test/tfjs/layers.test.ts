import { describe, expect, it } from 'vitest'
import { forwardPass } from '../../src/tfjs/forward-pass.js'
import type { LayerFor } from '../../src/tfjs/layer.js'
import { activation } from '../../src/tfjs/layers/activation.js'
import { bilinearNormalisation } from '../../src/tfjs/layers/bilinear-normalisation.js'
import { gru } from '../../src/tfjs/layers/gru.js'
import { layerNorm } from '../../src/tfjs/layers/layer-norm.js'
import { lstm } from '../../src/tfjs/layers/lstm.js'
import { tfjsRuntime, type Tensor } from '../../src/tfjs/runtime.js'

const { tf } = await tfjsRuntime()

/** Runs a layer on one window with the weights given; all others as they start. */
function run(layerFor: LayerFor, window: readonly (readonly number[])[], weights: Record<string, number[]>): number[] {
  const layer = layerFor([window.length, window[0]!.length])
  const tensors = new Map<string, Tensor>()
  for (const { name, shape, start } of layer.weights) {
    const size = shape.reduce((product, side) => product * side, 1)
    const values = weights[name] ?? (typeof start === 'number' ? new Array<number>(size).fill(start) : start instanceof Float32Array ? [...start] : new Array<number>(size).fill(0))
    tensors.set(name, tf.tensor(values, shape as number[]))
  }
  return [...layer.forward(forwardPass({ tf, weights: tensors, everyStep: true }), tf.tensor([window.map((row) => [...row])])).dataSync()]
}
const near = (values: readonly number[], expected: readonly number[]): void => {
  expect(values).toHaveLength(expected.length)
  values.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 5))
}

describe('layers, reference vectors A20', () => {
  it('LSTM 1 x 1', () => {
    near(run(lstm('l', 1), [[1], [-0.5], [2]], { 'l.kernel': [0.5, 0.6, 0.8, 0.7], 'l.recurrent': [0.1, 0.2, 0.4, 0.3] }), [0.247975403582, 0.057546863021, 0.542077213153])
  })
  it('GRU 1 x 1', () => {
    near(run(gru('g', 1), [[1], [-0.5], [2]], { 'g.kernel': [0.5, 0.6, 0.7], 'g.recurrent': [0.1, 0.2, 0.3], 'g.bias': [0, 0, 0.05], 'g.hidden_bias': [0.1] }), [0.237703445908, -0.020063710845, 0.195531289123])
  })
  it('BiN', () => {
    // Columns by time in the source, time by columns here.
    near(run(bilinearNormalisation('b'), [[1, 0], [2, 1], [4, -1]], {}), [-0.0828823899, -0.3535533906, 0.2444444455, 0.1464466094, 0.8990981162, -0.8535533906])
  })
  it('LayerNorm and GELU', () => {
    const part = layerNorm('n', 3)
    const weights = new Map<string, Tensor>([['n.scale', tf.ones([3])], ['n.offset', tf.zeros([3])]])
    near([...part.forward(forwardPass({ tf, weights, everyStep: false }), tf.tensor([[1, 2, 4]])).dataSync()], [-1.0690415315, -0.2672603829, 1.3363019143])
    near([...activation('gelu').forward(tf, tf.tensor([-1, 0.5, 2])).dataSync()], [-0.1586552539, 0.3457312306, 1.9544997361])
  })
})

describe('hand-written gradients of recurrent layers', () => {
  /** The same recurrence a step at a time, left to automatic differentiation. */
  const plain = {
    lstm: (x: Tensor[], [w, u, b]: Tensor[], h: Tensor, c: Tensor): Tensor[] =>
      x.map((row) => {
        const [i, f, o, g] = tf.split(tf.matMul(row, w!).add(tf.matMul(h, u!)).add(b!), 4, 1) as [Tensor, Tensor, Tensor, Tensor]
        c = tf.sigmoid(f).mul(c).add(tf.sigmoid(i).mul(tf.tanh(g)))
        return (h = tf.sigmoid(o).mul(tf.tanh(c)))
      }),
    gru: (x: Tensor[], [w, u, b, inner]: Tensor[], h: Tensor): Tensor[] =>
      x.map((row) => {
        const [xr, xz, xn] = tf.split(tf.matMul(row, w!).add(b!), 3, 1) as [Tensor, Tensor, Tensor]
        const [hr, hz, hn] = tf.split(tf.matMul(h, u!), 3, 1) as [Tensor, Tensor, Tensor]
        const z = tf.sigmoid(xz.add(hz))
        const n = tf.tanh(xn.add(tf.sigmoid(xr.add(hr)).mul(hn.add(inner!))))
        return (h = tf.sub(1, z).mul(n).add(z.mul(h)))
      }),
  }
  it.each([['lstm', lstm, 4], ['gru', gru, 3]] as const)('%s: equal those of TensorFlow.js', (kind, cell, gates) => {
    const [count, steps, width, units] = [3, 6, 4, 5]
    const layer = cell('r', units)([steps, width])
    const variables = layer.weights.map(({ shape }, n) => tf.variable(tf.randomNormal(shape as number[], 0, 0.5, 'float32', 40 + n)))
    const x = tf.randomNormal([count, steps, width], 0, 1, 'float32', 7)
    const scored = tf.randomNormal([count, steps, units], 0, 1, 'float32', 8)
    const carried = new Map<string, Tensor>([['r.h', tf.keep(tf.randomNormal([count, units], 0, 0.5, 'float32', 9) as Tensor)], ['r.c', tf.keep(tf.randomNormal([count, units], 0, 0.5, 'float32', 10) as Tensor)]])
    const [h, c] = [carried.get('r.h')!.clone(), carried.get('r.c')!.clone()]
    const xs = tf.variable(x)
    const weights = new Map(layer.weights.map(({ name }, n) => [name, variables[n] as Tensor]))
    const pass = forwardPass({ tf, weights, everyStep: true, random: () => 0.5, states: carried })
    const list = [...variables, xs]
    const own = tf.variableGrads(() => tf.sum(layer.forward(pass, xs).mul(scored)), list)
    const theirs = tf.variableGrads(() => {
      const rows = tf.unstack(tf.transpose(xs, [1, 0, 2]))
      const outputs = kind === 'lstm' ? plain.lstm(rows, variables, h, c) : plain.gru(rows, variables, h)
      return tf.sum(tf.transpose(tf.stack(outputs), [1, 0, 2]).mul(scored))
    }, list)
    expect(own.value.dataSync()[0]!).toBeCloseTo(theirs.value.dataSync()[0]!, 4)
    expect(layer.weights.every(({ shape }) => shape.at(-1)! % units === 0)).toBe(true)
    expect(layer.weights[0]!.shape[1]).toBe(gates * units)
    for (const { name } of list) {
      const [mine, other] = [own.grads[name]!.dataSync(), theirs.grads[name]!.dataSync()]
      expect(Math.max(...other.map(Math.abs))).toBeGreaterThan(0.01)
      mine.forEach((value, at) => expect(Math.abs(value - other[at]!)).toBeLessThan(2e-5 * Math.max(1, Math.abs(other[at]!))))
    }
    pass.release()
  })
})
