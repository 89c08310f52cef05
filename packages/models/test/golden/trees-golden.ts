import { readFileSync } from 'node:fs'
import { lightGbmTrees, xgBoostTrees, type TreeEnsemble } from '../../src/trees/index.js'

/** What the Python libraries say of one model, flat; null is NaN. */
interface ModelNumbers {
  readonly scores: number[]
  readonly outputs: number[]
  /** [rows, outputs, columns + 1] by the library itself, the base value last. */
  readonly shap: number[]
  /** [rows, columns, outputs] by the shap package. */
  readonly shapPathDependent: number[]
  /** Of the inputs and the background with NaN replaced by 0. */
  readonly shapInterventional?: number[]
  readonly interventionalBase?: number[]
}

interface TreesGolden {
  readonly columns: number
  readonly inputs: (number | null)[]
  readonly background: (number | null)[]
  readonly models: Record<string, ModelNumbers>
}

const folder = new URL('trees/', import.meta.url)
const numbers = JSON.parse(readFileSync(new URL('predictions.json', folder), 'utf8')) as TreesGolden
const withNaN = (values: (number | null)[]): Float64Array => Float64Array.from(values, (value) => value ?? NaN)

/** Numbers made by reference/trees.py. */
export const treesGolden = { ...numbers, inputs: withNaN(numbers.inputs), background: withNaN(numbers.background) }
export const goldenText = (name: string): string => readFileSync(new URL(`${name}.${name.startsWith('lightgbm') ? 'txt' : 'json'}`, folder), 'utf8')
export const goldenTrees = (name: string): TreeEnsemble => (name.startsWith('lightgbm') ? lightGbmTrees : xgBoostTrees)(goldenText(name))
