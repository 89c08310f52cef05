import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mergeConfig, type Plugin } from 'vitest/config'
import base from '../../vitest.config.ts'
import { givenOrder } from './given-order.ts'
import { silent } from './silent.ts'

const code = JSON.parse(readFileSync(process.env['RXLOB_MUTATION_CODE']!, 'utf8')) as Record<string, string>
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const mutated: Plugin = { name: 'mutated-sources', enforce: 'pre', load: (id) => code[id] }

/** The tests against sources with mutants; one file after the other, since each tells the next what is dead. */
export default mergeConfig(base, {
  plugins: [mutated],
  root: here('../..'),
  test: {
    // Modules kept on disk would be those of the last run, with other mutants or none.
    fsModuleCache: false,
    // Mutants that are switched on test by test find all modules loaded; those that act on loading get a worker of their own.
    ...(process.env['RXLOB_MUTATION_JOURNAL'] && { runner: here('runner.ts'), isolate: false }),
    setupFiles: [here('setup.ts')], reporters: process.env['RXLOB_MUTATION_JOURNAL'] ? [silent] : [{}], pool: 'threads', maxWorkers: 1, fileParallelism: false, sequence: { sequencer: givenOrder(process.argv.slice(2)) }, testTimeout: 600_000, includeTaskLocation: true, bail: process.env['RXLOB_MUTATION_JOURNAL'] ? 0 : 1,
  },
})
