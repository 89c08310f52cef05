import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

interface Report {
  readonly mode: string
  readonly pacing: string
  readonly features: number
  readonly columns: number
  /** Of one core. */
  readonly share: number
  /** Of one core, collections of garbage alone: that of the loop which paces is among it, and the control has little else. */
  readonly collections: number
  /** Microseconds from when an event was due to when it had been worked off. */
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly worst: number
  readonly longestPauseMillis: number
}

/** Lines of a Markdown table: 100,000 events a second, control and features in turn, each way of pacing, the best of the rounds for each. */
export function liveTable(data: string, rounds: number): string[] {
  const reports: Report[] = []
  for (let round = 0; round < rounds; round++) {
    for (const pacing of ['turns', 'timer', 'none']) {
      for (const mode of ['control', 'book', 'columns', 'lent', 'every']) {
        reports.push(JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'child.ts'), data, mode, pacing], { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' } })) as Report)
      }
    }
  }
  const best = (pacing: string, mode: string, number: (report: Report) => number): number =>
    Math.min(...reports.filter((report) => report.mode === mode && report.pacing === pacing).map(number))
  const line = (pacing: string, mode: string, name: string): string => {
    // Where nothing paces them no event is due at any time.
    const numbers = pacing === 'none' ? ['', '', '', ''] : [(r: Report) => r.p50, (r: Report) => r.p99, (r: Report) => r.p999, (r: Report) => r.worst].map((of) => best(pacing, mode, of).toFixed(0))
    return `| ${pacing} | ${name} | ${(100 * best(pacing, mode, ({ share }) => share)).toFixed(1)} % | ${(100 * best(pacing, mode, ({ collections }) => collections)).toFixed(1)} % | ${numbers.join(' | ')} | ${best(pacing, mode, ({ longestPauseMillis }) => longestPauseMillis).toFixed(1)} |`
  }
  const targets = (mode: string, name: string): string => {
    const tail = best('turns', mode, ({ p999 }) => p999) / best('turns', 'control', ({ p999 }) => p999)
    const share = best('turns', mode, (report) => report.share)
    const pause = best('turns', mode, ({ longestPauseMillis }) => longestPauseMillis)
    return `| targets, by turns | ${name} | <= 15 %: ${share <= 0.15 ? 'met' : 'not met'} | | | | <= 2x control: ${tail.toFixed(2)}x, ${tail <= 2 ? 'met' : 'not met'} | | <= 10: ${pause <= 10 ? 'met' : 'not met'} |`
  }
  const standard = reports.find(({ mode }) => mode === 'columns')!
  const every = reports.find(({ mode }) => mode === 'every')!
  return [
    '| paced by | live, 100,000 order events a second | share of a core | of it garbage | p50, us | p99 | p99.9 | worst | longest GC pause, ms |',
    '|---|---|---|---|---|---|---|---|---|',
    ...['turns', 'timer', 'none'].flatMap((pacing) => [
      line(pacing, 'control', 'control: event objects through a Subject'),
      line(pacing, 'book', 'L3 book and the spread, 1 column: what the book alone takes'),
      line(pacing, 'columns', `L3 book and ${standard.features} features, ${standard.columns} columns`),
      line(pacing, 'lent', 'the same, the row lent'),
      line(pacing, 'every', `L3 book and ${every.features} features, ${every.columns} columns: every one without fitted parameters`),
    ]),
    targets('columns', `${standard.columns} columns`),
    targets('lent', `${standard.columns} columns, the row lent`),
    targets('every', `${every.columns} columns`),
  ]
}
