// Rows a second of the online learner: node packages/models/bench/bayesian-logistic.ts (after `npm run build`).
import { seededRandom, type FeatureWindow } from '@rxlob/core/kernel'
import { bayesianLogistic } from '@rxlob/models/bayes'

const random = seededRandom(1)
const rows = 50_000

for (const [inputs, classes, forgetting] of [[8, 3, 0.9999], [30, 2, 0.9999], [30, 3, 1], [30, 3, 0.9999], [30, 3, 0.999]] as const) {
  const columns = Array.from({ length: inputs }, (_, j) => `x${j}`)
  const learner = bayesianLogistic({
    input: { columns, fingerprints: columns, sampler: 'every_event', length: 1 },
    output: { kind: 'classes', classes: Array.from({ length: classes }, (_, k) => `c${k}`), horizon: { rows: 1 } },
    forgetting,
  })
  const window: FeatureWindow = { instrument: 'bench:X', row: 0, data: new Float32Array(inputs), shape: [1, inputs], tsLocal: 0 }
  const start = process.cpuUsage().user
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < inputs; j++) window.data[j] = random() - 0.5
    learner.predict(window)
    learner.learn(window, Math.floor(random() * classes))
  }
  const seconds = (process.cpuUsage().user - start) / 1e6
  console.log(`${inputs} inputs, ${classes} classes, forgetting ${forgetting}: ${Math.round(rows / seconds)} rows a second (predict and learn)`)
}
