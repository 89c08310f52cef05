import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * A reporter that names every skipped test and ends with one line, `N passed, N failed, N skipped`.
 * A file that does not load and an error outside any test each count as one failure.
 * Where `RXLOB_COUNTS` names a file, the three numbers go there instead: the caller closes with a line of its own.
 */
export function closingLine(): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => ({ module, test, state: test.result().state })))
      const count = (state: string): number => tests.filter((entry) => entry.state === state).length
      const broken = modules.filter((module) => module.errors().length > 0 || (module.state() === 'failed' && !hasFailedTest(module))).length
      const counts = [count('passed'), count('failed') + broken + unhandledErrors.length, count('skipped') + count('pending')] as const

      for (const { module, test, state } of tests) {
        if (state === 'skipped' || state === 'pending') process.stdout.write(`skipped: ${module.relativeModuleId} > ${test.fullName}\n`)
      }
      if (counts[2] > 0 && !process.env['RXLOB_DATA']) process.stdout.write('RXLOB_DATA is not set: tests on real captures are skipped.\n')
      const file = process.env['RXLOB_COUNTS']
      if (file) writeFileSync(file, `${counts.join(' ')}\n`)
      else process.stdout.write(`${counts[0]} passed, ${counts[1]} failed, ${counts[2]} skipped\n`)
    },
  }
}

const hasFailedTest = (module: TestModule): boolean => [...module.children.allTests('failed')].length > 0
