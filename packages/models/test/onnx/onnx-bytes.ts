/** A protobuf message from its fields, in their order: integers as varints, texts and bytes with their length. */
export function message(...fields: (readonly [number: number, value: bigint | number | string | Uint8Array])[]): Uint8Array {
  const bytes: number[] = []
  for (const [number, value] of fields) {
    const content = typeof value === 'string' ? new TextEncoder().encode(value) : value
    varint(bytes, BigInt(number) * 8n + (content instanceof Uint8Array ? 2n : 0n))
    if (content instanceof Uint8Array) {
      varint(bytes, BigInt(content.length))
      for (const byte of content) bytes.push(byte)
    } else varint(bytes, BigInt.asUintN(64, BigInt(content)))
  }
  return Uint8Array.from(bytes)
}

function varint(bytes: number[], value: bigint): void {
  let rest = value
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  bytes.push(Number(rest))
}

// Field numbers of onnx.proto.
export const tensor = (name: string, type: number, dims: readonly (bigint | number)[], raw: Uint8Array = new Uint8Array(0), ...more: Parameters<typeof message>): Uint8Array =>
  message(...dims.map((size) => [1, size] as const), [2, type], [8, name], [9, raw], ...more)

export const value = (name: string, dims: readonly (bigint | number | string)[], type = 1): Uint8Array =>
  message([1, name], [2, message([1, message([1, type], [2, message(...dims.map((size) => [1, typeof size === 'string' ? message([2, size]) : message([1, size])] as const))])])])

export const node = (op: string, inputs: readonly string[], outputs: readonly string[], attributes: readonly Uint8Array[] = [], domain = ''): Uint8Array =>
  message(...inputs.map((name) => [1, name] as const), ...outputs.map((name) => [2, name] as const), [4, op], ...attributes.map((attribute) => [5, attribute] as const), ...(domain === '' ? [] : [[7, domain] as const]))

export interface GraphParts {
  readonly nodes?: readonly Uint8Array[]
  readonly initializers?: readonly Uint8Array[]
  readonly inputs?: readonly Uint8Array[]
  readonly outputs?: readonly Uint8Array[]
  readonly sparse?: readonly Uint8Array[]
}

export const graph = ({ nodes = [], initializers = [], inputs = [], outputs = [], sparse = [] }: GraphParts): Uint8Array =>
  message(
    ...nodes.map((one) => [1, one] as const), [2, 'made'], ...initializers.map((one) => [5, one] as const),
    ...inputs.map((one) => [11, one] as const), ...outputs.map((one) => [12, one] as const), ...sparse.map((one) => [15, one] as const),
  )

export const onnx = (parts: Uint8Array, ...more: Parameters<typeof message>): Uint8Array =>
  message([1, 8], [7, parts], [8, message([1, ''], [2, 17])], ...more)

/** [count, 6] in, softmax of it out: six classes, nothing stored. */
export const softmaxOf = (more: GraphParts = {}): Uint8Array =>
  graph({
    nodes: [...(more.nodes ?? []), node('Softmax', ['window'], ['probabilities'])],
    initializers: more.initializers ?? [],
    inputs: [value('window', ['count', 6])],
    outputs: [value('probabilities', ['count', 6])],
    sparse: more.sparse ?? [],
  })
