import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Places } from './interleave.ts'

const bench = resolve(import.meta.dirname, '..')

/** Makes the data and compiles the C baselines where that has not been done. All of it lies in `RXLOB_BENCH`, by default in the temporary folder. */
export function places(): Places {
  const folder = process.env.RXLOB_BENCH ?? join(tmpdir(), 'rxlob-bench')
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
