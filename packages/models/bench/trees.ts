// Training and prediction of boosted trees: node packages/models/bench/trees.ts (after `npm run build`).
import { seededRandom, type FeatureWindow } from '@rxlob/core/kernel'
import { fitTrees, treesPredictor } from '@rxlob/models/trees'

const random = seededRandom(1)
const rows = 100_000
const width = 40
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const inputs = Float32Array.from({ length: rows * width }, normal)
const score = Float64Array.from({ length: rows }, (_, row) => inputs[row * width]! * inputs[row * width + 1]! + inputs[row * width + 2]! + normal())
const two = score.map((value) => (value > 0 ? 1 : 0))
const three = score.map((value) => (value < -0.7 ? 0 : value > 0.7 ? 2 : 1))
const columns = Array.from({ length: width }, (_, column) => `x${column}`)

for (const [classes, targets] of [[2, two], [3, three]] as const) {
  const start = process.cpuUsage().user
  const { ensemble, losses } = fitTrees({ inputs, columns: width, targets, classes, rounds: 50, leaves: 31 })
  const seconds = (process.cpuUsage().user - start) / 1e6
  console.log(`${rows} x ${width}, ${classes} classes, ${ensemble.roots.length} trees of 31 leaves: ${seconds.toFixed(2)} s of CPU, training loss ${losses.at(-1)!.trainLoss.toFixed(4)}`)

  const predictor = treesPredictor({
    ensemble,
    input: { columns, fingerprints: columns, sampler: 'every_event', length: 1 },
    output: { kind: 'classes', classes: Array.from({ length: classes }, (_, k) => `c${k}`), horizon: { rows: 1 } },
  })
  const nanos = new Float64Array(20_000)
  for (let row = 0; row < nanos.length; row++) {
    const window: FeatureWindow = { instrument: 'bench:X', row, data: inputs.slice(row * width, (row + 1) * width), shape: [1, width], tsLocal: 0 }
    const from = process.hrtime.bigint()
    void predictor.predict(window)
    nanos[row] = Number(process.hrtime.bigint() - from)
  }
  const sorted = nanos.subarray(5000).sort()
  console.log(`one window: P50 ${(sorted[7500]! / 1000).toFixed(1)} us, P99 ${(sorted[14_850]! / 1000).toFixed(1)} us`)
}
