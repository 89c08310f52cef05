import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Mutant } from '@stryker-mutator/api/core'
import type { Journal } from './journal.ts'

export interface MutantVerdict {
  readonly verdict: 'killed' | 'timeout' | 'survived' | 'uncovered' | 'ignored'
  readonly file: string
  readonly line: number
  readonly column: number
  readonly mutator: string
  readonly original: string
  readonly replacement: string
  /** Why it is ignored, or the test that killed it. */
  readonly by: string
}

/** What became of each mutant. */
export function verdicts(mutants: readonly Mutant[], { dead, covered, killers }: Journal, root: string): MutantVerdict[] {
  const sources = new Map<string, string[]>()
  return mutants.map(({ id, fileName, location, mutatorName, replacement, status, statusReason }) => {
    if (!sources.has(fileName)) sources.set(fileName, readFileSync(fileName, 'utf8').split('\n'))
    const { start, end } = location
    const lines = sources.get(fileName)!.slice(start.line, end.line + 1)
    const last = lines.length - 1
    lines[last] = lines[last]!.slice(0, end.column)
    lines[0] = lines[0]!.slice(start.column)
    const verdict = status === 'Ignored' ? 'ignored' : (dead.get(id) ?? (covered.has(id) ? 'survived' : 'uncovered'))
    return { verdict, file: relative(root, fileName), line: start.line + 1, column: start.column + 1, mutator: mutatorName, original: lines.join('\n'), replacement, by: statusReason ?? killers.get(id) ?? '' }
  })
}
