import { TestRunner, type RunnerTestCase } from 'vitest'
import { journal } from './journal.ts'

/** The globals that Stryker's switches read. */
interface Switches {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  /** Mutants passed, active or not. */
  passed?: number
  mostPassed?: number | undefined
  /** Nothing is counted. */
  idle?: boolean
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> }
}

const file = process.env['RXLOB_MUTATION_JOURNAL']!
/** CPU milliseconds that a test may take; what is slower waits for the second pass, in which fewer mutants live. */
const slowest = Number(process.env['RXLOB_MUTATION_SLOWEST'])
const switches = ((globalThis as unknown as Record<string, Switches>)['__stryker__'] ??= {})

/**
 * Runs each test once as it is, then again for every live mutant in the code that it ran, in the same process: a mutant is dead where the test fails.
 * After the last mutant the test must pass once more without one, or else nothing that it killed counts.
 */
// oxlint-disable-next-line import/no-default-export -- the form in which vitest takes a runner
export default class MutationRunner extends TestRunner {
  #dead: Map<string, unknown>
  readonly #done: ReadonlySet<string>
  readonly #slow: ReadonlyMap<string, number>
  /** What a process that ended in the midst of a test had tried. */
  readonly #judged: ReadonlySet<string>

  constructor(...options: ConstructorParameters<typeof TestRunner>) {
    super(...options)
    const { dead, done, slow, judged } = journal.read(file)
    this.#dead = new Map<string, unknown>(dead)
    this.#done = done
    this.#slow = slow
    this.#judged = judged
  }

  override async onAfterRunSuite(suite: Parameters<TestRunner['onAfterRunSuite']>[0]): Promise<void> {
    await super.onAfterRunSuite(suite)
    const { mutantCoverage } = switches
    if (!('filepath' in suite) || mutantCoverage === undefined) return
    journal.write(file, ['static', Object.keys(mutantCoverage.static), String(suite.filepath)])
    mutantCoverage.static = {}
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const run = TestRunner.getTestFn(test) as () => Promise<void>
    const name = `${test.file.name} > ${test.fullTestName ?? test.name} #${test.location?.line ?? 0}`
    if (this.#done.has(name) || this.#slow.get(name)! > slowest) return
    const { user } = process.cpuUsage()
    Object.assign(switches, { currentTestId: name, idle: false, passed: 0 })
    await run()
    const mostPassed = 10 * switches.passed! + 100_000
    switches.idle = true
    const cpuMillis = (process.cpuUsage().user - user) / 1000
    if (cpuMillis > slowest) {
      switches.idle = false
      return journal.write(file, ['slow', name, Object.keys(switches.mutantCoverage?.perTest[name] ?? {}), cpuMillis])
    }
    const covered = Object.entries(switches.mutantCoverage?.perTest[name] ?? {}).filter(([mutant]) => !this.#dead.has(mutant) && !this.#judged.has(`${mutant} ${name}`))
    for (const [mutant, hits] of covered) {
      journal.write(file, ['trying', mutant, name])
      const how = await this.#attempt(run, mutant, hits * 10 + 1000, mostPassed)
      journal.write(file, [how, mutant, name])
      if (how !== 'survived') this.#dead.set(mutant, how)
    }
    if (covered.length > 0) {
      try {
        await run()
      } catch (error) {
        journal.write(file, ['unrepeatable', name])
        switches.idle = false
        throw error
      }
    }
    Object.assign(switches, { currentTestId: undefined, idle: false })
    journal.write(file, ['done', name])
  }

  async #attempt(run: () => Promise<void>, mutant: string, hitLimit: number, mostPassed: number): Promise<'killed' | 'survived' | 'timeout'> {
    Object.assign(switches, { activeMutant: mutant, hitCount: 0, hitLimit, passed: 0, mostPassed })
    let fails = false
    try {
      await run()
    } catch {
      fails = true
    }
    const endless = switches.hitCount! > hitLimit || switches.passed! > mostPassed
    Object.assign(switches, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined, mostPassed: undefined })
    return endless ? 'timeout' : fails ? 'killed' : 'survived'
  }
}
