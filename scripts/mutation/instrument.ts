import { readFileSync } from 'node:fs'
import type { Mutant } from '@stryker-mutator/api/core'
import { Instrumenter } from '@stryker-mutator/instrumenter'

export interface Instrumented {
  /** Source text with every mutant behind a switch, by absolute path. */
  readonly code: Readonly<Record<string, string>>
  readonly mutants: readonly Mutant[]
}

/**
 * Files with all of Stryker's mutants in them at once, each behind a switch.
 * Stryker passes over what stands in `{ ... } as const`, since a mutant there might not compile; nothing is compiled here, so the words are blanked out and the code in it counts.
 */
export async function instrument(paths: readonly string[]): Promise<Instrumented> {
  const quiet = (): void => {}
  const logger = { isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false, isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet }
  const instrumenter = new Instrumenter(logger)
  const files = paths.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8').replaceAll(' as const', '         ') }))
  const { files: out, mutants } = await instrumenter.instrument(files, { plugins: null, excludedMutations: [], ignorers: [] })
  return { code: Object.fromEntries(out.map(({ name, content }) => [name, quickened(content)])), mutants }
}

/**
 * Counting what is covered takes most of the time, and is wanted once a test. Stryker cuts a loop that passes the active mutant too often;
 * most loops without end do not pass it, but they pass others.
 */
const quickened = (code: string): string =>
  code.replace('function cover() {', 'function cover() {\n    if (ns.idle) return;').replace('function isActive(id) {', "function isActive(id) {\n    if (++ns.passed > ns.mostPassed) throw new Error('The tests pass too many mutants');")
