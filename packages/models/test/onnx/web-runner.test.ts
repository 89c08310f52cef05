import { expect, it } from 'vitest'
import { openSession, type Floats, type RunRequest } from '../../src/onnx/runtime.js'
import { webRunner } from '../../src/onnx/web-runner.js'
import { onnxGraph } from '../../src/onnx-graph/onnx-graph.js'
import { goldenModel } from './golden-models.js'

/** Keeps the numbers above zero: its output is as long as they are many. */
function positives(): Uint8Array {
  const graph = onnxGraph('positives')
  const input = graph.input('x', ['count'])
  graph.output('y', graph.node('Compress', [input, graph.node('Greater', [input, graph.floats([0], [])])], { attributes: { axis: 0 } }), ['kept'])
  return graph.finish()
}
const request = (...numbers: number[]): RunRequest => ({ feeds: { x: { data: Float32Array.from(numbers), dims: [numbers.length] } }, fetches: ['y'] })
const numbersOf = ([floats]: Floats[]): number[] => [...floats!.data]

it('answers a request again and again, with other numbers and outputs of another length', async () => {
  const { run, release } = await webRunner(positives())
  const again = request(1, -2, 3)
  expect(run(again)).toEqual([{ data: Float32Array.of(1, 3), dims: [2] }])
  const [first] = run(again)
  again.feeds['x']!.data.set([-1, 2, 4])
  expect(numbersOf(run(again))).toEqual([2, 4])
  // What was given out stays as it was.
  expect(first!.data).toEqual(Float32Array.of(1, 3))
  again.feeds['x']!.data.set([5, 6, 7])
  expect(numbersOf(run(again))).toEqual([5, 6, 7])
  again.feeds['x']!.data.set([-5, 6, -7])
  expect(numbersOf(run(again))).toEqual([6])
  expect(numbersOf(run(again))).toEqual([6])
  again.feeds['x']!.data.fill(-1)
  expect(numbersOf(run(again))).toEqual([])
  again.feeds['x']!.data.fill(1)
  expect(numbersOf(run(again))).toEqual([1, 1, 1])
  await release()
})

it('answers requests in turn, and two models side by side', async () => {
  const [a, b] = [await webRunner(positives()), await webRunner(positives())]
  const [one, two] = [request(1, 2), request(-3, 4, 5)]
  for (let round = 0; round < 3; round++) {
    expect(numbersOf(a.run(one))).toEqual([1, 2])
    expect(numbersOf(a.run(two))).toEqual([4, 5])
    expect(numbersOf(b.run(two))).toEqual([4, 5])
  }
  await a.release()
  expect(numbersOf(b.run(one))).toEqual([1, 2])
  await b.release()
})

it('gives back what former requests took', async () => {
  const { run, release } = await webRunner(positives())
  const largest = request(...Array.from({ length: 100_000 }, (_, at) => -at))
  largest.feeds['x']!.data[7] = 7
  const before = process.memoryUsage.rss()
  for (let round = 0; round < 1000; round++) expect(numbersOf(run({ ...largest }))).toEqual([7])
  // A thousand inputs are 400 MB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(150e6)
  await release()
})

it('says what is wrong with a run or a model, and goes on', async () => {
  const { run, release } = await webRunner(positives())
  expect(() => run({ feeds: { x: { data: Float32Array.of(1), dims: [1, 1] } }, fetches: ['y'] })).toThrow(/Invalid rank/)
  expect(() => run({ feeds: { x: { data: Float32Array.of(1), dims: [1] } }, fetches: ['z'] })).toThrow(/z/)
  expect(() => run({ feeds: { x: { data: new Float32Array(1000).fill(9), dims: [1] } }, fetches: ['y'] })).toThrow('x of shape [1] has 1000 numbers')
  expect(() => run({ feeds: { x: { data: new Float32Array(0), dims: [2 ** 30 - 1] } }, fetches: ['y'] })).toThrow('has 0 numbers')
  expect(numbersOf(run(request(1, 2)))).toEqual([1, 2])
  await release()
  await expect(webRunner(Uint8Array.of(1, 2, 3))).rejects.toThrow(/protobuf/i)
})

it('gives the numbers of the native runtime for trees', async () => {
  const { model, manifest, windows } = goldenModel('trees')
  const options = { executionProviders: [], threads: 1 }
  const [native, web] = [await openSession(model, { ...options, runtime: 'onnxruntime-node' }), await openSession(model, { ...options, runtime: 'onnxruntime-web' })]
  for (const { data } of windows) {
    const ask: RunRequest = { feeds: { [manifest.graph.input]: { data, dims: [1, data.length] } }, fetches: [manifest.graph.output] }
    const [a, b] = [await native.run(ask), await web.run(ask)]
    for (const [at, share] of a[0]!.data.entries()) expect(b[0]!.data[at]).toBeCloseTo(share, 6)
  }
  await Promise.all([native.close(), web.close()])
})
