import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { instrument } from './mutation/instrument.ts'
import { journal } from './mutation/journal.ts'
import { mutationPage } from './mutation/mutation-page.ts'
import { verdicts } from './mutation/verdicts.ts'
import { targets } from './mutation/targets.ts'

// npm run mutation [-- numeric book parser features] [--only NAME] [--resume] [--page]: the mutants of all files of a folder, or of those with NAME in their path by the tests with NAME in theirs; --resume goes on with a run of the same sources that was broken off.
const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' }, page: { type: 'boolean', default: false }, resume: { type: 'boolean', default: false }, slowest: { type: 'string', default: '1500' } } })
const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', join(root, 'scripts/mutation/vitest.config.ts')]
const reports = join(root, 'reports/mutation')
/** Bytes that a run may hold; what takes more is a mutant that does not end. */
const mostMemory = 5e9
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
  if (!options.resume) journal.start(journalFile)
  const env = { ...process.env, ...target.env, RXLOB_MUTATION_CODE: codeFile }
  const started = process.hrtime.bigint()
  const ignored = new Set(mutants.filter(({ status }) => status === 'Ignored').map(({ id }) => id))
  for (const id of ignored) journal.write(journalFile, ['killed', id, 'ignored'])
  const all = find(target.tests)
  const own = all.filter((path) => chosen(options, path))
  const tests = own.length > 0 ? own : all
  const names = tests.map((path) => relative(root, path))
  for (const slowest of [100, 400, Number(options.slowest)]) {
    const patience = 2 + slowest / 100
    while (!(await finishes([...vitest, ...names], { ...env, RXLOB_MUTATION_JOURNAL: journalFile, RXLOB_MUTATION_SLOWEST: String(slowest) }, journalFile, patience)));
  }

  // What runs while modules load has to be on from the start: a worker each, by the test of the same name and those that most often ran into the same file.
  const { dead, loading, judged } = journal.read(journalFile)
  const fileOf = new Map(mutants.map(({ id, fileName }) => [id, fileName]))
  const tries = new Map<string, Map<string, number>>()
  for (const pair of judged) {
    const [id, test] = pair.split(' ', 2) as [string, string]
    const counts = tries.get(fileOf.get(id)!) ?? new Map<string, number>()
    tries.set(fileOf.get(id)!, counts.set(test, (counts.get(test) ?? 0) + 1))
  }
  const testsOf = (source: string): string[] => {
    const namesake = tests.filter((path) => basename(path, '.test.ts') === basename(source, '.ts'))
    const often = [...(tries.get(source) ?? [])].sort(([, a], [, b]) => b - a).map(([test]) => join(root, test)).filter((path) => tests.includes(path))
    return [...new Set([...namesake, ...often])].slice(0, 3)
  }
  const late = mutants.filter(({ id }) => !dead.has(id) && loading.has(id)).map(({ id, fileName }) => [id, testsOf(fileName)] as const)
  const loadingFile = join(folder, 'loading.json')
  writeFileSync(loadingFile, JSON.stringify(late))
  while (!(await finishes([join(root, 'scripts/mutation/loading.ts'), journalFile, loadingFile], env, journalFile, 40)));

  const found = verdicts(mutants, journal.read(journalFile), root)
  writeFileSync(join(folder, 'verdicts.json'), JSON.stringify({ date: new Date().toISOString().slice(0, 10), seconds: Number((process.hrtime.bigint() - started) / 1_000_000_000n), verdicts: found }, null, 1))
  for (const { verdict, file, line, column, mutator, original, replacement } of found) {
    if (verdict === 'survived' || verdict === 'uncovered') console.log(`${verdict} ${file}:${line}:${column} ${mutator}: ${original.replace(/\s+/g, ' ').slice(0, 80)} -> ${replacement.replace(/\s+/g, ' ').slice(0, 80)}`)
  }
  const count = (...kinds: string[]): number => found.filter(({ verdict }) => kinds.includes(verdict)).length
  console.log(`${name}: ${found.length} mutants, ${count('killed')} killed, ${count('timeout')} timed out, ${count('survived')} survived, ${count('uncovered')} uncovered, ${count('ignored')} ignored: ${((100 * count('killed', 'timeout')) / (found.length - count('ignored'))).toFixed(1)} %`)
}

/** False where the process hung or died in a mutant, which is put down as timed out. `patience` is in CPU seconds. */
async function finishes(command: readonly string[], env: NodeJS.ProcessEnv, journalFile: string, patience: number): Promise<boolean> {
  const child = spawn(process.execPath, command, { env, cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  let seen = { size: -1, cpu: 0 }
  const watch = setInterval(() => {
    const now = { size: statSync(journalFile).size, cpu: cpuSeconds(child.pid!) }
    if (now.size !== seen.size) seen = now
    // CPU time, not the clock: on a busy machine a test may wait for its turn. Between two mutants files are loaded.
    const most = journal.isTrying(journalFile) ? patience : 200
    if (now.cpu - seen.cpu > most || residentBytes(child.pid!) > mostMemory) child.kill('SIGKILL')
  }, 500)
  await once(child, 'exit')
  clearInterval(watch)
  const { lost } = journal.read(journalFile)
  for (const [mutant, test] of lost) journal.write(journalFile, ['timeout', mutant, test])
  if (child.signalCode !== null && lost.length === 0) throw new Error(`The tests hung without a mutant: see ${journalFile}.`)
  // What fails without a mutant is on the error stream already.
  if (lost.length === 0 && child.exitCode !== 0) process.exitCode = 1
  return lost.length === 0
}

/** Memory that a process holds now, 0 where the system does not say. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    return 0
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
