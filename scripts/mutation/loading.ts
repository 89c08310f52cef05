import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createVitest } from 'vitest/node'
import { journal } from './journal.ts'

// node loading.ts JOURNAL PAIRS: the mutants of a JSON list of [id, test files], each on from the start of a worker of its own. The process stays, and with it the transformed modules.
const [journalFile, pairsFile] = process.argv.slice(2) as [string, string]
const pairs = JSON.parse(readFileSync(pairsFile, 'utf8')) as [mutant: string, files: string[]][]
const { dead, done } = journal.read(journalFile)
// The reporter of the configuration's base breaks outside of vitest's own start, with every test that fails.
const vitest = await createVitest('test', { watch: false, run: true, reporters: [{}], bail: 0, config: fileURLToPath(new URL('vitest.config.ts', import.meta.url)) })
const project = vitest.getRootProject()

async function pass(files: readonly string[]): Promise<boolean> {
  // Errors and modules of earlier runs stay, as they were then.
  vitest.state.clearErrors()
  const { testModules } = await vitest.runTestSpecifications(files.map((file) => project.createSpecification(file)))
  return testModules.filter(({ moduleId }) => files.includes(moduleId)).every((module) => module.ok())
}

if (!(await pass([...new Set(pairs.flatMap(([, files]) => files))]))) throw new Error(`A test of ${pairsFile} fails without a mutant.`)
for (const [mutant, files] of pairs) {
  const name = `while loading ${mutant}`
  if (dead.has(mutant) || done.has(name)) continue
  journal.write(journalFile, ['trying', mutant, name])
  // Workers take their environment from this process.
  process.env['__STRYKER_ACTIVE_MUTANT__'] = mutant
  journal.write(journalFile, [(await pass(files)) ? 'survived' : 'killed', mutant, name])
  journal.write(journalFile, ['done', name])
}
await vitest.close()
