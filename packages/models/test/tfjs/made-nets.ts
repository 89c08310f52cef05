import { seededRandom, type LabelledFrame } from '@rxlob/core'
import { binCtabl, deepLob, gruNet, logistic, lstmNet, mlp, transformer, type Architecture, type TrainedNet } from '../../src/tfjs/index.js'
import { network, startingWeights } from '../../src/tfjs/network.js'

/** Small nets of every kind, with windows that they take. */
export const smallNets: readonly (readonly [name: string, architecture: Architecture, length: number, columns: number])[] = [
  ['logistic', logistic(), 3, 5],
  ['mlp', mlp({ units: 8, secondUnits: 6 }), 4, 5],
  ['lstm', lstmNet({ units: 7, secondUnits: 5, denseUnits: 6 }), 9, 5],
  ['gru', gruNet({ units: 7, secondUnits: 5, denseUnits: 6 }), 9, 5],
  ['causal transformer', transformer({ width: 8, heads: 2, inner: 12 }), 9, 5],
  ['transformer', transformer({ width: 8, heads: 4, blocks: 1, causal: false }), 7, 5],
  ['deep-lob, same', deepLob({ filters: 4, inceptionFilters: 5, units: 6 }), 20, 8],
  ['deep-lob, valid', deepLob({ filters: 4, inceptionFilters: 5, units: 6, padding: 'valid' }), 24, 8],
  ['deep-lob, causal', deepLob({ filters: 4, inceptionFilters: 5, units: 6, padding: 'causal' }), 20, 8],
  ['bin-ctabl', binCtabl({ columns: 7, secondColumns: 6, steps: 5, secondSteps: 3 }), 6, 5],
]

const output = { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: 1 } } as const

/** Standard normal numbers, and a class that they say a little about. */
export function madeFrame(rows: number, columns: number, seed = 1): LabelledFrame {
  const random = seededRandom(seed)
  const values = Float64Array.from({ length: rows * columns }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))
  const move = Float64Array.from({ length: rows }, (_, row) => {
    const score = values[row * columns]! + 0.5 * (values[(row - 1) * columns] ?? 0) + random() - 0.5
    return score > 0.5 ? 2 : score < -0.5 ? 0 : 1
  })
  const times = Float64Array.from({ length: rows }, (_, row) => 1e15 + row * 1000)
  return {
    instrument: 'test:X',
    columns: Array.from({ length: columns }, (_, column) => ({ name: `x_${column}`, unit: 'ratio' as const })),
    length: rows, firstRow: 0, tsExchange: times, tsLocal: times, values, breaks: [],
    targets: { move }, settledRows: { move: Float64Array.from({ length: rows }, (_, row) => row + 1) },
  }
}

/** A net as training would leave it, with weights that are all in use: no zeros, no ones. */
export function madeNet(architecture: Architecture, length: number, columns: number, targets: TrainedNet['targets'] = { move: output }): TrainedNet {
  const outputs = Object.keys(targets).length * 3
  const random = seededRandom(9)
  const layers = network(architecture, { length, columns, outputs })
  const weights = Object.fromEntries(Object.entries(startingWeights(layers, 5)).map(([name, values]) => [name, values.map((value) => value * (0.9 + 0.2 * random()) + 0.2 * (random() - 0.5))]))
  return {
    architecture, targets, weights, seed: 5, history: [], bestEpoch: 0, validationNll: {}, trainingRows: 0, runtime: '', stopped: 'all epochs',
    input: { columns: Array.from({ length: columns }, (_, column) => `x_${column}`), fingerprints: [], sampler: 'every_event', length },
  }
}

export { output as threeClasses }
