import type { Reporter } from 'vitest/node'

/** A reporter that says which tests fail without a mutant, and nothing else. */
export const silent: Reporter = {
  onTestRunEnd(modules) {
    for (const module of modules) {
      for (const { message } of module.errors()) process.stderr.write(`${module.relativeModuleId}: ${message}\n`)
      for (const test of module.children.allTests('failed')) process.stderr.write(`fails without a mutant: ${module.relativeModuleId} > ${test.fullName}: ${test.result().errors?.[0]?.message}\n`)
    }
  },
}
