import { seededRandom, type LabelledFrame } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { forwardPass } from '../../src/tfjs/forward-pass.js'
import { deepLob, trainNet, type TrainNetOptions } from '../../src/tfjs/index.js'
import { deepLobStem } from '../../src/tfjs/layers/deep-lob-stem.js'
import { network, startingWeights } from '../../src/tfjs/network.js'
import { tfjsRuntime, type Tensor } from '../../src/tfjs/runtime.js'
import { madeFrame, threeClasses } from './made-nets.js'

const { tf } = await tfjsRuntime()
const columns = Array.from({ length: 8 }, (_, column) => `x_${column}`)
/** Steps of training take long where many processes share the machine. */
const patient = { timeout: 180_000 }

function frameWhere(up: (values: Float64Array, row: number) => boolean): LabelledFrame {
  const frame = madeFrame(700, 8)
  return { ...frame, targets: { move: Float64Array.from({ length: 700 }, (_, row) => (up(frame.values, row) ? 2 : 0)) } }
}

const optionsFor = (length: number, rest: Pick<TrainNetOptions, 'architecture' | 'frame' | 'train' | 'batch' | 'epochs' | 'schedule' | 'learningRate'>): TrainNetOptions => ({
  ...rest, input: { columns, fingerprints: [], sampler: 'every_event', length }, targets: { move: threeClasses }, validation: { from: 440, to: 700 }, patience: 100,
})

describe('DeepLOB', () => {
  it('learns a few windows by heart', patient, async () => {
    // Labels drawn at random: nothing but memory tells them. 120 windows, 200 steps of the optimiser.
    const random = seededRandom(5)
    const { history } = await trainNet(optionsFor(8, {
      architecture: deepLob({ filters: 16, inceptionFilters: 16, units: 16, dropout: 0 }), frame: frameWhere(() => random() > 0.5), train: { from: 0, to: 127 },
      batch: 15, epochs: 25, schedule: 'cosine', learningRate: 0.003,
    }))
    expect(history.at(-1)!.trainingLoss).toBeLessThan(0.2)
  })

  it('finds what the newest of 24 rows alone says', patient, async () => {
    // Which of two queues is the longer. Where all taps of the convolutions start alike (Glorot), the validation NLL stays at ln 2.
    const { history } = await trainNet(optionsFor(24, {
      architecture: deepLob({ filters: 8, inceptionFilters: 8, units: 8, dropout: 0, padding: 'causal' }), frame: frameWhere((values, row) => values[row * 8 + 3]! > values[row * 8 + 1]!),
      train: { from: 0, to: 400 }, batch: 8, epochs: 20, schedule: 'constant', learningRate: 0.005,
    }))
    expect(Math.min(...history.map(({ validationNll }) => validationNll))).toBeLessThan(0.5)
  })

  it.each(['same', 'causal', 'valid'] as const)('starts by passing each step on by itself, at its own size: %s', (padding) => {
    const [count, steps] = [20, 30]
    const net = network({ name: 'stem', options: {}, feeding: 'window', layers: () => [deepLobStem('stem', { filters: 32, inceptionFilters: 64, padding })] }, { length: steps, columns: 40, outputs: 3 })
    const start = startingWeights(net, 3)
    const weights = new Map<string, Tensor>(net.weights.map(({ name, shape }) => [name, tf.tensor(start[name]!, [...shape])]))
    /** At the last step; the third branch is left out, as its pooling looks at three steps by design. */
    const lastOf = (values: Float64Array): Float32Array => {
      const out = net.layers[0]!.forward(forwardPass({ tf, weights, everyStep: true }), tf.tensor(Float32Array.from(values), [count, steps, 40]))
      return tf.slice(out, [0, out.shape[1]! - 1, 0], [-1, 1, 128]).dataSync() as Float32Array
    }
    const { values } = madeFrame(count * steps, 40)
    const last = lastOf(values)
    expect(lastOf(values.map((value, at) => (Math.floor(at / 40) % steps === steps - 1 ? value : -value)))).toEqual(last)
    const size = Math.sqrt(last.reduce((sum, value) => sum + value * value, 0) / last.length)
    expect(size).toBeGreaterThan(0.5)
    expect(size).toBeLessThan(2)
  })
})
