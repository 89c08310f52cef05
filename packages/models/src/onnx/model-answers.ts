import { LobError, type FeatureWindow, type OutputSpec } from '@rxlob/core'
import type { ModelManifest } from '../manifest.js'
import type { Floats } from './runtime.js'

/** How far probabilities of 32-bit floats may be from summing to 1. */
const sumTolerance = 1e-3

/** Numbers in one answer. */
export const answerWidth = (output: OutputSpec): number => (output.kind === 'classes' ? output.classes.length : 2)

/**
 * A model's raw output as the contract's numbers, [count, outputs]: probabilities, or mean and standard deviation.
 *
 * @throws {LobError} LOB_MODEL where the model gave something else than its manifest says.
 */
export function modelAnswers({ data, dims }: Floats, count: number, manifest: ModelManifest): Float32Array {
  const { name, output, graph } = manifest
  const wrong = (what: string): LobError => new LobError('LOB_MODEL', `${name}: output ${graph.output} of shape [${dims.join(', ')}] ${what}.`, { stream: name })
  const width = answerWidth(output)
  if (output.kind === 'value') {
    const given = data.length / count
    if (given !== 1 && given !== 2) throw wrong(`is no mean, or mean and standard deviation, of ${count} windows`)
    const answers = new Float32Array(2 * count)
    for (let row = 0; row < count; row++) {
      const mean = data[row * given]!
      const deviation = given === 2 ? data[row * 2 + 1]! : NaN
      if (!Number.isFinite(mean) || deviation < 0 || deviation === Infinity) throw wrong(`holds ${mean}, ${deviation} in row ${row}: expected a finite mean and a standard deviation of 0 or more`)
      answers[2 * row] = mean
      answers[2 * row + 1] = deviation
    }
    return answers
  }
  if (data.length !== width * count) throw wrong(`does not hold ${width} classes of ${count} windows`)
  const answers = graph.gives === 'logits' ? softmaxRows(data, width) : data
  for (let row = 0; row < count; row++) {
    let sum = 0
    let fits = true
    for (let at = row * width; at < (row + 1) * width; at++) {
      const value = answers[at]!
      if (!(value >= 0 && value <= 1)) fits = false
      sum += value
    }
    if (!fits || Math.abs(sum - 1) > sumTolerance) throw wrong(`holds [${answers.slice(row * width, (row + 1) * width).join(', ')}] in row ${row}: no probabilities. If they are logits, say so in the manifest (graph.gives)`)
  }
  return answers
}

function softmaxRows(logits: Float32Array, width: number): Float32Array {
  const rows = new Float32Array(logits.length)
  for (let start = 0; start < logits.length; start += width) {
    let top = -Infinity
    for (let at = start; at < start + width; at++) top = Math.max(top, logits[at]!)
    let sum = 0
    for (let at = start; at < start + width; at++) sum += Math.exp(logits[at]! - top)
    for (let at = start; at < start + width; at++) rows[at] = Math.exp(logits[at]! - top) / sum
  }
  return rows
}

/**
 * Checks the shape and the numbers of a window.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH for another shape; LOB_MODEL where a number is NaN or infinite.
 */
export function checkNumbers(data: Float32Array, expected: number, shape: FeatureWindow['shape'] | readonly number[], { name, input }: ModelManifest): void {
  const columns = input.columns.length
  const rows = shape.at(-2) ?? 1
  if (shape.at(-1) !== columns || (shape.length > 1 && rows !== input.length) || data.length !== expected) {
    throw new LobError('LOB_COLUMN_MISMATCH', `${name} takes windows of [${input.length}, ${columns}], got [${shape.join(', ')}] with ${data.length} numbers: wire the features and the length it was made with.`, { stream: name })
  }
  for (let at = 0; at < data.length; at++) {
    if (Number.isFinite(data[at])) continue
    throw new LobError('LOB_MODEL', `${name}: ${input.columns[at % columns]} is ${data[at]} in row ${Math.floor(at / columns)} of the window; leave out rows with undefined features.`, { stream: name })
  }
}
