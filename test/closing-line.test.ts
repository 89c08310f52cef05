import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import type { TestModule } from 'vitest/node'
import { closingLine } from '../scripts/closing-line.ts'

type State = 'passed' | 'failed' | 'skipped'

/** A test file as the runner reports it. */
function moduleOf(name: string, states: State[], errors: string[] = []): TestModule {
  const tests = states.map((state, at) => ({ fullName: `test ${at}`, result: () => ({ state }) }))
  return {
    relativeModuleId: name,
    children: { allTests: (wanted?: State) => tests.filter((test) => wanted === undefined || test.result().state === wanted) },
    errors: () => errors,
    state: () => (errors.length > 0 || states.includes('failed') ? 'failed' : 'passed'),
  } as unknown as TestModule
}

function printed(modules: TestModule[], unhandled: string[] = []): string[] {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  void closingLine().onTestRunEnd!(modules, unhandled as never, 'passed')
  const lines = write.mock.calls.map(([line]) => String(line).trimEnd())
  write.mockRestore()
  return lines
}

afterEach(() => vi.unstubAllEnvs())

it('names what was skipped and closes with one line', () => {
  vi.stubEnv('RXLOB_DATA', '')
  vi.stubEnv('RXLOB_COUNTS', '')
  expect(printed([moduleOf('a.test.ts', ['passed', 'skipped', 'passed'])])).toEqual([
    'skipped: a.test.ts > test 1',
    'RXLOB_DATA is not set: tests on real captures are skipped.',
    '2 passed, 0 failed, 1 skipped',
  ])
})

it('counts failed tests, files that do not load and errors outside any test', () => {
  vi.stubEnv('RXLOB_COUNTS', '')
  const modules = [moduleOf('a.test.ts', ['passed', 'failed']), moduleOf('b.test.ts', [], ['SyntaxError'])]
  expect(printed(modules, ['rejection'])).toEqual(['1 passed, 3 failed, 0 skipped'])
})

it('leaves the closing line to its caller where one asks for the counts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rxlob-counts-'))
  const file = join(folder, 'counts')
  vi.stubEnv('RXLOB_COUNTS', file)
  expect(printed([moduleOf('a.test.ts', ['passed', 'passed'])])).toEqual([])
  expect(readFileSync(file, 'utf8')).toBe('2 0 0\n')
  rmSync(folder, { recursive: true })
})
