import { LobError } from '@rxlob/core'
import { modelFacts, type GraphFacts, type ModelFacts, type NodeFacts, type TensorFacts } from './graph-facts.js'
import { ProtobufError } from './protobuf-reader.js'

/** What a model file may be. A model within them fits a process; a larger one is a mistake, or meant to harm. */
export interface ModelLimits {
  /** Bytes of the file. Default 256 MiB. */
  readonly maxBytes: number
  /** Nodes of the graph and its subgraphs. Default 20,000. */
  readonly maxNodes: number
  /** Numbers in stored tensors together, and in any one tensor whose size the file fixes. Default 67,108,864. */
  readonly maxElements: number
}

export const defaultLimits: ModelLimits = { maxBytes: 256 * 2 ** 20, maxNodes: 20_000, maxElements: 2 ** 26 }

/** Bytes a number, by `TensorProto.DataType`; types that are absent have no raw form here. */
const bytesOfType = new Map([[1, 4], [2, 1], [3, 1], [4, 2], [5, 2], [6, 4], [7, 8], [9, 1], [10, 2], [11, 8], [12, 4], [13, 8], [14, 8], [15, 16], [16, 2]])

/** Operator sets that every build of the runtime has. Others need a library, which is code. */
const knownDomains = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft'])

/** Operators whose output is as large as an integer input says, and which input that is. */
const sizedByInput = new Map([['ConstantOfShape', 0], ['Expand', 1], ['Tile', 1], ['Reshape', 1], ['Resize', 3]])

/**
 * Reads a model file and refuses what a runtime should not see: other files, foreign code, cycles, sizes beyond the limits.
 *
 * Cost: one pass over the file, without its numbers; milliseconds.
 *
 * @param what How errors name the model.
 * @throws {LobError} LOB_BAD_FILE where it is no ONNX; LOB_MODEL where it is one that is refused.
 */
export function checkGraph(bytes: Uint8Array, what: string, limits: ModelLimits = defaultLimits): ModelFacts {
  const refuse = (why: string): LobError => new LobError('LOB_MODEL', `${what} is refused: ${why}`)
  if (bytes.length > limits.maxBytes) throw refuse(`it has ${bytes.length} bytes, the limit is ${limits.maxBytes} (limits.maxBytes).`)
  const facts = readFacts(bytes, what)
  if (facts.functions > 0) throw refuse('it brings functions of its own; inline them (onnx.inliner in Python) and export again.')
  for (const domain of facts.domains) if (!knownDomains.has(domain)) throw refuse(`it needs the operators of ${domain}, which are code from outside; export with standard operators.`)
  const state: Check = { limits, refuse, nodes: 0, elements: 0n }
  checkNames(facts.graph, new Set(), state)
  return facts
}

interface Check {
  readonly limits: ModelLimits
  readonly refuse: (why: string) => LobError
  nodes: number
  elements: bigint
}

function readFacts(bytes: Uint8Array, what: string): ModelFacts {
  try {
    return modelFacts(bytes)
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error
    throw new LobError('LOB_BAD_FILE', `${what} is no ONNX file: ${error.message}. It is corrupt or was cut off; fetch or export it again.`, {}, { cause: error })
  }
}

/** ONNX graphs are sorted: what a node reads stands before it. Where it does not there is a cycle, or the tensor does not exist. */
function checkNames(graph: GraphFacts, outer: ReadonlySet<string>, check: Check): void {
  const { refuse, limits } = check
  const known = new Set(outer)
  const constants = new Map<string, TensorFacts>()
  if (graph.sparse > 0) throw refuse('it holds sparse tensors; export them dense.')
  for (const { name, dims } of [...graph.inputs, ...graph.outputs, ...graph.values]) {
    checkSize(`tensor ${name}`, (dims ?? []).filter((size) => typeof size === 'bigint'), check)
  }
  for (const tensor of graph.initializers) {
    checkTensor(tensor, check)
    constants.set(tensor.name, tensor)
    known.add(tensor.name)
  }
  for (const { name } of graph.inputs) known.add(name)
  const made = new Set<string>()
  for (const node of graph.nodes) {
    if (++check.nodes > limits.maxNodes) throw refuse(`it has more than ${limits.maxNodes} nodes (limits.maxNodes).`)
    checkNode(node, known, constants, check)
    for (const output of node.outputs) {
      if (output === '') continue
      if (made.has(output)) throw refuse(`two nodes make the tensor ${output}.`)
      made.add(output)
      known.add(output)
    }
  }
  for (const { name } of graph.outputs) if (!known.has(name)) throw refuse(`nothing makes its output ${name}.`)
}

function checkNode(node: NodeFacts, known: ReadonlySet<string>, constants: Map<string, TensorFacts>, check: Check): void {
  const { refuse, limits } = check
  const { op, domain } = node
  if (!knownDomains.has(domain)) throw refuse(`the operator ${domain}.${op} is code from outside; export with standard operators.`)
  // A loop may be endless, and nothing can interrupt a runtime at work.
  if (op === 'Loop') throw refuse('it holds a Loop, which may have no end; export the net unrolled or with LSTM, GRU or Scan.')
  for (const input of node.inputs) {
    if (input !== '' && !known.has(input)) throw refuse(`${op} reads ${input} before anything has made it: a cycle, or a tensor that does not exist.`)
  }
  for (const tensor of node.tensors) checkTensor(tensor, check)
  for (const subgraph of node.subgraphs) checkNames(subgraph, known, check)
  const [value] = node.tensors
  if (op === 'Constant' && value !== undefined && node.outputs[0] !== undefined) constants.set(node.outputs[0], value)
  const sizes = constants.get(node.inputs[sizedByInput.get(op) ?? -1] ?? '')?.integers ?? []
  const wanted = sizes.reduce((product, size) => product * (size > 0n ? size : 1n), 1n)
  if (wanted > BigInt(limits.maxElements)) throw refuse(`${op} would make a tensor of ${wanted} numbers, the limit is ${limits.maxElements} (limits.maxElements).`)
}

function checkTensor({ name, type, dims, external, rawBytes }: TensorFacts, check: Check): void {
  const { refuse, limits } = check
  if (external) throw refuse(`the numbers of ${name || 'a tensor'} are in another file, which is never opened; save the model in one file (onnx.save_model with save_as_external_data=False).`)
  const elements = checkSize(`tensor ${name}`, dims, check)
  check.elements += elements
  if (check.elements > BigInt(limits.maxElements)) throw refuse(`its tensors hold more than ${limits.maxElements} numbers (limits.maxElements).`)
  const width = bytesOfType.get(type)
  if (rawBytes === undefined || width === undefined) return
  if (BigInt(rawBytes) !== elements * BigInt(width)) throw refuse(`tensor ${name} has ${rawBytes} bytes for ${elements} numbers of ${width} bytes: the file is damaged.`)
}

/** How many numbers a shape holds. */
function checkSize(what: string, dims: readonly bigint[], { refuse, limits }: Check): bigint {
  let elements = 1n
  for (const size of dims) {
    if (size < 0n) throw refuse(`${what} has a dimension of ${size}.`)
    elements *= size
  }
  if (elements > BigInt(limits.maxElements)) throw refuse(`${what} would hold ${elements} numbers, the limit is ${limits.maxElements} (limits.maxElements).`)
  return elements
}
