import { LobError, seededRandom, type Random } from '@rxlob/core'
import type { Architecture } from './architecture.js'
import type { ForwardPass, Layer, WeightSpec } from './layer.js'
import type { Tensor } from './runtime.js'

/** Weights by name, row-major. */
export type Weights = Readonly<Record<string, Float32Array>>

export interface NetworkShape {
  /** Steps of a window. */
  readonly length: number
  readonly columns: number
  readonly outputs: number
}

/** An architecture with its sizes: layers and weights, without values. */
export interface Network extends NetworkShape {
  readonly architecture: Architecture
  readonly layers: readonly Layer[]
  readonly weights: readonly WeightSpec[]
  readonly parameters: number
}

export function network(architecture: Architecture, shape: NetworkShape): Network {
  const layers: Layer[] = []
  let size: readonly number[] = [shape.length, shape.columns]
  for (const layerFor of architecture.layers(shape.outputs)) {
    if (size.some((side) => side < 1)) {
      throw new LobError('LOB_BAD_OPTION', `${architecture.name}: no step is left after ${layers.at(-1)!.name} of windows of ${shape.length}: make the windows longer.`)
    }
    const layer = layerFor(size)
    layers.push(layer)
    size = layer.outputShape
  }
  const weights = layers.flatMap((layer) => layer.weights)
  return { ...shape, architecture, layers, weights, parameters: weights.reduce((sum, spec) => sum + sizeOf(spec), 0) }
}

const sizeOf = ({ shape }: Pick<WeightSpec, 'shape'>): number => shape.reduce((product, size) => product * size, 1)

/** Logits of windows [count, steps, columns]: [count, outputs], or [count, steps, outputs] where the pass asks for every step. */
export function forward({ layers }: Network, pass: ForwardPass, windows: Tensor): Tensor {
  return layers.reduce((x, layer) => layer.forward(pass, x), windows)
}

/** Weights before training. The same seed gives the same bits. */
export function startingWeights(net: Network, seed: number): Record<string, Float32Array> {
  const random = seededRandom(seed)
  return Object.fromEntries(net.weights.map((spec) => [spec.name, startOf(spec, random)]))
}

function startOf(spec: WeightSpec, random: Random): Float32Array {
  const { start, shape } = spec
  if (start instanceof Float32Array) return start.slice()
  if (typeof start === 'number') return new Float32Array(sizeOf(spec)).fill(start)
  const [rows, columns] = shape as [number, number]
  if (typeof start === 'object') {
    const [from, to] = start.he
    const deviation = Math.sqrt(2 / (to - from))
    return Float32Array.from({ length: rows * columns }, (_, at) => (at >= from * columns && at < to * columns ? deviation * gaussian(random) : 0))
  }
  if (start === 'glorot') {
    const limit = Math.sqrt(6 / (rows + columns))
    return Float32Array.from({ length: rows * columns }, () => (2 * random() - 1) * limit)
  }
  return orthogonal(rows, columns, random)
}

const gaussian = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** A row of square orthogonal blocks, one a gate, by Gram and Schmidt on Gaussian numbers. */
function orthogonal(rows: number, columns: number, random: Random): Float32Array {
  const matrix = new Float32Array(rows * columns)
  for (let block = 0; block < columns; block += rows) {
    const basis: Float64Array[] = []
    while (basis.length < rows) {
      const vector = Float64Array.from({ length: rows }, () => gaussian(random))
      for (const other of basis) {
        const along = dot(vector, other)
        for (let at = 0; at < rows; at++) vector[at]! -= along * other[at]!
      }
      const norm = Math.sqrt(dot(vector, vector))
      if (norm > 1e-6) basis.push(vector.map((value) => value / norm))
    }
    basis.forEach((vector, column) => {
      for (let row = 0; row < rows; row++) matrix[row * columns + block + column] = vector[row]!
    })
  }
  return matrix
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

/**
 * Checks that these are weights of this net.
 *
 * @throws {LobError} LOB_MODEL naming the first weight that is absent, of another size, unknown or not finite.
 */
export function checkWeights(net: Network, weights: Weights, from: string): void {
  const refuse = (what: string): never => {
    throw new LobError('LOB_MODEL', `${from} is of another net than ${net.architecture.name} ${JSON.stringify(net.architecture.options)} on ${net.length} x ${net.columns}: ${what}. Build the architecture with the options it was trained with.`)
  }
  for (const spec of net.weights) {
    const values = weights[spec.name]
    if (values === undefined) return refuse(`it lacks ${spec.name}`)
    if (values.length !== sizeOf(spec)) return refuse(`${spec.name} has ${values.length} numbers where ${spec.shape.join(' x ')} were expected`)
    if (!values.every(Number.isFinite)) return refuse(`${spec.name} holds a number that is not finite`)
  }
  const known = new Set(net.weights.map(({ name }) => name))
  const stranger = Object.keys(weights).find((name) => !known.has(name))
  if (stranger !== undefined) refuse(`it holds ${stranger}`)
}
