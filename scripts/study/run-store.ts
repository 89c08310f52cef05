import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What one training run left: enough for the tables. */
export interface StoredRun {
  readonly model: string
  readonly seed: number
  readonly seconds: number
  readonly epochs: number
  readonly bestEpoch: number
  readonly parameters: number
  readonly validationNll: Readonly<Record<string, number>>
  readonly runtime: string
  readonly stopped: string
  /** By target, row-major [rows of the frame, 3], NaN outside the validation and test rows. */
  readonly probabilities: Readonly<Record<string, Float32Array>>
}

/** Runs as files, named by model, settings and seed, so that an interrupted study goes on where it was and its tables can be printed at any time. */
export function runStore(folder: string, settingsOf: (model: string) => string): { read(model: string, seed: number): StoredRun | undefined; write(run: StoredRun): void } {
  const fileOf = (model: string, seed: number): string => join(folder, `${model}-${settingsOf(model)}-${seed}`)
  return {
    read(model, seed) {
      const file = fileOf(model, seed)
      if (!existsSync(`${file}.json`)) return undefined
      const { targets, ...facts } = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Omit<StoredRun, 'probabilities'> & { readonly targets: readonly string[] }
      const numbers = new Float32Array(Uint8Array.from(readFileSync(`${file}.floats`)).buffer)
      const size = numbers.length / targets.length
      return { ...facts, probabilities: Object.fromEntries(targets.map((target, n) => [target, numbers.slice(n * size, (n + 1) * size)])) }
    },
    write({ probabilities, ...facts }) {
      mkdirSync(folder, { recursive: true })
      const file = fileOf(facts.model, facts.seed)
      writeFileSync(`${file}.floats`, Buffer.concat(Object.values(probabilities).map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength))))
      writeFileSync(`${file}.part`, JSON.stringify({ ...facts, targets: Object.keys(probabilities) }))
      renameSync(`${file}.part`, `${file}.json`)
    },
  }
}
