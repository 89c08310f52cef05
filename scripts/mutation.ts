import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { instrument } from './mutation/instrument.ts'
import { journal } from './mutation/journal.ts'
import type { LoadingMutants } from './mutation/loading.ts'
import { mutationPage } from './mutation/mutation-page.ts'
import { verdicts } from './mutation/verdicts.ts'
import { targets } from './mutation/targets.ts'

// npm run mutation [-- numeric book parser features] [--only NAME] [--page]: the mutants of all files of a folder, or of those with NAME in their path by the tests with NAME in theirs.
const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' }, page: { type: 'boolean', default: false }, slowest: { type: 'string', default: '3000' }, hang: { type: 'string', default: '15' } } })
const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', join(root, 'scripts/mutation/vitest.config.ts')]
/** A mutant whose loop fills memory is ended before the machine is. */
const mostBytes = 6e9
const reports = join(root, 'reports/mutation')
const find = (patterns: readonly string[]): string[] => patterns.flatMap((pattern) => globSync(pattern, { cwd: root }).sort().map((path) => join(root, path)))

for (const name of positionals.length > 0 ? positionals : options.page ? [] : Object.keys(targets)) await runTarget(name)
if (options.page) writeFileSync(join(root, 'results/mutation.md'), mutationPage(reports, Object.keys(targets)))

async function runTarget(name: string): Promise<void> {
  const target = targets[name]
  if (target === undefined) throw new Error(`Expected ${Object.keys(targets).join(', ')}, got ${name}.`)
  const chosen = ({ only }: typeof options, path: string): boolean => only === undefined || path.includes(only)
  const folder = join(reports, options.only === undefined ? name : `${name}-${options.only}`)
  mkdirSync(folder, { recursive: true })
  const { code, mutants } = await instrument(find(target.sources).filter((path) => chosen(options, path)))
  const [codeFile, journalFile] = [join(folder, 'code.json'), join(folder, 'journal.jsonl')]
  writeFileSync(codeFile, JSON.stringify(code))
  journal.start(journalFile)
  const env = { ...process.env, RXLOB_MUTATION_CODE: codeFile }
  const started = process.hrtime.bigint()
  const ignored = new Set(mutants.filter(({ status }) => status === 'Ignored').map(({ id }) => id))
  for (const id of ignored) journal.write(journalFile, ['killed', id, 'ignored'])
  const all = find(target.tests)
  const own = all.filter((path) => chosen(options, path))
  const tests = own.length > 0 ? own : all
  const relativeTests = tests.map((path) => relative(root, path))
  for (const slowest of ['300', options.slowest]) await untilDone([...vitest, ...relativeTests], { ...env, RXLOB_MUTATION_JOURNAL: journalFile, RXLOB_MUTATION_SLOWEST: slowest }, journalFile, Number(options.hang))

  // What runs while modules load has to be on from the start: modules of its own for each, tried on the tests named like its file and two others.
  const { dead, loaders } = journal.read(journalFile)
  const late: LoadingMutants = mutants.flatMap(({ id, fileName }) => {
    const files = dead.has(id) ? undefined : loaders.get(id)
    const isOwn = (path: string): number => Number(basename(path, '.test.ts') === basename(fileName, '.ts'))
    return files === undefined ? [] : [[id, files.toSorted((a, b) => isOwn(b) - isOwn(a)).slice(0, 3)] as const]
  })
  const lateFile = join(folder, 'late.json')
  writeFileSync(lateFile, JSON.stringify(late))
  // More patience, since a file and not a test is run at a time.
  if (late.length > 0) await untilDone([join(root, 'scripts/mutation/loading.ts'), journalFile, lateFile], env, journalFile, 4 * Number(options.hang))

  const found = verdicts(mutants, journal.read(journalFile), root)
  writeFileSync(join(folder, 'verdicts.json'), JSON.stringify({ date: new Date().toISOString().slice(0, 10), seconds: Number((process.hrtime.bigint() - started) / 1_000_000_000n), verdicts: found }, null, 1))
  for (const { verdict, file, line, column, mutator, original, replacement } of found) {
    if (verdict === 'survived' || verdict === 'uncovered') console.log(`${verdict} ${file}:${line}:${column} ${mutator}: ${original.replace(/\s+/g, ' ').slice(0, 80)} -> ${replacement.replace(/\s+/g, ' ').slice(0, 80)}`)
  }
  const count = (...kinds: string[]): number => found.filter(({ verdict }) => kinds.includes(verdict)).length
  console.log(`${name}: ${found.length} mutants, ${count('killed')} killed, ${count('timeout')} timed out, ${count('survived')} survived, ${count('uncovered')} uncovered, ${count('ignored')} ignored: ${((100 * count('killed', 'timeout')) / (found.length - count('ignored'))).toFixed(1)} %`)
}

/** Runs a program until it comes to its end, past the mutants that hang or crash it. */
async function untilDone(args: readonly string[], env: NodeJS.ProcessEnv, journalFile: string, patience: number): Promise<void> {
  for (;;) {
    const child = spawn(process.execPath, args, { env, cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    let seen = { size: -1, cpu: 0 }
    let hung = false
    const watch = setInterval(() => {
      const now = { size: statSync(journalFile).size, cpu: cpuSeconds(child.pid!) }
      // CPU time, not the clock: on a busy machine a test may wait for its turn.
      if ((now.size === seen.size && now.cpu - seen.cpu > patience) || residentBytes(child.pid!) > mostBytes) hung = child.kill('SIGKILL')
      if (now.size !== seen.size) seen = now
    }, 1000)
    const [status] = (await once(child, 'exit')) as [number | null]
    clearInterval(watch)
    const { trying } = journal.read(journalFile)
    if (trying === undefined && hung) throw new Error(`The tests hung without a mutant: see ${journalFile}.`)
    if (trying === undefined && status !== 0) process.exitCode = 1
    if (trying === undefined) return
    journal.write(journalFile, [hung ? 'timeout' : 'killed', ...trying])
  }
}

/** User time of a process so far. Where the system does not say, the time that it has run. */
function cpuSeconds(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[11]) / 100
  } catch {
    return performance.now() / 1000
  }
}

/** Memory that a process holds, 0 where the system does not say. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}
