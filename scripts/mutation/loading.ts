import { readFileSync } from 'node:fs'
import { createVitest } from 'vitest/node'
import { journal } from './journal.ts'

/** Mutants in code that runs while modules load, each with the test files to try it on, the likeliest first. */
export type LoadingMutants = readonly (readonly [mutant: string, files: readonly string[]])[]

// node loading.ts JOURNAL MUTANTS: a thread with modules of its own for every mutant, on from the start, and one server that has transformed them once for all.
const [journalFile, mutantsFile] = process.argv.slice(2) as [string, string]
const { loaded } = journal.read(journalFile)
const vitest = await createVitest('test', { config: new URL('vitest.config.ts', import.meta.url).pathname, run: true, watch: false, reporters: [{}] })

async function verdictOf(files: readonly string[]): Promise<'killed' | 'survived'> {
  for (const file of files) {
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications([vitest.getRootProject().createSpecification(file)])
    if (unhandledErrors.length > 0 || testModules.some((module) => !module.ok())) return 'killed'
  }
  return 'survived'
}

const mutants = JSON.parse(readFileSync(mutantsFile, 'utf8')) as LoadingMutants
if ((await verdictOf([...new Set(mutants.flatMap(([, files]) => files))])) === 'killed') throw new Error(`A test of ${mutantsFile} fails without a mutant.`)
for (const [mutant, files] of mutants) {
  if (loaded.has(mutant)) continue
  journal.write(journalFile, ['trying', mutant, journal.whileLoading])
  process.env['__STRYKER_ACTIVE_MUTANT__'] = mutant
  journal.write(journalFile, [await verdictOf(files), mutant, journal.whileLoading])
}
await vitest.close()
process.exit()
