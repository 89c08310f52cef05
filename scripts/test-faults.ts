// The fault suite: venues that misbehave, and a client that must never say what is not so.
// npm run test:faults [-- --seed N] [--minutes M] [--scale S] [--rows G5,G7] [--report DIR]
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { backPressure } from './faults/back-pressure.ts'
import { badInput } from './faults/bad-input.ts'
import { correctStreams } from './faults/correct-streams.ts'
import { clocks, determinism } from './faults/determinism.ts'
import { gaps } from './faults/gaps.ts'
import { largeSnapshot } from './faults/large-snapshot.ts'
import { load } from './faults/load.ts'
import { manyStreams } from './faults/many-streams.ts'
import { memory } from './faults/memory.ts'
import { realSockets } from './faults/real-sockets.ts'
import type { RowOptions, RowResult } from './faults/report.ts'
import { kindByKind, schedules } from './faults/schedules.ts'

const help = `Usage: npm run test:faults -- [options]

The gate of docs/reliability goals G1 to G11 and G14 to G17, and failure F54. Ends with 1 where a row does not hold.

  --seed N       Of everything random. Default 1.
  --scale S      Share of the gate's counts, for all rows, or by row: 0.5 or G4=0.2,G6=0.2. Default 1.
  --minutes M    Goes on with other seeds of G7 for so long.
  --rows A,B     Only these, such as G5,G7.
  --report DIR   Writes the log to DIR/faults.md as well.
  --second-node FILE  Program of another Node version, 22.18 or newer, that G16 compares with.
  --help         This text.
`

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' }, scale: { type: 'string', default: '1' }, minutes: { type: 'string', default: '0' }, rows: { type: 'string' }, report: { type: 'string' }, 'second-node': { type: 'string' }, help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(help)
  process.exit(0)
}
const number = (name: string, text: string, least: number): number => {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= least) return value
  console.error(`Option --${name}: expected a number of at least ${least}, got ${text}.`)
  process.exit(2)
}

const suite: readonly (readonly [rows: readonly string[], run: (options: RowOptions) => Promise<RowResult | readonly RowResult[]>])[] = [
  [['G1', 'G2'], load],
  [['G3'], manyStreams],
  [['G4', 'G6'], correctStreams],
  [['G5'], gaps],
  [['G7'], schedules],
  [['G8'], realSockets],
  [['G9'], kindByKind],
  [['G11'], badInput],
  [['G14'], memory],
  [['G15'], backPressure],
  [['G16'], determinism],
  [['G17'], clocks],
  [['F54'], largeSnapshot],
]
const known = suite.flatMap(([rows]) => rows)
const wanted = values.rows?.split(',') ?? known
const strange = wanted.filter((row) => !known.includes(row))
if (strange.length > 0) {
  console.error(`Option --rows: there is no ${strange.join(', ')}; there are ${known.join(', ')}. G10 is checked in every row.`)
  process.exit(2)
}
const seed = number('seed', values.seed, 0)
const minutes = number('minutes', values.minutes, 0)
const scales = new Map(values.scale.includes('=') ? values.scale.split(',').map((part) => [part.split('=')[0]!, number('scale', part.split('=')[1] ?? '', 0)] as const) : [])
const scaleOf = (row: string): number => (values.scale.includes('=') ? (scales.get(row) ?? 1) : number('scale', values.scale, 0))

const lines: string[] = []
const say = (line: string): void => {
  console.log(line)
  lines.push(line)
}
const whole = (count: number): string => count.toLocaleString('en')

function tell(result: RowResult): void {
  const { row, title, goal, done, injected, detected, recovered, produced, delivered, conflated, dropped, notes, failures, reduced, seconds } = result
  say(`${row} ${title}: ${failures.length === 0 ? 'holds' : 'DOES NOT HOLD'}${reduced ? ' (at a reduced count)' : ''}`)
  say(`   goal       ${goal}`)
  say(`   run        ${done}, seed ${result.seed}, ${seconds.toFixed(0)} s of processor time`)
  say(`   faults     injected ${whole(injected)}, detected ${whole(detected)}, recovered ${whole(recovered)}`)
  say(`   events     produced ${whole(produced)}, delivered ${whole(delivered)}, conflated ${whole(conflated)}, dropped ${whole(dropped)}`)
  for (const note of notes) say(`   ${note}`)
  for (const failure of failures) say(`   FAILURE    ${failure}`)
  say('')
}

const commit = ((): string => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
})()
say(`rxlob fault suite, ${new Date().toISOString().slice(0, 16)}Z, commit ${commit}, node ${process.version}, ${cpus().length} cores, seed ${seed}`)
say('')

const results: RowResult[] = []
let toldAt = 0
const progress = (text: string): void => {
  if (performance.now() - toldAt < 5000) return
  toldAt = performance.now()
  console.error(`   ... ${text}`)
}
for (const [rows, run] of suite) {
  if (!rows.some((row) => wanted.includes(row))) continue
  let found: readonly RowResult[]
  try {
    found = [await run({ seed, scale: scaleOf(rows[0]!), secondNode: values['second-node'], progress })].flat()
  } catch (error) {
    found = [{ row: rows.join(' '), title: 'ended early', goal: '', done: '', seed, injected: 0, detected: 0, recovered: 0, produced: 0, delivered: 0, conflated: 0, dropped: 0, notes: [], failures: [error instanceof Error ? (error.stack ?? error.message) : String(error)], reduced: false, seconds: 0 }]
  }
  for (const result of found) {
    tell(result)
    results.push(result)
  }
}
const until = performance.now() + minutes * 60_000
for (let more = 1; performance.now() < until; more++) {
  const result = await schedules({ seed: seed + more, scale: 0.05, progress })
  tell(result)
  results.push(result)
}

const impolite = results.flatMap(({ failures }) => failures.filter((failure) => failure.includes('impolite')))
say(`G10 politeness: ${impolite.length === 0 ? 'holds' : 'DOES NOT HOLD'}: weight, connections, frames a second and requests during bans were counted by the venues in every row`)
const failed = results.filter(({ failures }) => failures.length > 0).map(({ row }) => row)
const reduced = results.filter(({ reduced }) => reduced).map(({ row }) => row)
say(failed.length === 0 ? `every row run holds${reduced.length === 0 ? '' : `; at a reduced count: ${reduced.join(', ')}`}` : `does not hold: ${failed.join(', ')}`)
if (values.report !== undefined) {
  mkdirSync(values.report, { recursive: true })
  writeFileSync(join(values.report, 'faults.md'), `# The fault suite\n\n\`npm run test:faults -- --seed ${seed} --scale ${values.scale}\`\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`)
}
process.exit(failed.length === 0 ? 0 : 1)
