// Every architecture on a simulated market whose best possible accuracy is known, and on one without a signal; all numbers are of synthetic data:
// npm run study:planted [architecture ...]
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulator } from '@rxlob/adapters-simulator'
import { bookLevels, everyMidMove, midMove, ofi, queueImbalance } from '@rxlob/core'
import { accuracy, confusionInterval, majorityClass, prequential } from '@rxlob/evaluation'
import { binCtabl, deepLob, gruNet, logistic, lstmNet, mlp, progressBar, trainWalkForward, transformer, type Architecture } from '@rxlob/models/tfjs'

const hours = 3
const signals = [0.65, 0.5]
const seed = 11
const features = [queueImbalance(), ofi(), bookLevels({ levels: 2 })]
const isLevel = (name: string): boolean => /^(ask|bid)_(price|lots)_\d/.test(name)
const isFlow = (name: string): boolean => !/price/.test(name)
const everything: readonly (readonly [architecture: Architecture, length: number, columns: (name: string) => boolean, windowsPerEpoch?: number])[] = [
  [logistic(), 2, isFlow],
  [mlp({ units: 32, secondUnits: 16 }), 2, isFlow],
  [lstmNet({ units: 32, secondUnits: 16, denseUnits: 16, dropout: 0.1 }), 20, isFlow],
  [gruNet({ units: 32, secondUnits: 16, denseUnits: 16, dropout: 0.1 }), 20, isFlow],
  [transformer({ width: 16, heads: 2, inner: 32 }), 10, isFlow],
  [deepLob({ filters: 8, inceptionFilters: 8, units: 16, padding: 'causal' }), 24, isLevel],
  [binCtabl(), 10, isLevel, 12_000],
]
const wanted = process.argv.slice(2)
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
  readonly holds: boolean
}
const lines: Line[] = []
for (const signal of signals) {
  const source = simulator({ seed, signal: { accuracy: signal }, durationMicros: hours * 3_600_000_000 })
  for (const [architecture, length, columns, windowsPerEpoch] of chosen) {
    const bar = progressBar(`${architecture.name}, signal ${signal}`, 8)
    const { frame, forecasts, scoreFrom, folds } = await trainWalkForward({
      source, features, labelers: { next: midMove({ rows: 1, kind: 'value' }) }, threshold: 0, sample: everyMidMove(), architecture, length, columns,
      folds: { folds: 1 }, trainShare: 0.58,
      cache: { folder: join(tmpdir(), 'rxlob-frames'), dataHash: `simulator ${seed} ${signal} ${hours}` },
      training: {
        epochs: 8, patience: 3, learningRate: 0.003, batch: architecture.feeding === 'window' ? 128 : 32, ...(windowsPerEpoch !== undefined && { windowsPerEpoch }),
        onStep: ({ epoch, epochs, step, steps }) => bar.at(((epoch - 1 + step / steps) / epochs) * 8),
      },
    })
    bar.end()
    const run = prequential({ frame, target: 'next', learners: [forecasts['next']!], baselines: [majorityClass()], scoreFrom })
    const { value, low, high } = confusionInterval(accuracy, run.outcomes, run.forecasts[0]!.calls, { classes: 3, meanBlockRows: 20 })
    const ups = run.outcomes.filter((outcome) => outcome === 2).length / run.outcomes.length
    const majority = Math.max(ups, 1 - ups)
    const holds = signal === 0.5 ? high < majority + 0.015 : low <= signal && signal <= high && (high - low) / 2 <= 0.01
    const line = { signal, architecture: architecture.name, value, low, high, rows: run.outcomes.length, majority, epochs: folds[0]!.nets[0]!.bestEpoch, holds }
    lines.push(line)
    console.log(`signal ${signal}, ${architecture.name}: accuracy ${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)}) on ${line.rows} test rows, majority ${majority.toFixed(4)}, ${folds[0]!.nets[0]!.runtime}${holds ? '' : '  DOES NOT HOLD'}`)
  }
}
const percent = (value: number): string => (100 * value).toFixed(2)
const date = new Date().toISOString().slice(0, 10)
const report = `# Every architecture on a planted signal, ${date}

Synthetic data: \`simulator({ seed: ${seed}, signal: { accuracy } })\`, ${hours} hours, a row at each mid move, the next move to be called. The first 58 % of the rows train (a fifth of them
for early stopping), the rest tests. Made by \`npm run study:planted\`. Intervals are 95 %, stationary block bootstrap. With a signal of .65 no forecast can do better than .65 in the long run, so the
interval must contain it; without one (.5) its upper end must stay below the majority share + 1.5 points.

| signal | net | accuracy, % | 95 % interval | test rows | majority, % | best epoch | holds |
|---|---|---|---|---|---|---|---|
${lines.map((line) => `| ${line.signal} | ${line.architecture} | ${percent(line.value)} | ${percent(line.low)} to ${percent(line.high)} | ${line.rows} | ${percent(line.majority)} | ${line.epochs} | ${line.holds ? 'yes' : 'NO'} |`).join('\n')}
`
if (wanted.length === 0) {
  const folder = `results/${date}_planted`
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'planted.md'), report)
  writeFileSync(join(folder, 'planted.json'), `${JSON.stringify({ seed, hours, lines }, undefined, 1)}\n`)
}
if (lines.some(({ holds }) => !holds)) process.exitCode = 1
