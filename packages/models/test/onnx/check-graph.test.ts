import fc from 'fast-check'
import { LobError } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { manifestOf, onnxPredictor } from '../../src/onnx/index.js'
import { checkGraph, defaultLimits } from '../../src/onnx/check-graph.js'
import { goldenModel, goldenNames } from './golden-models.js'
import { graph, message, node, onnx, softmaxOf, tensor, value } from './onnx-bytes.js'

const float = 1
const long = 7
const bytesOf = (...numbers: bigint[]): Uint8Array => new Uint8Array(BigInt64Array.from(numbers).buffer)
/** `data_location: EXTERNAL`, and where. */
const elsewhere = [[13, message([1, 'location'], [2, '/etc/passwd'])], [14, 1]] as const
const subgraph = (inner: Uint8Array): Uint8Array => message([1, 'then_branch'], [20, 5], [6, inner])
const nested = (depth: number): Uint8Array => (depth === 0 ? graph({}) : graph({ nodes: [node('If', ['window'], [`made_${depth}`], [subgraph(nested(depth - 1))])] }))

const hostile: [string, Uint8Array, string, RegExp][] = [
  ['nothing', Uint8Array.of(), 'LOB_BAD_FILE', /holds no graph/],
  ['text', Buffer.from('version https://git-lfs.github.com/spec/v1\n'), 'LOB_BAD_FILE', /no ONNX file/],
  ['zeros', new Uint8Array(1000), 'LOB_BAD_FILE', /field number 0/],
  ['a field longer than the file', message([7, new Uint8Array(100)]).subarray(0, 50), 'LOB_BAD_FILE', /says it has 100 bytes/],
  ['a number without end', Uint8Array.from([8, ...new Array<number>(20).fill(255)]), 'LOB_BAD_FILE', /more than ten bytes/],
  ['two graphs', onnx(softmaxOf(), [7, softmaxOf()]), 'LOB_BAD_FILE', /two graphs/],
  ['a name of a megabyte', onnx(softmaxOf({ nodes: [node('Relu'.repeat(300_000), ['window'], ['other'])] })), 'LOB_BAD_FILE', /a name of 1200000 bytes/],
  ['graphs in graphs without end', onnx(nested(60)), 'LOB_BAD_FILE', /nested deeper/],
  ['weights in another file', onnx(softmaxOf({ initializers: [tensor('w', float, [2], new Uint8Array(0), ...elsewhere)] })), 'LOB_MODEL', /numbers of w are in another file/],
  ['weights in another file, by location alone', onnx(softmaxOf({ initializers: [tensor('w', float, [2], new Uint8Array(8), [14, 1])] })), 'LOB_MODEL', /another file/],
  ['a constant in another file', onnx(softmaxOf({ nodes: [node('Constant', [], ['k'], [message([1, 'value'], [20, 4], [5, tensor('k', float, [1], new Uint8Array(0), ...elsewhere)])])] })), 'LOB_MODEL', /another file/],
  ['a subgraph with weights in another file', onnx(softmaxOf({ nodes: [node('If', ['window'], ['other'], [subgraph(graph({ initializers: [tensor('w', float, [1], new Uint8Array(0), ...elsewhere)] }))])] })), 'LOB_MODEL', /another file/],
  ['a tensor of 2^40 numbers', onnx(softmaxOf({ initializers: [tensor('w', float, [2n ** 40n])] })), 'LOB_MODEL', /tensor w would hold 1099511627776 numbers/],
  ['a tensor whose size wraps around 64 bits', onnx(softmaxOf({ initializers: [tensor('w', float, [2n ** 32n, 2n ** 32n])] })), 'LOB_MODEL', /18446744073709551616 numbers/],
  ['a negative size', onnx(softmaxOf({ initializers: [tensor('w', float, [-1n])] })), 'LOB_MODEL', /dimension of -1/],
  ['many tensors that together are too large', onnx(softmaxOf({ initializers: Array.from({ length: 40 }, (_, at) => tensor(`w${at}`, float, [2 ** 21])) })), 'LOB_MODEL', /tensor w0 has 0 bytes for 2097152 numbers|tensors hold more/],
  ['fewer bytes than its shape says', onnx(softmaxOf({ initializers: [tensor('w', float, [3], new Uint8Array(8))] })), 'LOB_MODEL', /8 bytes for 3 numbers of 4 bytes/],
  ['an input of 2^40 numbers', onnx(graph({ inputs: [value('window', [2n ** 20n, 2n ** 20n])] })), 'LOB_MODEL', /tensor window would hold/],
  ['a shape of nine dimensions', onnx(graph({ inputs: [value('window', [1, 1, 1, 1, 1, 1, 1, 1, 1])] })), 'LOB_BAD_FILE', /more than 8 dimensions/],
  ['a cycle', onnx(softmaxOf({ nodes: [node('Add', ['window', 'b'], ['a']), node('Add', ['window', 'a'], ['b'])] })), 'LOB_MODEL', /Add reads b before anything has made it: a cycle/],
  ['a node that reads itself', onnx(softmaxOf({ nodes: [node('Relu', ['a'], ['a'])] })), 'LOB_MODEL', /a cycle/],
  ['a tensor made twice', onnx(softmaxOf({ nodes: [node('Relu', ['window'], ['a']), node('Relu', ['window'], ['a'])] })), 'LOB_MODEL', /two nodes make the tensor a/],
  ['an output that nothing makes', onnx(graph({ inputs: [value('window', ['count', 6])], outputs: [value('p', ['count', 6])] })), 'LOB_MODEL', /nothing makes its output p/],
  ['an operator of someone else', onnx(softmaxOf({ nodes: [node('RunShell', ['window'], ['a'], [], 'evil.ops')] })), 'LOB_MODEL', /evil\.ops\.RunShell is code from outside/],
  ['operator sets of someone else', onnx(softmaxOf(), [8, message([1, 'evil.ops'], [2, 1])]), 'LOB_MODEL', /operators of evil\.ops/],
  ['functions of its own', onnx(softmaxOf(), [25, message([1, 'f'])]), 'LOB_MODEL', /functions of its own/],
  ['a loop', onnx(softmaxOf({ nodes: [node('Loop', ['window'], ['a'])] })), 'LOB_MODEL', /a Loop, which may have no end/],
  ['a sparse tensor', onnx(softmaxOf({ sparse: [message([3, 1])] })), 'LOB_MODEL', /sparse/],
  ['a stored shape of a terabyte', onnx(softmaxOf({ initializers: [tensor('s', long, [2], bytesOf(1_000_000n, 1_000_000n))], nodes: [node('ConstantOfShape', ['s'], ['a'])] })), 'LOB_MODEL', /ConstantOfShape would make a tensor of 1000000000000 numbers/],
  ['a constant shape of a terabyte', onnx(softmaxOf({ nodes: [node('Constant', [], ['s'], [message([1, 'value'], [20, 4], [5, message([1, 2], [2, long], [7, 1_000_000n], [7, 1_000_000n])])]), node('Expand', ['window', 's'], ['a'])] })), 'LOB_MODEL', /Expand would make a tensor of 1000000000000 numbers/],
]

describe('checkGraph', () => {
  it.each(goldenNames)('reads %s as Python wrote it', (name) => {
    const { model, manifest } = goldenModel(name)
    const { graph: read } = checkGraph(model, name)
    expect(read.inputs.map((input) => input.name)).toEqual([manifest.graph.input, ...(manifest.graph.states ?? []).map((state) => state.input)])
    expect(read.outputs[0]!.name).toBe(manifest.graph.output)
  })

  it('reads shapes, fixed and open', () => {
    const { graph: read } = checkGraph(goldenModel('lstm').model, 'lstm')
    expect(read.inputs.slice(0, 2)).toEqual([{ name: 'window', type: 1, dims: ['count', 'rows', 4n] }, { name: 'h1', type: 1, dims: [1n, 'count', 5n] }])
    expect(read.nodes.map(({ op }) => op)).toEqual(['Transpose', 'LSTM', 'Squeeze', 'LSTM', 'Squeeze', 'Gather', 'Gemm', 'Softmax'])
    expect(read.initializers.find(({ name }) => name === 'r1')).toMatchObject({ type: 1, dims: [1n, 20n, 5n], rawBytes: 400, external: false })
  })

  it.each(hostile)('refuses %s', (_, bytes, code, message) => {
    expect(() => checkGraph(bytes, 'The model')).toThrow(message)
    expect(() => checkGraph(bytes, 'The model')).toThrow(expect.objectContaining({ code }))
  })

  it.each(hostile)('and the loader refuses it though the manifest vouches for it: %s', async (_, bytes, code) => {
    const { manifest } = goldenModel('logistic')
    const columns = ['a', 'b', 'c', 'd', 'e', 'f']
    const vouched = manifestOf(bytes.length > 0 ? bytes : Uint8Array.of(1), { ...manifest, input: { ...manifest.input, columns, fingerprints: columns, length: 1 }, output: { kind: 'classes', classes: columns, horizon: { rows: 1 } } })
    await expect(onnxPredictor({ model: bytes, manifest: vouched, thread: 'here' })).rejects.toMatchObject({ code: bytes.length > 0 ? code : 'LOB_BAD_FILE' })
  })

  it('what is refused differs from what runs by that one thing', async () => {
    const { manifest } = goldenModel('logistic')
    const columns = ['a', 'b', 'c', 'd', 'e', 'f']
    const model = onnx(softmaxOf())
    const predictor = await onnxPredictor({
      model, thread: 'here',
      manifest: manifestOf(model, { ...manifest, input: { ...manifest.input, columns, fingerprints: columns, length: 1 }, output: { kind: 'classes', classes: columns, horizon: { rows: 1 } } }),
    })
    // Softmax of equal numbers.
    const answer = await predictor.predict({ instrument: 'made:A', row: 0, data: new Float32Array(6), shape: [1, 6], tsLocal: 0 })
    for (const share of answer) expect(share).toBeCloseTo(1 / 6, 6)
    await predictor.close()
  })

  it('keeps the limits it is given', () => {
    const { model } = goldenModel('lstm')
    const within = (limits: object): unknown => checkGraph(model, 'The model', { ...defaultLimits, ...limits })
    expect(() => within({ maxNodes: 8 })).not.toThrow()
    expect(() => within({ maxNodes: 7 })).toThrow(/more than 7 nodes/)
    expect(() => within({ maxBytes: model.length - 1 })).toThrow(/limits\.maxBytes/)
    expect(() => within({ maxElements: 100 })).toThrow(/tensors hold more than 100 numbers|would hold/)
  })

  it.each(goldenNames)('every prefix of %s is read or refused with an error of ours', (name) => {
    const { model } = goldenModel(name)
    for (let length = 0; length < model.length; length++) {
      try {
        checkGraph(model.subarray(0, length), name)
      } catch (error) {
        expect(error).toBeInstanceOf(LobError)
      }
    }
  })

  it('changed bytes are read or refused with an error of ours', () => {
    fc.assert(
      fc.property(fc.constantFrom(...goldenNames), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }), (name, changes) => {
        const model = Uint8Array.from(goldenModel(name).model)
        for (const [at, byte] of changes) model[at % model.length] = byte
        try {
          checkGraph(model, name)
        } catch (error) {
          expect(error).toBeInstanceOf(LobError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
