import { LobError } from '@rxlob/core'
import type { ModelManifest } from '../manifest.js'
import type { GraphFacts, ValueFacts } from './graph-facts.js'

/** `TensorProto.DataType` of 32-bit floats. */
const floatType = 1

/** How the tensors of a graph are laid out. */
export interface GraphShapes {
  /** Dimensions of the input with `count` windows of `length` rows. */
  window(count: number, length: number): number[]
  /** Windows a run may hold: 1 where the file fixes it. */
  readonly maxBatch: number
  /** Rows of a window where the file fixes them. */
  readonly fixedLength: number | undefined
  /** The state at the start, by its place in the manifest: zeros for `count` windows. */
  zeroState(state: number, count: number): { readonly data: Float32Array; readonly dims: readonly number[] }
}

/**
 * Checks that the graph has the tensors that its manifest names, in the shapes that the wiring will send.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH naming the tensor, what the manifest says and what the file has.
 */
export function graphShapes(graph: GraphFacts, manifest: ModelManifest): GraphShapes {
  const { input, output, graph: names } = manifest
  const mismatch = (what: string): LobError =>
    new LobError('LOB_COLUMN_MISMATCH', `The model of ${manifest.name} does not fit its manifest: ${what}; use the manifest that was written with the file.`)
  const stored = new Set(graph.initializers.map(({ name }) => name))
  const open = graph.inputs.filter(({ name }) => !stored.has(name))
  const find = (values: readonly ValueFacts[], name: string, kind: string): ValueFacts => {
    const value = values.find((one) => one.name === name)
    if (value === undefined) throw mismatch(`it has no ${kind} ${name}, it has ${values.map((one) => one.name).join(', ') || 'none'}`)
    if (value.type !== floatType) throw mismatch(`${kind} ${name} is not of 32-bit floats (its type is ${value.type})`)
    return value
  }
  const states = names.states ?? []
  const known = new Set([names.input, ...states.map((state) => state.input)])
  for (const { name } of open) if (!known.has(name)) throw mismatch(`it also needs the input ${name}`)

  const columns = input.columns.length
  const window = find(open, names.input, 'input')
  const rank = window.dims?.length ?? 3
  const layout = layouts.get(rank)
  if (layout === undefined) throw mismatch(`input ${window.name} has ${rank} dimensions, expected 2 to 4`)
  const wanted = layout(-1, input.length, columns)
  const has = (window.dims ?? wanted).map((size) => (typeof size === 'bigint' ? Number(size) : size))
  // A net that is stepped may take one row at a time.
  const stepped = states.length > 0 && rank > 2 && has[rank - 2] === 1
  has.forEach((size, at) => {
    if (at === 0 || typeof size === 'string' || size === wanted[at] || (stepped && at === rank - 2)) return
    throw mismatch(`input ${window.name} is [${has.map((one) => one || '?').join(', ')}], the manifest's ${input.length} rows of ${columns} columns make [count, ${wanted.slice(1).join(', ')}]`)
  })
  if (typeof has[0] === 'number' && has[0] !== 1 && window.dims !== undefined) throw mismatch(`input ${window.name} takes ${has[0]} windows at once; export it with an open first dimension, or 1`)

  const answer = find(graph.outputs, names.output, 'output')
  const width = answer.dims?.at(-1)
  const widths = output.kind === 'classes' ? [output.classes.length] : [1, 2]
  if (typeof width === 'bigint' && !widths.includes(Number(width))) {
    throw mismatch(`output ${answer.name} has ${width} numbers, the manifest has ${output.kind === 'classes' ? `the classes ${output.classes.join(', ')}` : 'a mean, or a mean and a standard deviation'}`)
  }
  const stateDims = states.map((state) => {
    find(graph.outputs, state.output, 'output')
    const { dims } = find(open, state.input, 'input')
    if (dims === undefined) throw mismatch(`state ${state.input} has no shape`)
    return dims
  })
  return {
    window: (count, length) => layout(count, length, columns),
    maxBatch: typeof has[0] === 'number' && window.dims !== undefined ? 1 : Infinity,
    fixedLength: rank > 2 && typeof has[rank - 2] === 'number' && window.dims !== undefined ? (has[rank - 2] as number) : undefined,
    zeroState(state, count) {
      const dims = stateDims[state]!.map((size) => (typeof size === 'bigint' ? Number(size) : count))
      return { data: new Float32Array(dims.reduce((product, size) => product * size, 1)), dims }
    },
  }
}

/** Row-major windows are the same numbers in each of these. */
const layouts = new Map<number, (count: number, length: number, columns: number) => number[]>([
  [2, (count, length, columns) => [count, length * columns]],
  [3, (count, length, columns) => [count, length, columns]],
  [4, (count, length, columns) => [count, 1, length, columns]],
])
