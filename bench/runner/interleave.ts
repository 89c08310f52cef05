import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Entrant } from './contest-rows.ts'
import type { Score } from './contest.ts'

const run = promisify(execFile)
const bench = resolve(import.meta.dirname, '..')

export interface Places {
  readonly data: string
  /** Compiled C baselines. */
  readonly programs: string
  /** A Python with pandas and polars, where there is one. */
  readonly python: string | undefined
}

/** Every score of one entrant, a round each; `absent` says why there are none. */
export interface Result {
  readonly entrant: Entrant
  readonly scores: Score[]
  absent?: string
}

function commandOf({ kind, program, mode }: Entrant, { data, programs, python }: Places): readonly string[] | string {
  if (kind === 'c') {
    const file = join(programs, program)
    return existsSync(file) ? [file, data] : 'no C compiler'
  }
  if (kind === 'python') return python === undefined ? 'no Python with pandas and polars: run bench/python/install.sh and set RXLOB_PYTHON' : [python, join(bench, 'python', program), data, mode]
  return [process.execPath, '--expose-gc', join(bench, 'runner/child.ts'), join(bench, 'contestants', `${program}.ts`), data, mode]
}

/**
 * Runs the entrants in turn, round after round, so that a noisy minute falls on all of them. A round of an entrant is a process of its
 * own, which warms up, runs passes for three seconds and keeps the best.
 *
 * @param rootOf Checkout whose builds an entrant measures; undefined for this one.
 */
export async function interleave(entrants: readonly Entrant[], rounds: number, places: Places, rootOf?: (entrant: number) => string): Promise<Result[]> {
  const results: Result[] = entrants.map((entrant) => ({ entrant, scores: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const [index, result] of results.entries()) {
      if (result.absent !== undefined) continue
      const command = commandOf(result.entrant, places)
      if (typeof command === 'string') {
        result.absent = command
        continue
      }
      const [file, ...args] = command
      const env = { ...process.env, NODE_NO_WARNINGS: '1', POLARS_MAX_THREADS: '1', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', ...(rootOf && { RXLOB_ROOT: rootOf(index) }) }
      const { stdout } = await run(file!, args, { env, maxBuffer: 1 << 24 })
      result.scores.push(JSON.parse(stdout.trim().split('\n').at(-1)!) as Score)
    }
  }
  checkEqual(results)
  return results
}

/** A comparison of programs that do not do the same work is no comparison. */
function checkEqual(results: readonly Result[]): void {
  const present = results.filter(({ scores }) => scores.length > 0)
  const [first] = present
  for (const { entrant, scores } of present) {
    for (const { hash } of scores) {
      if (hash !== first!.scores[0]!.hash) {
        throw new Error(`${entrant.label} and ${first!.entrant.label} disagree about the result:\n${hash}\n${first!.scores[0]!.hash}`)
      }
    }
  }
}

/** Best CPU time of a unit over all rounds, nanoseconds. */
export const bestNanos = ({ scores }: Result): number => Math.min(...scores.map(nanosOf))

/** Worst round over best: how noisy the machine was. */
export const spreadOf = (result: Result): number => Math.max(...result.scores.map(nanosOf)) / bestNanos(result)

const nanosOf = ({ cpuSeconds, units }: Score): number => (cpuSeconds * 1e9) / units
