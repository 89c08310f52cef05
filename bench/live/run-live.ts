import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

interface Report {
  readonly mode: string
  readonly features: number
  readonly columns: number
  /** Of one core. */
  readonly cpuShare: number
  /** Microseconds from when an event was due to when it had been worked off. */
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly worst: number
  readonly longestPauseMillis: number
}

/** Lines of a Markdown table: 100,000 events a second, paced by a timer of 1 ms, control and features in turn, the best of the rounds for each. */
export function liveTable(data: string, rounds: number): string[] {
  const reports: Report[] = []
  for (let round = 0; round < rounds; round++) {
    for (const mode of ['control', 'columns', 'every']) {
      reports.push(JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'child.ts'), data, mode], { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' } })) as Report)
    }
  }
  const best = (mode: string, number: (report: Report) => number): number => Math.min(...reports.filter((report) => report.mode === mode).map(number))
  const line = (mode: string, name: string): string => {
    const share = best(mode, ({ cpuShare }) => cpuShare)
    return `| ${name} | ${(100 * share).toFixed(1)} % | ${[(r: Report) => r.p50, (r: Report) => r.p99, (r: Report) => r.p999, (r: Report) => r.worst].map((of) => best(mode, of).toFixed(0)).join(' | ')} | ${best(mode, ({ longestPauseMillis }) => longestPauseMillis).toFixed(1)} |`
  }
  const [, standard, every] = reports
  const tail = best('every', ({ p999 }) => p999) / best('control', ({ p999 }) => p999)
  const share = best('every', ({ cpuShare }) => cpuShare)
  const pause = best('every', ({ longestPauseMillis }) => longestPauseMillis)
  return [
    '| live, 100,000 order events a second | share of a core | p50, us | p99 | p99.9 | worst | longest GC pause, ms |',
    '|---|---|---|---|---|---|---|',
    line('control', 'control: event objects through a Subject'),
    line('columns', `L3 book and ${standard!.features} features, ${standard!.columns} columns`),
    line('every', `L3 book and ${every!.features} features, ${every!.columns} columns: every one without fitted parameters`),
    `| targets of the last | <= 15 %: ${share <= 0.15 ? 'met' : 'not met'} | | | <= 2x control: ${tail.toFixed(2)}x, ${tail <= 2 ? 'met' : 'not met'} | | <= 10: ${pause <= 10 ? 'met' : 'not met'} |`,
  ]
}
