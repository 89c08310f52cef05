// How soon a flip of the signal's accuracy is noticed and how well an ensemble survives it, on the simulator: npm run study:change-point
// With `-- --quick` a tenth of the seeds, nothing written.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrapInterval, type Interval } from '@rxlob/evaluation'
import { bayesianLogistic, restartOnChange } from '@rxlob/models/bayes'
import { adaptiveEnsemble, bayesianAveraging, equalWeights, hedge, horizonMembers, recentPerformance } from '@rxlob/models/ensemble'
import type { OnlineLearner } from '@rxlob/core'
import { knownRatesCusum } from './known-rates-cusum.ts'
import { flipRows, input, output, type FlipRow } from './planted-flip.ts'

const [from, to] = [0.65, 0.35]
const quick = process.argv.includes('--quick')
const share = quick ? 10 : 1
/** Of the report alone; the settings were chosen on seeds from 10,001 on. */
const [delaySeeds, quietSeeds, ensembleSeeds] = [200 / share, 60 / share, 100 / share]
const quietRows = 10_000
const watched = 600

const learner = (): OnlineLearner => bayesianLogistic({ input, output, forgetting: 0.9999 })
const cusum = knownRatesCusum(from, 10_000)
/** Nats that one event tells between the two accuracies. */
const divergence = (from - to) * Math.log(from / to)

function progress(what: string, done: number, all: number): void {
  process.stderr.write(`\r${what}: ${done} of ${all} seeds   ${done === all ? '\n' : ''}`)
}

/** Rows at which the restarting learner calls a change, counted from 0. */
function calls(rows: readonly FlipRow[], until = rows.length): number[] {
  const called: number[] = []
  let row = 0
  const watching = restartOnChange({ learner, onChange: () => called.push(row) })
  for (row = 0; row < until; row++) watching.learn(rows[row]!.window, rows[row]!.target)
  return called
}

/** Rows at which the test with both rates known raises its alarm. It sees the cue itself, right or wrong, and starts anew after an alarm. */
function cusumCalls(rows: readonly FlipRow[]): number[] {
  const called: number[] = []
  let height = 0
  rows.forEach(({ cueRight }, row) => {
    height = Math.max(0, height + (cueRight === 1 ? -1 : 1))
    if (height < cusum.steps) return
    called.push(row)
    height = 0
  })
  return called
}

const quantile = (values: readonly number[], q: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!
/** 95 %, seeds resampled. */
const overSeeds = (count: number, statistic: (seeds: number[]) => number): Interval => bootstrapInterval(count, (rows) => statistic([...rows]), { meanBlockRows: 1, draws: 4000 })
const medianOf = (values: readonly number[]): Interval => overSeeds(values.length, (seeds) => quantile(seeds.map((seed) => values[seed]!), 0.5))

// 1. How soon.
const delays = { alarm: [] as number[], cusum: [] as number[] }
let earlyCalls = 0
for (let seed = 1; seed <= delaySeeds; seed++) {
  const rows = await flipRows(seed, { before: 2000, after: watched, from, to })
  const flip = rows.findIndex(({ flipped }) => flipped)
  const delay = (called: readonly number[]): number => (called.find((row) => row >= flip) ?? Infinity) - flip + 1
  const called = calls(rows, flip + watched)
  earlyCalls += called.filter((row) => row < flip).length
  delays.alarm.push(delay(called))
  delays.cusum.push(delay(cusumCalls(rows)))
  progress('Delay', seed, delaySeeds)
}

// 2. How quiet without a change.
const falseCalls = { alarm: [] as number[], cusum: [] as number[] }
let quietTotal = 0
for (let seed = 1001; seed <= 1000 + quietSeeds; seed++) {
  const rows = (await flipRows(seed, { before: quietRows, after: 0, from, to: from })).slice(0, quietRows)
  quietTotal += rows.length
  falseCalls.alarm.push(calls(rows).length)
  falseCalls.cusum.push(cusumCalls(rows).length)
  progress('False alarms', seed - 1000, quietSeeds)
}
const perTenThousand = (counts: readonly number[]): Interval =>
  overSeeds(counts.length, (seeds) => (1e4 * seeds.reduce((sum, seed) => sum + counts[seed]!, 0)) / ((seeds.length * quietTotal) / counts.length))

// 3. What it costs in log loss.
const horizons = horizonMembers({ input, output })
const restarting = (): OnlineLearner => restartOnChange({ learner })
const contestants: Record<string, () => OnlineLearner> = {
  'adaptive ensemble (three memories and a restarting learner, Bayesian averaging)': () =>
    adaptiveEnsemble({ members: [...horizons, restarting], weighting: bayesianAveraging({ forgetting: 0.98 }) }),
  'three memories, Bayesian averaging': () => adaptiveEnsemble({ members: horizons, weighting: bayesianAveraging({ forgetting: 0.98 }) }),
  'three memories, recent performance': () => adaptiveEnsemble({ members: horizons, weighting: recentPerformance({ decay: 0.95 }) }),
  'three memories, Hedge with fixed share': () => adaptiveEnsemble({ members: horizons, weighting: hedge({ rate: 2, share: 0.01 }) }),
  'three memories, equal weights': () => adaptiveEnsemble({ members: horizons, weighting: equalWeights() }),
  'memory of 30 rows alone': horizons[0]!,
  'memory of 300 rows alone': horizons[1]!,
  'memory of 3000 rows alone': horizons[2]!,
  'restarting learner alone': restarting,
  'restarting learner, reweighting': () => restartOnChange({ learner, response: 'reweight' }),
  'one learner that never notices (memory of 10,000 rows)': learner,
}
/** Rows after the flip, from and to. */
const windows = [[0, 500], [500, 1000]] as const
const fitted = bayesianLogistic({ input, output, forgetting: 1 })
for (const { window, target } of await flipRows(9001, { before: 30_000, after: 0, from: to, to })) fitted.learn(window, target)
const names = ['fitted', ...Object.keys(contestants)]
/** Mean log loss by contestant, window and seed. */
const losses = new Map(names.map((name) => [name, windows.map(() => [] as number[])]))
for (let seed = 2001; seed <= 2000 + ensembleSeeds; seed++) {
  const rows = await flipRows(seed, { before: 3000, after: 1000, from, to })
  const flip = rows.findIndex(({ flipped }) => flipped)
  const running = Object.entries(contestants).map(([name, make]) => ({ name, model: make() }))
  const sums = new Map(names.map((name) => [name, windows.map(() => 0)]))
  rows.slice(0, flip + 1000).forEach(({ window, target }, row) => {
    const place = windows.findIndex(([first, last]) => row >= flip + first && row < flip + last)
    const charge = (name: string, model: OnlineLearner): void => {
      if (place >= 0) sums.get(name)![place]! -= Math.log(model.predict(window)[target]!)
    }
    charge('fitted', fitted)
    for (const { name, model } of running) {
      charge(name, model)
      model.learn(window, target)
    }
  })
  for (const name of names) windows.forEach(([first, last], w) => losses.get(name)![w]!.push(sums.get(name)![w]! / (last - first)))
  progress('Ensemble', seed - 2000, ensembleSeeds)
}
const mean = (values: readonly number[], seeds: readonly number[]): number => seeds.reduce((sum, seed) => sum + values[seed]!, 0) / seeds.length
const table = names.map((name) => ({
  name,
  windows: windows.map((_, w) => ({
    loss: overSeeds(ensembleSeeds, (seeds) => mean(losses.get(name)![w]!, seeds)),
    above: overSeeds(ensembleSeeds, (seeds) => mean(losses.get(name)![w]!, seeds) / mean(losses.get('fitted')![w]!, seeds) - 1),
  })),
}))

const entropy = -(to * Math.log(to) + (1 - to) * Math.log(1 - to))
const span = ({ value, low, high }: Interval, digits: number): string => `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`
const percent = ({ value, low, high }: Interval): string => span({ value: 100 * value, low: 100 * low, high: 100 * high }, 2)
const median = { alarm: medianOf(delays.alarm), cusum: medianOf(delays.cusum) }
const quiet = { alarm: perTenThousand(falseCalls.alarm), cusum: perTenThousand(falseCalls.cusum) }
const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
const missed = (values: readonly number[]): number => values.filter((value) => !(value <= watched)).length
const adaptive = table[1]!
const verdict = (holds: boolean): string => (holds ? 'met' : 'NOT met')
const date = new Date().toISOString().slice(0, 10)
const lines = [
  '# A change point on the simulator',
  '',
  `Synthetic data: \`simulator({ seed, signal: { accuracy: ${from}, horizonEvents: 8 }, regimes: [{ accuracy: ${to} }] })\`, sampled at mid moves; an event here is a move, that is a row with its outcome. The longer queue foretells the next move with probability ${from}, after the flip ${to}. Made on ${date} by \`npm run study:change-point\`, all settings at their defaults but those named; the alarm's defaults were chosen among 10 settings, the ensembles' among 16, on other seeds (10,001 and up). Intervals: 95 %, bootstrap over seeds.`,
  '',
  '| target | measured | |',
  '|---|---|---|',
  `| median delay of the detector at most 80 events | ${span(median.alarm, 0)} | ${verdict(median.alarm.value <= 80)} |`,
  `| at most one false alarm in 10,000 events | ${span(quiet.alarm, 2)} | ${verdict(quiet.alarm.value <= 1)} |`,
  ...windows.map(([first, last], w) => `| adaptive ensemble's mean log loss, events ${first} to ${last} after the flip, at most 5 % above a model fitted on the new regime | ${percent(adaptive.windows[w]!.above)} % | ${verdict(adaptive.windows[w]!.above.value <= 0.05)} |`),
  '',
  '## Noticing',
  '',
  `\`restartOnChange\` around \`bayesianLogistic\`, which starts without knowing either accuracy and watches its own calls, right or wrong: ${delaySeeds} seeds (1 to ${delaySeeds}), about 2,000 events before the flip; false alarms on ${quietTotal.toLocaleString('en')} events without one (seeds 1001 to ${1000 + quietSeeds}). Beside it Page's CUSUM, which is told both accuracies and the cue; its threshold is the lowest whose exact mean time to a false alarm is 10,000 events (${cusum.steps} steps: ${Math.round(cusum.meanToFalseAlarm).toLocaleString('en')}; exact mean delay from 0: ${cusum.meanDelay.toFixed(1)}; Lorden's approximation ln(10,000) / KL, which holds for long delays, gives ${(Math.log(10_000) / divergence).toFixed(1)}).`,
  '',
  '| detector | median delay | tenth to ninetieth percentile | not within 600 | false alarms | in 10,000 events |',
  '|---|---|---|---|---|---|',
  ...(['alarm', 'cusum'] as const).map((key) => `| ${[
    key === 'alarm' ? 'BOCPD, `changeAlarm` at its defaults' : 'CUSUM, both accuracies known', span(median[key], 0), `${quantile(delays[key], 0.1)} to ${quantile(delays[key], 0.9)}`, missed(delays[key]), sum(falseCalls[key]), span(quiet[key], 2),
  ].join(' | ')} |`),
  '',
  `Before the flip, in the runs of the delays, the restarting learner called ${earlyCalls} changes that were none.`,
  '',
  '## Surviving',
  '',
  `${ensembleSeeds} seeds (2001 to ${2000 + ensembleSeeds}), about 3,000 events before the flip. Mean log loss in nats over the events after it, and how much above that of a \`bayesianLogistic\` fitted on 30,000 events of the new regime (another seed), which knows when to begin. No model can expect less than ${entropy.toFixed(4)}; a coin has ${Math.LN2.toFixed(4)}, ${((Math.LN2 / entropy - 1) * 100).toFixed(1)} % more.`,
  '',
  `| model | ${windows.map(([first, last]) => `events ${first} to ${last} | above fitted, %`).join(' | ')} |`,
  `|---|${windows.map(() => '---|---|').join('')}`,
  ...table.map(({ name, windows: columns }) => `| ${name === 'fitted' ? 'fitted on the new regime' : name} | ${columns.map(({ loss, above }) => `${span(loss, 4)} | ${name === 'fitted' ? '-' : percent(above)}`).join(' | ')} |`),
  '',
]
if (!quick) {
  const folder = join('results', `${date}_change-point`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'change-point.md'), lines.join('\n'))
  const numbers = { date, from, to, cusum, delays: { median, alarm: delays.alarm, cusum: delays.cusum }, falseAlarms: { quiet, events: quietTotal, alarm: falseCalls.alarm, cusum: falseCalls.cusum }, ensemble: table }
  writeFileSync(join(folder, 'change-point.json'), `${JSON.stringify(numbers, (_, value: unknown) => (value === Infinity ? 'none' : value), 1)}\n`)
}
console.log(lines.join('\n'))
