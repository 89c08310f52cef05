// CPU time of each online learner, a row predicted and learned: node packages/models/bench/online-learners.ts (after `npm run build`).
import { seededRandom, type FeatureWindow, type InputSpec, type OnlineLearner, type OutputSpec } from '@rxlob/core/kernel'
import { bayesianLogistic, bayesianProbit, bernoulliRuns, changeAlarm, dirichletMultinomial, localLevel, nigRegression, particleFilter, restartOnChange, variationalLogistic } from '@rxlob/models/bayes'
import { adaptiveEnsemble, horizonMembers } from '@rxlob/models/ensemble'

const rows = 5_000
const rounds = 5
const random = seededRandom(1)
const value: OutputSpec = { kind: 'value', unit: 'ticks', horizon: { rows: 1 } }

function inputOf(inputs: number): InputSpec {
  const columns = Array.from({ length: inputs }, (_, j) => `x${j}`)
  return { columns, fingerprints: columns, sampler: 'every_event', length: 1, scaler: { mean: columns.map(() => 0), scale: columns.map(() => 0.3) } }
}

const classes = (count: number, horizonRows = 1): OutputSpec => ({ kind: 'classes', classes: Array.from({ length: count }, (_, k) => `c${k}`), horizon: { rows: horizonRows } })

/** Microseconds of CPU time a row, best of the rounds: what else the machine does can only add to it. */
function best(body: () => void): number {
  let least = Infinity
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage()
    body()
    least = Math.min(least, process.cpuUsage(start).user / rows)
  }
  return least
}

function learning(learner: OnlineLearner): number {
  const inputs = learner.input.columns.length
  const window = { instrument: 'bench:X', row: 0, data: new Float32Array(inputs), shape: [1, inputs], tsLocal: 0 } satisfies FeatureWindow
  const targets = learner.output.kind === 'classes' ? learner.output.classes.length : 0
  return best(() => {
    for (let row = 0; row < rows; row++) {
      window.row++
      for (let j = 0; j < inputs; j++) window.data[j] = random() - 0.5
      learner.predict(window)
      learner.learn(window, targets > 0 ? Math.floor(random() * targets) : random())
    }
  })
}

const report = (name: string, micros: number): void => console.log(`${name.padEnd(62)} ${micros.toFixed(2).padStart(8)} us a row ${Math.round(1e6 / micros).toLocaleString('en').padStart(10)} rows/s`)

for (const inputs of [8, 30]) {
  const input = inputOf(inputs)
  for (const count of [2, 3]) {
    const output = classes(count)
    const label = `${inputs} inputs, ${count} classes`
    report(`bayesianLogistic, ${label}`, learning(bayesianLogistic({ input, output })))
    report(`bayesianLogistic, Laplace, ${label}`, learning(bayesianLogistic({ input, output, update: 'laplace' })))
    report(`bayesianProbit, ${label}`, learning(bayesianProbit({ input, output })))
    report(`variationalLogistic, ${label}`, learning(variationalLogistic({ input, output })))
  }
  report(`nigRegression, ${inputs} inputs`, learning(nigRegression({ input, output: value })))
}
const [input, output] = [inputOf(8), classes(3)]
report('dirichletMultinomial, 8 inputs of 3 bins, 3 classes', learning(dirichletMultinomial({ input, output, edges: input.columns.map(() => [-0.2, 0.2]) })))
report('restartOnChange(bayesianLogistic), 8 inputs, 3 classes', learning(restartOnChange({ learner: () => bayesianLogistic({ input, output }) })))
report('adaptiveEnsemble of three memories, 8 inputs, 3 classes', learning(adaptiveEnsemble({ members: horizonMembers({ input, output }) })))
const far = classes(3, 50)
report('the same at a horizon of 50 rows', learning(adaptiveEnsemble({ members: horizonMembers({ input, output: far }) })))
const alarm = changeAlarm({ model: bernoulliRuns() })
report('changeAlarm(bernoulliRuns), 200 run lengths', best(() => {
  for (let row = 0; row < rows; row++) alarm.step(random() < 0.6 ? 1 : 0)
}))
for (const particles of [200, 1000]) {
  const filter = particleFilter({ model: localLevel({ levelVariance: 0.001, noiseVariance: 0.1, noiseDegrees: 5 }), random, particles })
  report(`particleFilter, local level, ${particles} particles`, best(() => {
    for (let row = 0; row < rows; row++) filter.step(random() - 0.5)
  }))
}
