// Every architecture on a simulated market whose best possible accuracy is known, and on one without a signal; all numbers are of synthetic data:
// npm run study:planted -- [--signal 0.65] [architecture ...]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { simulator } from '@rxlob/adapters-simulator'
import { bookLevels, everyMidMove, midMove, ofi, queueImbalance, rollingScore } from '@rxlob/core'
import { accuracy, confusionInterval, majorityClass, prequential } from '@rxlob/evaluation'
import { binCtabl, deepLob, gruNet, logistic, lstmNet, mlp, progressBar, trainWalkForward, transformer, type Architecture } from '@rxlob/models/tfjs'

const hours = 3
const { values: flags, positionals: wanted } = parseArgs({ allowPositionals: true, options: { signal: { type: 'string' } } })
const signals = [0.65, 0.5]
const seed = 11
const levels = bookLevels({ levels: 2 })
const features = [queueImbalance(), ofi(), levels, rollingScore(levels, { ticks: 2000 })]
/** Scaled by the rows before: the price itself walks out of the range that was trained on. */
const isLevel = (name: string): boolean => name.endsWith('_z_2000')
const isFlow = (name: string): boolean => !isLevel(name) && !name.includes('price')
const everything: readonly (readonly [architecture: Architecture, length: number, columns: (name: string) => boolean, windowsPerEpoch?: number | undefined, epochs?: number])[] = [
  [logistic(), 2, isFlow],
  [mlp({ units: 32, secondUnits: 16 }), 2, isFlow],
  [lstmNet({ units: 32, secondUnits: 16, denseUnits: 16, dropout: 0.1 }), 20, isFlow],
  [gruNet({ units: 32, secondUnits: 16, denseUnits: 16, dropout: 0.1 }), 20, isFlow],
  [transformer({ width: 16, heads: 2, inner: 32 }), 10, isFlow],
  [deepLob({ filters: 8, inceptionFilters: 8, units: 16, padding: 'causal' }), 24, isLevel, undefined, 16],
  [binCtabl(), 10, isLevel, 12_000, 10],
]
const chosen = everything.filter(([{ name }]) => wanted.length === 0 || wanted.includes(name))

interface Line {
  readonly signal: number
  readonly architecture: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly rows: number
  readonly majority: number
  readonly epochs: number
  /** What trained it: other backends add up in another order, which moves the last figures. */
  readonly runtime: string
  readonly holds: boolean
}
const lines: Line[] = []
const date = new Date().toISOString().slice(0, 10)
const folder = `results/${date}_planted`
const file = join(folder, 'planted.json')
const percent = (value: number): string => (100 * value).toFixed(2)
function writeReport(): void {
  // Nets that are not run now keep what they had; read anew, as another run may have written.
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { readonly lines: readonly Line[] }).lines : []
  const all = signals.flatMap((signal) =>
    everything.flatMap(([{ name }]) => {
      const of = (line: Line): boolean => line.signal === signal && line.architecture === name
      return lines.find(of) ?? before.find(of) ?? []
    }),
  )
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${JSON.stringify({ seed, hours, lines: all }, undefined, 1)}\n`)
  writeFileSync(join(folder, 'planted.md'), `# Every architecture on a planted signal, ${date}

Synthetic data: \`simulator({ seed: ${seed}, signal: { accuracy } })\`, ${hours} hours, a row at each mid move, the next move to be called. The first 58 % of the rows train (a fifth of them
for early stopping), the rest tests. Made by \`npm run study:planted\`. Intervals are 95 %, stationary block bootstrap. With a signal of .65 no forecast can do better than .65 in the long run, so the
interval must contain it, at a half-width of one point at most; without one (.5) its upper end must stay below the majority share + 1.5 points.

| signal | net | accuracy, % | 95 % interval | test rows | majority, % | best epoch | trained by | holds |
|---|---|---|---|---|---|---|---|---|
${all.map((line) => `| ${line.signal} | ${line.architecture} | ${percent(line.value)} | ${percent(line.low)} to ${percent(line.high)} | ${line.rows} | ${percent(line.majority)} | ${line.epochs} | ${line.runtime} | ${line.holds ? 'yes' : 'NO'} |`).join('\n')}
`)
}
for (const signal of signals) {
  if (flags.signal !== undefined && Number(flags.signal) !== signal) continue
  const source = simulator({ seed, signal: { accuracy: signal }, durationMicros: hours * 3_600_000_000 })
  for (const [architecture, length, columns, windowsPerEpoch, epochs = 8] of chosen) {
    const bar = progressBar(`${architecture.name}, signal ${signal}`, epochs)
    const { frame, forecasts, scoreFrom, folds } = await trainWalkForward({
      source, features, labelers: { next: midMove({ rows: 1, kind: 'value' }) }, threshold: 0, sample: everyMidMove(), architecture, length, columns,
      folds: { folds: 1 }, trainShare: 0.58,
      cache: { folder: join(tmpdir(), 'rxlob-frames'), dataHash: `simulator ${seed} ${signal} ${hours}` },
      training: {
        epochs, patience: 3, learningRate: 0.003, batch: architecture.feeding === 'window' ? 128 : 32, ...(windowsPerEpoch !== undefined && { windowsPerEpoch }),
        onStep: ({ epoch, step, steps }) => bar.at(epoch - 1 + step / steps),
      },
    })
    bar.end()
    const run = prequential({ frame, target: 'next', learners: [forecasts['next']!], baselines: [majorityClass()], scoreFrom })
    const { value, low, high } = confusionInterval(accuracy, run.outcomes, run.forecasts[0]!.calls, { classes: 3, meanBlockRows: 20 })
    const ups = run.outcomes.filter((outcome) => outcome === 2).length / run.outcomes.length
    const majority = Math.max(ups, 1 - ups)
    const holds = signal === 0.5 ? high < majority + 0.015 : low <= signal && signal <= high && (high - low) / 2 <= 0.01
    const line = { signal, architecture: architecture.name, value, low, high, rows: run.outcomes.length, majority, epochs: folds[0]!.nets[0]!.bestEpoch, runtime: folds[0]!.nets[0]!.runtime.split(';')[0]!, holds }
    lines.push(line)
    writeReport()
    console.log(`signal ${signal}, ${architecture.name}: accuracy ${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)}) on ${line.rows} test rows, majority ${majority.toFixed(4)}, ${line.runtime}${holds ? '' : '  DOES NOT HOLD'}`)
  }
}
if (lines.some(({ holds }) => !holds)) process.exitCode = 1
