// Checks every kind of exported model with Python's onnx (full check, shape inference) and onnxruntime against TensorFlow.js on random windows:
// npm run check:onnx   (python3 with onnx, onnxruntime and numpy, or the one that RXLOB_PYTHON names)
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seededRandom, type LabelledFrame } from '@rxlob/core'
import { binCtabl, deepLob, gruNet, linearToOnnx, logistic, lstmNet, mlp, predictRows, toOnnx, trainNet, transformer, type Architecture, type OnnxModel } from '@rxlob/models/tfjs'
import { fitTrees, treeOutputs, treesToOnnx } from '@rxlob/models/trees'

const python = process.env['RXLOB_PYTHON'] ?? 'python3'
const folder = mkdtempSync(join(tmpdir(), 'rxlob-onnx-'))
const cases: { file: string; input: string; shape: number[]; windows: number[]; output: string; expected: number[] | undefined }[] = []
function add(name: string, { bytes, graph }: OnnxModel, shape: number[], windows: ArrayLike<number>, expected?: ArrayLike<number>): void {
  writeFileSync(join(folder, `${name}.onnx`), bytes)
  cases.push({ file: `${name}.onnx`, input: graph.input, shape, windows: Array.from(windows), output: graph.output, expected: expected && Array.from(expected) })
}

const rows = 420
const random = seededRandom(4)
function randomFrame(columns: number): LabelledFrame {
  const times = Float64Array.from({ length: rows }, (_, row) => row)
  return {
    instrument: 'check:X', columns: Array.from({ length: columns }, (_, column) => ({ name: `x_${column}`, unit: 'ratio' as const })), length: rows, firstRow: 0, tsExchange: times, tsLocal: times,
    values: Float64Array.from({ length: rows * columns }, () => Math.fround(4 * random() - 2)), breaks: [], targets: { move: Float64Array.from({ length: rows }, () => Math.floor(3 * random())) }, settledRows: {},
  }
}
const nets: readonly (readonly [name: string, architecture: Architecture, length: number, columns: number])[] = [
  ['logistic', logistic(), 5, 12], ['mlp', mlp(), 5, 12], ['lstm', lstmNet({ units: 32, secondUnits: 16 }), 30, 12], ['gru', gruNet({ units: 32, secondUnits: 16 }), 30, 12],
  ['transformer', transformer({ width: 32 }), 30, 12], ['transformer-full', transformer({ width: 32, causal: false }), 30, 12],
  ['deep-lob', deepLob(), 60, 40], ['deep-lob-valid', deepLob({ padding: 'valid' }), 60, 40], ['deep-lob-causal', deepLob({ padding: 'causal' }), 60, 40], ['bin-ctabl', binCtabl(), 10, 40],
]
for (const [name, architecture, length, columns] of nets) {
  const frame = randomFrame(columns)
  const input = { columns: frame.columns.map((column) => column.name), fingerprints: [], sampler: 'every_event', length }
  const output = { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: 1 } } as const
  // One pass of training, so that no weight is as it started.
  const net = await trainNet({ architecture, frame, input, targets: { move: output }, train: { from: 0, to: 250 }, validation: { from: 250, to: rows }, epochs: 1, windowsPerEpoch: 64 })
  const range = { from: rows - 5, to: rows }
  const { values } = await predictRows(net, frame, { range, feeding: 'window' })
  const windows = Array.from({ length: 5 }, (_, n) => [...frame.values.subarray((rows - 5 + n - length + 1) * columns, (rows - 5 + n + 1) * columns)]).flat()
  add(name, toOnnx(net), [5, length, columns], windows, values)
  if (architecture.feeding === 'carried') add(`${name}-step`, toOnnx(net, { form: 'step' }), [1, 1, columns], windows.slice(0, columns))
}
const inputs = Float32Array.from({ length: 300 * 6 }, () => 2 * random() - 1)
const targets = Array.from({ length: 300 }, (_, row) => (inputs[row * 6]! > 0.3 ? 2 : inputs[row * 6 + 1]! > 0 ? 1 : 0))
const { ensemble } = fitTrees({ inputs, columns: 6, targets, classes: 3, rounds: 20 })
add('trees', treesToOnnx(ensemble), [300, 6], inputs, treeOutputs(ensemble, inputs))
add('linear', linearToOnnx({ weights: [1, -1, 0.5, 0.2, 0.3, -0.7], columns: 3, interceptColumn: 0 }), [1, 2], [0.4, -0.6])

writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases))
const { status } = spawnSync(python, [fileURLToPath(new URL('check-onnx.py', import.meta.url)), folder], { stdio: 'inherit' })
rmSync(folder, { recursive: true })
process.exitCode = status ?? 1
