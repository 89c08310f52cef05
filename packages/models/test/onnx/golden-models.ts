import type { FeatureWindow } from '@rxlob/core'
import { readFileSync } from 'node:fs'
import type { ModelManifest } from '../../src/onnx/index.js'

/** A small model with windows and what numpy says of them; made by golden/reference/onnx_models.py. */
export interface GoldenModel {
  readonly model: Uint8Array
  readonly manifest: ModelManifest
  readonly windows: readonly FeatureWindow[]
  readonly expected: readonly (readonly number[])[]
  /** Of recurrent nets: rows of one sequence, and the answer after each. */
  readonly sequence: readonly (readonly number[])[]
  readonly steps: readonly (readonly number[])[]
}

export const goldenNames = ['logistic', 'mean', 'lstm', 'gru-logits', 'trees'] as const

export function goldenModel(name: (typeof goldenNames)[number]): GoldenModel {
  const folder = new URL('../golden/onnx/', import.meta.url)
  const golden = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Omit<GoldenModel, 'model' | 'windows'> & { windows: number[][][] }
  return {
    ...golden,
    model: readFileSync(new URL(`${name}.onnx`, folder)),
    windows: golden.windows.map((rows, row) => windowOf(rows, row)),
  }
}

export function windowOf(rows: readonly (readonly number[])[], row = 0): FeatureWindow {
  return { instrument: 'made:TEST', row, data: Float32Array.from(rows.flat()), shape: [rows.length, rows[0]!.length], tsLocal: row }
}
