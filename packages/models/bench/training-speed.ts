// Seconds a pass of training takes for each net at the sizes of the study: node packages/models/bench/training-speed.ts [net] (after npm run build)
import { seededRandom, type LabelledFrame } from '@rxlob/core'
import { binCtabl, deepLob, gruNet, logistic, lstmNet, trainNet, transformer, type Architecture } from '@rxlob/models/tfjs'

const rows = 20_000
const columns = 40
const random = seededRandom(1)
const values = Float64Array.from({ length: rows * columns }, () => random() * 2 - 1)
const times = Float64Array.from({ length: rows }, (_, row) => row)
const frame: LabelledFrame = {
  instrument: 'bench:X', columns: Array.from({ length: columns }, (_, column) => ({ name: `x_${column}`, unit: 'ratio' as const })), length: rows, firstRow: 0,
  tsExchange: times, tsLocal: times, values, breaks: [], targets: { move: Float64Array.from({ length: rows }, () => Math.floor(random() * 3)) }, settledRows: {},
}
const nets: readonly (readonly [name: string, architecture: Architecture, length: number])[] = [
  ['logistic', logistic(), 10],
  ['bin-ctabl', binCtabl(), 10],
  ['lstm 256-128-64', lstmNet(), 50],
  ['lstm 64-32-32', lstmNet({ units: 64, secondUnits: 32, denseUnits: 32 }), 50],
  ['gru 64-32-32', gruNet({ units: 64, secondUnits: 32, denseUnits: 32 }), 50],
  ['transformer 32, 2 heads', transformer({ width: 32, heads: 2 }), 50],
  ['deep-lob, causal', deepLob({ padding: 'causal' }), 50],
  ['deep-lob, causal, 16 filters', deepLob({ padding: 'causal', filters: 16, inceptionFilters: 32, units: 32 }), 50],
]
for (const [name, architecture, length] of nets.filter(([name]) => name.startsWith(process.argv[2] ?? ''))) {
  const started = process.cpuUsage()
  const net = await trainNet({
    architecture, frame, targets: { move: { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: 10 } } }, epochs: 1,
    input: { columns: frame.columns.map((column) => column.name), fingerprints: [], sampler: 'every_event', length }, train: { from: 0, to: 16_000 }, validation: { from: 16_000, to: rows },
  })
  const { user, system } = process.cpuUsage(started)
  console.log(`${name}: ${net.history[0]!.seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor time for 16,000 rows and 4,000 of validation (${net.runtime})`)
}
