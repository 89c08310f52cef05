import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Places } from './interleave.ts'

const bench = resolve(import.meta.dirname, '..')

/** Where everything that is made lies: `RXLOB_BENCH`, by default a folder in the temporary one. */
export const benchFolder = (): string => process.env.RXLOB_BENCH ?? join(tmpdir(), 'rxlob-bench')

/** Makes the data and compiles the C baselines where that has not been done. */
export function places(): Places {
  const folder = benchFolder()
  const data = join(folder, 'data')
  const programs = join(folder, 'c')
  mkdirSync(programs, { recursive: true })
  execFileSync(process.execPath, [join(bench, 'data/generate.ts'), data], { stdio: 'inherit' })
  try {
    execFileSync(join(bench, 'c/build.sh'), [programs], { stdio: ['ignore', 'ignore', 'ignore'] })
  } catch {
    // The rows say that the baseline is absent.
  }
  const python = process.env.RXLOB_PYTHON ?? join(folder, 'python/bin/python')
  return { data, programs, python: existsSync(python) ? python : undefined }
}
