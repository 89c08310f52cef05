import { protobufReader, type ProtobufField, type ProtobufReader } from './protobuf-reader.js'

/** A stored tensor: its shape and how many bytes it says it has, not its numbers. */
export interface TensorFacts {
  readonly name: string
  /** As in `TensorProto.DataType`: 1 float, 6 int32, 7 int64, 8 string. */
  readonly type: number
  readonly dims: readonly bigint[]
  /** Its numbers are in another file, which is never opened. */
  readonly external: boolean
  /** Bytes of `raw_data`; undefined where the numbers are typed fields. */
  readonly rawBytes: number | undefined
  /** The numbers of an integer tensor of up to 16, as shapes are. */
  readonly integers: readonly bigint[]
}

/** What goes in or out of a graph. */
export interface ValueFacts {
  readonly name: string
  /** 0 where it is no dense tensor. */
  readonly type: number
  /** A name, or an empty text, where the size is open; undefined where even the rank is. */
  readonly dims: readonly (bigint | string)[] | undefined
}

export interface NodeFacts {
  readonly op: string
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly tensors: readonly TensorFacts[]
  readonly subgraphs: readonly GraphFacts[]
}

export interface GraphFacts {
  readonly inputs: readonly ValueFacts[]
  readonly outputs: readonly ValueFacts[]
  readonly initializers: readonly TensorFacts[]
  readonly values: readonly ValueFacts[]
  readonly nodes: readonly NodeFacts[]
  /** Sparse tensors, here and in attributes: none of our writers makes any. */
  readonly sparse: number
}

export interface ModelFacts {
  readonly graph: GraphFacts
  /** Domains of the operator sets that the model imports. */
  readonly domains: readonly string[]
  /** Functions that the file brings along. */
  readonly functions: number
}

/** Subgraphs inside subgraphs; more is an attack on the stack. */
const maxDepth = 8
const maxRank = 8
const maxFields = 20_000_000

/**
 * What an ONNX file says about itself, without its numbers: read before any runtime sees the file.
 *
 * Undefined parts are read as empty; whether the whole makes sense is for `checkGraph` to say.
 *
 * @throws {ProtobufError} where the bytes are no protobuf, or hold no graph.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (field numbers)
 */
export function modelFacts(bytes: Uint8Array): ModelFacts {
  const read = protobufReader(bytes, maxFields)
  let graph: GraphFacts | undefined
  const domains: string[] = []
  let functions = 0
  read.forEachField(0, bytes.length, (field) => {
    if (field.number === 7) {
      // Parsers merge a second graph into the first: two readers could see two different models.
      if (graph !== undefined) throw read.error('it holds two graphs')
      graph = readGraph(read, field, 0)
    } else if (field.number === 8) domains.push(readDomain(read, field))
    else if (field.number === 25) functions++
  })
  if (graph === undefined) throw read.error('it holds no graph')
  return { graph, domains, functions }
}

function readDomain(read: ProtobufReader, { start, end }: ProtobufField): string {
  let domain = ''
  read.forEachField(start, end, (field) => {
    if (field.number === 1) domain = read.text(field)
  })
  return domain
}

function readGraph(read: ProtobufReader, message: ProtobufField, depth: number): GraphFacts {
  if (depth > maxDepth) throw read.error(`graphs are nested deeper than ${maxDepth}`)
  const graph = { inputs: [] as ValueFacts[], outputs: [] as ValueFacts[], initializers: [] as TensorFacts[], values: [] as ValueFacts[], nodes: [] as NodeFacts[], sparse: 0 }
  walk(read, message, (field) => {
    switch (field.number) {
      case 1:
        graph.nodes.push(readNode(read, field, depth))
        break
      case 5:
        graph.initializers.push(readTensor(read, field))
        break
      case 11:
        graph.inputs.push(readValue(read, field))
        break
      case 12:
        graph.outputs.push(readValue(read, field))
        break
      case 13:
        graph.values.push(readValue(read, field))
        break
      case 15:
        graph.sparse++
        break
    }
  })
  return graph
}

function readNode(read: ProtobufReader, message: ProtobufField, depth: number): NodeFacts {
  const node = { op: '', domain: '', inputs: [] as string[], outputs: [] as string[], tensors: [] as TensorFacts[], subgraphs: [] as GraphFacts[] }
  walk(read, message, (field) => {
    if (field.number === 1) node.inputs.push(read.text(field))
    else if (field.number === 2) node.outputs.push(read.text(field))
    else if (field.number === 4) node.op = read.text(field)
    else if (field.number === 7) node.domain = read.text(field)
    else if (field.number === 5) {
      walk(read, field, (part) => {
        if (part.number === 5 || part.number === 10) node.tensors.push(readTensor(read, part))
        else if (part.number === 6 || part.number === 11) node.subgraphs.push(readGraph(read, part, depth + 1))
        else if (part.number === 22 || part.number === 23) throw read.error('an attribute holds a sparse tensor')
      })
    }
  })
  return node
}

function readTensor(read: ProtobufReader, message: ProtobufField): TensorFacts {
  let name = ''
  let type = 0
  let external = false
  let raw: ProtobufField | undefined
  const dims: bigint[] = []
  const integers: bigint[] = []
  walk(read, message, (field) => {
    switch (field.number) {
      case 1:
        dims.push(...read.integers(field, maxRank))
        if (dims.length > maxRank) throw read.error(`a tensor has more than ${maxRank} dimensions`)
        break
      case 2:
        type = Number(field.integer)
        break
      case 5:
      case 7:
        // Long lists are numbers of a model, short ones may be a shape.
        if (field.end - field.start <= 160) integers.push(...read.integers(field, 160))
        break
      case 8:
        name = read.text(field)
        break
      case 9:
        raw = field
        break
      case 13:
        external = true
        break
      case 14:
        external ||= field.integer === 1n
        break
    }
  })
  const rawBytes = raw === undefined ? undefined : raw.end - raw.start
  if (raw !== undefined && type === 7 && rawBytes! <= 128) integers.push(...read.longs(raw))
  return { name, type, dims, external, rawBytes, integers: integers.slice(0, 16) }
}

function readValue(read: ProtobufReader, message: ProtobufField): ValueFacts {
  let name = ''
  let type = 0
  let dims: (bigint | string)[] | undefined
  walk(read, message, (field) => {
    if (field.number === 1) name = read.text(field)
    // ValueInfoProto.type > TypeProto.tensor_type > Tensor.{elem_type, shape} > TensorShapeProto.dim
    else if (field.number === 2) walk(read, field, (kind) => kind.number === 1 && walk(read, kind, (part) => {
      if (part.number === 1) type = Number(part.integer)
      else if (part.number === 2) {
        const found: (bigint | string)[] = []
        walk(read, part, (dim) => dim.number === 1 && found.push(readDim(read, dim)))
        if (dims !== undefined) throw read.error(`${name} has two shapes`)
        if (found.length > maxRank) throw read.error(`${name} has more than ${maxRank} dimensions`)
        dims = found
      }
    }))
  })
  return { name, type, dims }
}

function readDim(read: ProtobufReader, message: ProtobufField): bigint | string {
  let size: bigint | string = ''
  walk(read, message, (field) => {
    if (field.number === 1) size = field.integer
    else if (field.number === 2) size = read.text(field)
  })
  return size
}

function walk(read: ProtobufReader, message: ProtobufField, visit: (field: ProtobufField) => void): void {
  if (message.start < 0) throw read.error('a number stands where a message belongs')
  read.forEachField(message.start, message.end, visit)
}
