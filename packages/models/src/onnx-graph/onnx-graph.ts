import { protobufMessage, type ProtobufMessage } from './protobuf-message.js'

type OnnxAttribute = number | string | readonly string[] | { readonly float: number } | { readonly floats: ArrayLike<number> } | { readonly integers: readonly number[] }

/** Sizes, and names for sizes that are free. */
type OnnxShape = readonly (number | string)[]

interface OnnxNodeOptions {
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>
  /** Number of outputs. Default 1. */
  readonly outputs?: number
  /** Default the standard operators. */
  readonly domain?: 'ai.onnx.ml'
}

/** A graph being written. Tensors go by the names that its methods give back. */
export interface OnnxGraph {
  input(name: string, shape: OnnxShape): string
  output(name: string, from: string, shape: OnnxShape, type?: 'float' | 'integer'): void
  /** A constant of floats. */
  floats(values: ArrayLike<number>, shape: readonly number[], name?: string): string
  /** A constant of 64-bit integers: shapes, axes and places. */
  integers(values: readonly number[]): string
  node(operator: string, inputs: readonly string[], options?: OnnxNodeOptions): string
  /** As `node`, with the names of all outputs. */
  nodes(operator: string, inputs: readonly string[], options: OnnxNodeOptions): string[]
  finish(): Uint8Array
}

/** Files of these versions are read by ONNX Runtime 1.13 and later: opset 17 brought LayerNormalization. */
const irVersion = 8
const opset = 17
const mlOpset = 3
const dataTypes = { float: 1, integer: 7 } as const
const attributeTypes = { float: 1, integer: 2, text: 3, floats: 6, integers: 7, texts: 8 } as const

/** An empty graph. Field numbers are those of onnx.proto. */
export function onnxGraph(name: string): OnnxGraph {
  const graph = protobufMessage()
  let count = 0
  let ml = false
  const fresh = (hint: string): string => `${hint}_${++count}`
  const self: OnnxGraph = {
    input(tensor, shape) {
      graph.message(11, valueInfo(tensor, shape, 'float'))
      return tensor
    },
    output(tensor, from, shape, type = 'float') {
      graph.message(1, protobufMessage().text(1, from).text(2, tensor).text(3, fresh('output')).text(4, 'Identity'))
      graph.message(12, valueInfo(tensor, shape, type))
    },
    floats(values, shape, tensor = fresh('constant')) {
      const data = new Uint8Array(Float32Array.from(values).buffer)
      graph.message(5, tensorProto(shape, 'float').text(8, tensor).bytes(9, data))
      return tensor
    },
    integers(values) {
      const tensor = fresh('integers')
      graph.message(5, tensorProto([values.length], 'integer').text(8, tensor).bytes(9, new Uint8Array(BigInt64Array.from(values, BigInt).buffer)))
      return tensor
    },
    node: (operator, inputs, options = {}) => self.nodes(operator, inputs, options)[0]!,
    nodes(operator, inputs, { attributes = {}, outputs = 1, domain }) {
      const names = Array.from({ length: outputs }, () => fresh(operator.toLowerCase()))
      const node = protobufMessage()
      for (const input of inputs) node.text(1, input)
      for (const output of names) node.text(2, output)
      node.text(3, fresh(operator)).text(4, operator)
      for (const [key, value] of Object.entries(attributes)) node.message(5, attributeProto(key, value))
      if (domain !== undefined) {
        ml = true
        node.text(7, domain)
      }
      graph.message(1, node)
      return names
    },
    finish() {
      graph.text(2, name)
      const model = protobufMessage().integer(1, irVersion).text(2, 'rxlob').message(7, graph)
      model.message(8, protobufMessage().text(1, '').integer(2, opset))
      if (ml) model.message(8, protobufMessage().text(1, 'ai.onnx.ml').integer(2, mlOpset))
      return model.finish()
    },
  }
  return self
}

function tensorProto(shape: readonly number[], type: keyof typeof dataTypes): ProtobufMessage {
  return protobufMessage().integers(1, shape).integer(2, dataTypes[type])
}

function valueInfo(name: string, shape: OnnxShape, type: keyof typeof dataTypes): ProtobufMessage {
  const dimensions = protobufMessage()
  for (const size of shape) dimensions.message(1, typeof size === 'number' ? protobufMessage().integer(1, size) : protobufMessage().text(2, size))
  const tensor = protobufMessage().integer(1, dataTypes[type]).message(2, dimensions)
  return protobufMessage().text(1, name).message(2, protobufMessage().message(1, tensor))
}

function attributeProto(name: string, value: OnnxAttribute): ProtobufMessage {
  const attribute = protobufMessage().text(1, name)
  if (typeof value === 'number') return attribute.integer(3, value).integer(20, attributeTypes.integer)
  if (typeof value === 'string') return attribute.text(4, value).integer(20, attributeTypes.text)
  if ('float' in value) return attribute.float(2, value.float).integer(20, attributeTypes.float)
  if ('floats' in value) return attribute.floats(7, value.floats).integer(20, attributeTypes.floats)
  if ('integers' in value) return attribute.integers(8, value.integers).integer(20, attributeTypes.integers)
  for (const text of value) attribute.text(9, text)
  return attribute.integer(20, attributeTypes.texts)
}
