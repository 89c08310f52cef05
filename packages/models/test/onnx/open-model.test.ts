import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manifestOf, onnxPredictor, type ModelManifest } from '../../src/onnx/index.js'
import { goldenModel } from './golden-models.js'
import { graph, node, onnx, value } from './onnx-bytes.js'

const { model, manifest, windows, expected } = goldenModel('logistic')
let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'rxlob-onnx-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const refusal = async (options: Parameters<typeof onnxPredictor>[0]): Promise<unknown> =>
  onnxPredictor({ thread: 'here', ...options }).then(async (predictor) => predictor.close(), (error: unknown) => error)
const changed = (change: Partial<ModelManifest>): ModelManifest => ({ ...manifest, ...change })

describe('openModel', () => {
  it('reads files by path and by URL', async () => {
    await writeFile(join(folder, 'a.onnx'), model)
    await writeFile(join(folder, 'a.json'), JSON.stringify(manifest))
    for (const read of [(name: string) => join(folder, name), (name: string) => pathToFileURL(join(folder, name))]) {
      const predictor = await onnxPredictor({ model: read('a.onnx'), manifest: read('a.json'), thread: 'here' })
      const answer = await predictor.predict(windows[0]!)
      expected[0]!.forEach((share, at) => expect(answer[at]).toBeCloseTo(share, 6))
      await predictor.close()
    }
  })

  it('says which file is missing, no JSON, or not the manifest\'s', async () => {
    expect(await refusal({ model, manifest: join(folder, 'none.json') })).toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringContaining('none.json') as unknown })
    expect(await refusal({ model: join(folder, 'none.onnx'), manifest })).toMatchObject({ code: 'LOB_BAD_FILE' })
    await writeFile(join(folder, 'bad.json'), '{"format":')
    expect(await refusal({ model, manifest: join(folder, 'bad.json') })).toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringContaining('is no JSON') as unknown })
    const flipped = Uint8Array.from(model)
    flipped[60]! ^= 1
    expect(await refusal({ model: flipped, manifest })).toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringContaining('SHA-256') as unknown })
    expect(await refusal({ model: model.subarray(0, 200), manifest })).toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringContaining('truncated') as unknown })
  })

  it('asks for the size of a file before it reads it', async () => {
    await writeFile(join(folder, 'a.onnx'), model)
    expect(await refusal({ model: join(folder, 'a.onnx'), manifest, limits: { maxBytes: 100 } })).toMatchObject({ code: 'LOB_MODEL', message: expect.stringContaining('limits.maxBytes') as unknown })
  })

  const input = manifest.input
  const mismatches: [string, ModelManifest, RegExp][] = [
    ['fewer columns', changed({ input: { ...input, columns: ['x0', 'x1'], fingerprints: ['x0'] } }), /input window is \[count, 6\].* 2 rows of 2 columns make \[count, 4\]/],
    ['another length', changed({ input: { ...input, length: 3 } }), /3 rows of 3 columns/],
    ['other classes', changed({ output: { kind: 'classes', classes: ['down', 'up'], horizon: { rows: 1 } } }), /output probabilities has 3 numbers, the manifest has the classes down, up/],
    ['an input of another name', changed({ graph: { ...manifest.graph, input: 'rows' } }), /it also needs the input window/],
    ['an output of another name', changed({ graph: { ...manifest.graph, output: 'scores' } }), /no output scores/],
    ['a state it does not have', changed({ graph: { ...manifest.graph, states: [{ input: 'h', output: 'h_next' }] } }), /no output h_next|no input h/],
  ]
  it.each(mismatches)('refuses a manifest with %s at the wiring', async (_, wrong, message) => {
    expect(await refusal({ model, manifest: wrong })).toMatchObject({ code: 'LOB_COLUMN_MISMATCH', message: expect.stringMatching(message) as unknown })
  })

  it('refuses a recurrent net whose states the manifest leaves out', async () => {
    const lstm = goldenModel('lstm')
    const { states: _, ...bare } = lstm.manifest.graph
    expect(await refusal({ model: lstm.model, manifest: { ...lstm.manifest, graph: bare } })).toMatchObject({ code: 'LOB_COLUMN_MISMATCH', message: expect.stringContaining('also needs the input h1') as unknown })
  })

  it('passes on why the runtime refuses a model that is well-formed', async () => {
    const unknown = onnx(graph({ nodes: [node('NoSuchOperator', ['window'], ['probabilities'])], inputs: [value('window', ['count', 6])], outputs: [value('probabilities', ['count', 3])] }))
    for (const thread of ['here', 'worker'] as const) {
      expect(await refusal({ model: unknown, manifest: manifestOf(unknown, manifest), thread })).toMatchObject({ code: 'LOB_MODEL', message: expect.stringMatching(/ONNX Runtime refuses.*NoSuchOperator/) as unknown })
    }
  })

  it('says that answers are no probabilities, and how to declare logits', async () => {
    const bare = onnx(graph({ nodes: [node('Relu', ['window'], ['probabilities'])], inputs: [value('window', ['count', 6])], outputs: [value('probabilities', ['count', 'classes'])] }))
    const classes = ['a', 'b', 'c', 'd', 'e', 'f']
    const predictor = await onnxPredictor({ model: bare, manifest: manifestOf(bare, { ...manifest, output: { kind: 'classes', classes, horizon: { rows: 1 } } }), thread: 'here' })
    await expect(predictor.predict(windows[0]!)).rejects.toMatchObject({ code: 'LOB_MODEL', message: expect.stringContaining('graph.gives') as unknown })
    await predictor.close()
  })

  it('names the column that is NaN', async () => {
    const predictor = await onnxPredictor({ model, manifest, thread: 'here' })
    const data = Float32Array.from(windows[0]!.data)
    data[4] = NaN
    await expect(predictor.predict({ ...windows[0]!, data })).rejects.toMatchObject({ code: 'LOB_MODEL', message: expect.stringContaining('x1 is NaN in row 1') as unknown })
    await predictor.close()
  })
})

describe('runtimes', () => {
  it.each(['worker', 'here'] as const)('WebAssembly gives the same numbers (%s)', async (thread) => {
    const predictor = await onnxPredictor({ model, manifest, runtime: 'onnxruntime-web', thread })
    expect(predictor.runtime).toBe('onnxruntime-web')
    for (const [at, window] of windows.entries()) {
      const answer = await predictor.predict(window)
      expected[at]!.forEach((share, column) => expect(answer[column]).toBeCloseTo(share, 6))
    }
    await predictor.close()
  })

  /** Runs `runtime.ts`, and a window, in a process of its own in which some modules cannot be had; `atOnce`: no promise was in between, `turned`: the event loop turned before the answer. */
  const without = (...modules: string[]): { runtime?: string; fallback?: string; answer?: number[]; atOnce?: boolean; turned?: boolean; kind?: string; message?: string } => {
    const feed = { data: [...windows[0]!.data], dims: [1, windows[0]!.data.length] }
    const runtime = new URL('../../src/onnx/runtime.ts', import.meta.url)
    const program = `
      import { registerHooks } from 'node:module'
      registerHooks({ resolve(specifier, context, next) {
        if (${JSON.stringify(modules)}.includes(specifier)) throw Object.assign(new Error("Cannot find package '" + specifier + "'"), { code: 'ERR_MODULE_NOT_FOUND' })
        return next(specifier, context)
      } })
      const { openSession } = await import(${JSON.stringify(runtime.href)})
      const { readFileSync } = await import('node:fs')
      const model = readFileSync(new URL('../../test/golden/onnx/logistic.onnx', ${JSON.stringify(runtime.href)}))
      try {
        const { runtime, fallback, run } = await openSession(model, { runtime: 'auto', executionProviders: [], threads: 1 })
        const { data, dims } = ${JSON.stringify(feed)}
        let turned = false
        setImmediate(() => (turned = true))
        const ran = run({ feeds: { ${JSON.stringify(manifest.graph.input)}: { data: Float32Array.from(data), dims } }, fetches: [${JSON.stringify(manifest.graph.output)}] })
        const [answer] = await ran
        console.log(JSON.stringify({ runtime, fallback, answer: [...answer.data], atOnce: Array.isArray(ran), turned }))
      } catch ({ kind, message }) {
        console.log(JSON.stringify({ kind, message }))
      }
      process.exit()`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
    expect(stdout, stderr).not.toBe('')
    return JSON.parse(stdout) as never
  }

  const numpy = expected[0]!.map((share) => expect.closeTo(share, 6) as unknown as number)
  it('takes the native runtime where it is installed, and runs it at once', () => expect(without()).toEqual({ runtime: 'onnxruntime-node', answer: numpy, atOnce: true, turned: false }))
  it('calls the package itself where it has no such binding', () => {
    expect(without('onnxruntime-node/dist/binding.js')).toEqual({ runtime: 'onnxruntime-node', answer: numpy, atOnce: false, turned: true })
  })
  it('falls back to WebAssembly where it is not, and says why', () => {
    expect(without('onnxruntime-node')).toMatchObject({ runtime: 'onnxruntime-web', fallback: "onnxruntime-node: Cannot find package 'onnxruntime-node'", answer: numpy })
  })
  it('runs WebAssembly at once, and by way of the package where it has no such module', () => {
    expect(without('onnxruntime-node')).toMatchObject({ runtime: 'onnxruntime-web', answer: numpy, atOnce: true })
    expect(without('onnxruntime-node', 'onnxruntime-web/ort-wasm-simd-threaded.mjs')).toMatchObject({ runtime: 'onnxruntime-web', answer: numpy, atOnce: false })
  })
  it('says that both are missing', () => {
    expect(without('onnxruntime-node', 'onnxruntime-web')).toMatchObject({ kind: 'missing', message: expect.stringContaining("Cannot find package 'onnxruntime-web'") as unknown })
  })
  it('becomes LOB_MISSING_PEER with the command that installs it', async () => {
    const { SessionError } = await import('../../src/onnx/runtime.js')
    const { sessionFailure } = await import('../../src/onnx/open-model.js')
    expect(sessionFailure(new SessionError('missing', 'none'), 'm', 'The model', 'auto', undefined)).toMatchObject({ code: 'LOB_MISSING_PEER', message: expect.stringContaining('npm install onnxruntime-node') as unknown })
  })
})
