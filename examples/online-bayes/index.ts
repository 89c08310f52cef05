// A signal that turns against those who trusted it: error and uncertainty of four learners before, at and after. `node index.ts --help`
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { simulator } from '@rxlob/adapters-simulator'
import { LobError, type FeatureWindow } from '@rxlob/core'
import { dirichletMultinomial, restartOnChange, type CalledChange, type DirichletForecast } from '@rxlob/models/bayes'
import { adaptiveEnsemble, horizonMembers } from '@rxlob/models/ensemble'
import { drawFigures, page, type Study } from './page.ts'
import { lossOver, meanOver, phasesOf } from './phases.ts'
import { input, output, runLearner } from './run-learner.ts'

const help = `Learners at a change of a simulated market (synthetic data).

  --minutes N   length of the session, 10 or more; the change comes halfway (default 20)
  --seed N      of the market (default 7)
  --out FOLDER  where the page goes (default out)`
const accuracies = [0.65, 0.35] as const

async function run(minutes: number, seed: number, out: string): Promise<void> {
  const market = simulator({
    seed, durationMicros: minutes * 60e6, signal: { accuracy: accuracies[0] }, regimes: [{ fromMicros: minutes * 30e6, accuracy: accuracies[1] }],
  })
  // Shares of up and down for each of the two cues; what it knows of them has a mean and a deviation.
  const counting = (name: string, forgetting: number) => dirichletMultinomial({ name, input, output, edges: [[0]], forgetting })
  const changes: CalledChange[] = []
  const [stubborn, fading] = [counting('never forgets', 1), counting('forgets slowly', 0.998)]
  const restarting = restartOnChange({ name: 'begins again', learner: () => counting('young', 1), onChange: (change) => changes.push(change) })
  const ensemble = adaptiveEnsemble({
    name: 'ensemble',
    members: [...horizonMembers({ input, output, learner: ({ name, forgetting }) => counting(name, forgetting) }), () => restartOnChange({ learner: () => counting('young', 1) })],
  })

  const up = ({ mean, variance }: DirichletForecast) => [mean[2]!, Math.sqrt(variance[2]!)] as const
  const learners = [
    { learner: restarting, believe: (window: FeatureWindow) => up(restarting.current.forecast(window)) },
    { learner: stubborn, believe: (window: FeatureWindow) => up(stubborn.forecast(window)) },
    { learner: fading, believe: (window: FeatureWindow) => up(fading.forecast(window)) },
    { learner: ensemble, believe: (window: FeatureWindow) => [ensemble.predict(window)[2]!, NaN] as const },
  ]
  const runs = []
  for (const { learner, believe } of learners) {
    process.stderr.write(`${learner.name} ...\n`)
    runs.push(await runLearner(market, learner, believe))
  }

  // The simulator's own account of the moves; the first of them is the label of the opening row.
  const flip = [...market.truth()].findIndex(({ accuracy }) => accuracy === accuracies[1])
  const moves = runs[0]!.losses.length
  const phases = phasesOf(flip, moves)
  const called = changes.map(({ row, rowsAgo }) => `at move ${row + 1}, ${row + 1 - flip} after the true one, and placed it ${Math.abs(row + 1 - rowsAgo - flip)} moves ${row + 1 - rowsAgo < flip ? 'too early' : 'too late'}`)
  const [before, at] = [phases[0]!, phases[1]!]
  const findings = [
    `The signal turns at move ${flip} of ${moves}. The restarting learner called ${changes.length} ${changes.length === 1 ? 'change' : 'changes'}: ${called.join('; ') || 'none'}.`,
    `Over the 50 moves after the turn the one that never forgets lost ${lossOver(runs[1]!, at).toFixed(3)} nats a move, where a coin loses 0.693; its belief's deviation was ${meanOver(runs[1]!.deviation, at).toFixed(3)}: it was wrong and sure.`,
    `The restarting learner's deviation was ${meanOver(runs[0]!.deviation, before).toFixed(3)} before the turn and ${meanOver(runs[0]!.deviation, phases[2]!).toFixed(3)} 50 to 200 moves after it: it knew that it had to learn anew.`,
  ]
  const study: Study = { data: { name: `Simulated market, seed ${seed}`, period: `${minutes} minutes`, synthetic: true }, runs, phases, flip, accuracies, findings }
  const figures = drawFigures(study)
  await mkdir(out, { recursive: true })
  const path = join(out, 'online-bayes.html')
  await writeFile(path, page(study, figures))

  console.log('Synthetic data: a simulated market.\n')
  console.log(findings.join('\n'))
  console.log('\nLog loss, nats a move')
  console.table(Object.fromEntries(runs.map((each) => [each.name, Object.fromEntries(phases.map((phase) => [phase.name, Number(lossOver(each, phase).toFixed(4))]))])))
  console.log(`page: ${path}`)
}

try {
  const { values } = parseArgs({ options: { help: { type: 'boolean' }, minutes: { type: 'string', default: '20' }, seed: { type: 'string', default: '7' }, out: { type: 'string', default: 'out' } } })
  const minutes = Number(values.minutes)
  if (values.help) console.log(help)
  else if (!(minutes >= 10)) throw new LobError('LOB_BAD_OPTION', `--minutes: expected 10 or more, got ${values.minutes}.`)
  else await run(minutes, Number(values.seed), values.out)
} catch (error) {
  console.error(error instanceof LobError ? `${error.code}: ${error.message}` : error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
