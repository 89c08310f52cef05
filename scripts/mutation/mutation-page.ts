import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { MutantVerdict } from './verdicts.ts'

/** The page of the last runs: a table a run, of a whole target or of some of its files by their own tests, then what is ignored and why. */
export function mutationPage(reports: string, names: readonly string[]): string {
  const read = (name: string): { date: string; seconds: number; verdicts: MutantVerdict[] } | undefined => {
    const path = join(reports, name, 'verdicts.json')
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
  }
  const lines = ['# Mutation scores', '', 'Made by `npm run mutation` (all mutants of Stryker\'s instrumenter; how they are run is in docs/decisions/0010-mutants-in-one-process.md), then `npm run mutation -- --page`.', 'A score is the share of mutants that a test kills or that do not end, uncovered ones counted as survivors.']
  const missing = names.filter((name) => read(name) === undefined)
  if (missing.length > 0) lines.push('', `Not run as a whole: ${missing.map((name) => `\`${name}\``).join(', ')}.`)
  for (const name of readdirSync(reports).sort()) {
    const run = read(name)
    if (run === undefined) continue
    const files = [...new Set(run.verdicts.map(({ file }) => file))]
    const row = (label: string, list: readonly MutantVerdict[]): string => {
      const count = (...kinds: string[]): number => list.filter(({ verdict }) => kinds.includes(verdict)).length
      const all = list.length - count('ignored')
      return `| ${label} | ${all} | ${count('killed')} | ${count('timeout')} | ${count('survived')} | ${count('uncovered')} | ${count('ignored')} | ${all === 0 ? '' : ((100 * count('killed', 'timeout')) / all).toFixed(1)} |`
    }
    lines.push('', `## ${name}`, '', `${run.date}, ${run.seconds} s.`, '', '| file | mutants | killed | did not end | survived | uncovered | ignored | score % |', '|---|--:|--:|--:|--:|--:|--:|--:|')
    for (const file of files) lines.push(row(basename(file), run.verdicts.filter((entry) => entry.file === file)))
    lines.push(row('**all**', run.verdicts))
    const reasons = new Map<string, number>()
    for (const { verdict, by, file } of run.verdicts) if (verdict === 'ignored') reasons.set(`${basename(file)}: ${by}`, (reasons.get(`${basename(file)}: ${by}`) ?? 0) + 1)
    if (reasons.size > 0) lines.push('', 'Ignored:', '', ...[...reasons].map(([reason, times]) => `- ${reason}${times > 1 ? ` (${times})` : ''}`))
  }
  return [...lines, ''].join('\n')
}
