// Folds in time order: fitted on what was known, scored on what came after, and the scored forecasts traded. LOBSTER day: node index.ts FOLDER SYMBOL LEVELS
import { mkdir, writeFile } from 'node:fs/promises'
import { lobster } from '@rxlob/adapters-lobster'
import { simulator } from '@rxlob/adapters-simulator'
import { alwaysLong, backtest, backtestReport, bookPicture, constantLatency, followSignal, formatReport, imbalanceRule, quoteTape, randomEntry, recordedPredictor, roundTrips, squareRootCost } from '@rxlob/backtest'
import { collectFrame, everyQuote, inputOf, midMove, midPrice, queueImbalance, rollingOfi, spread, thresholdSignal, type Strategy } from '@rxlob/core'
import { evaluate, imbalanceLogistic, majorityClass, persistence, superiorAbility, walkForward } from '@rxlob/evaluation'

if (process.argv.includes('--help')) {
  console.log('node index.ts                        a simulated market (synthetic data)\nnode index.ts FOLDER SYMBOL LEVELS   a NASDAQ day in LOBSTER format')
  process.exit()
}
const [folder, symbol = 'GOOG', levels = '10'] = process.argv.slice(2)
const source = folder === undefined ? simulator({ seed: 1, durationMicros: 1800e6 }) : lobster({ folder, symbol, levels: Number(levels) })
const features = [queueImbalance(), spread(), rollingOfi({ micros: 1_000_000 }), rollingOfi({ micros: 10_000_000 })]
const sample = everyQuote()
const labeler = midMove({ rows: 20 })
const { output } = labeler
if (output.kind !== 'classes') throw new Error('This example forecasts classes.')

// The mid is there for the baselines alone.
const frame = await collectFrame(source, [...features, midPrice()], { sample, labelers: { move: labeler } })
const folds = walkForward({ rows: frame.length, folds: 5, train: 'rolling', trainRows: Math.floor(frame.length / 3), horizonRows: 20, embargoRows: 100 })
const { columns } = inputOf(features, { length: 1, sample })
const models = [imbalanceLogistic({ name: 'logistic', columns }), imbalanceLogistic(), majorityClass(), persistence({ rows: 20 })]
const evaluation = evaluate({ frame, target: 'move', classes: output.classes, horizon: output.horizon, models, folds, draws: 500, onProgress: (done, all) => console.log(`fold ${done} of ${all}`) })

const { rows, forecasts } = evaluation.predictions
const predictor = recordedPredictor({ name: 'logistic', input: inputOf(features, { length: 1, sample }), output, rows, values: forecasts[0]!.probabilities })
const execution = { latency: constantLatency({ micros: 500 }), cost: squareRootCost({ feeBps: 0.05, impact: 0.5 }), intervalMicros: 10e6 }
const result = await backtest({ source, features, sample, predictor, signal: thresholdSignal({ minProbability: 0.6 }), strategy: followSignal({ lots: 10, holdMicros: 30e6 }), ...execution })
const run = (strategy: Strategy) => backtest({ source, strategy, ...execution })
const others = [await run(imbalanceRule({ lots: 10, everyMicros: 30e6 })), await run(alwaysLong({ lots: 10 }))]

const gains = [result, ...others].map(({ curve }) => curve.net.map((net, row) => net - (row === 0 ? 0 : curve.net[row - 1]!)))
const { pValue, realityCheck } = superiorAbility(gains, { meanBlockRows: 12, draws: 2000 })
const trips = roundTrips(result.fills, result.instruments)
const quotes = await quoteTape(source)
const to = result.to
const page = backtestReport(result, {
  data: { name: folder === undefined ? 'Simulated market, seed 1' : `NASDAQ ${symbol} (LOBSTER)`, period: `${result.fromTime.slice(0, 19)} to ${result.toTime.slice(0, 19)} UTC`, synthetic: folder === undefined },
  timeZone: 'America/New_York',
  others,
  evaluation,
  book: await bookPicture(source, { from: to - 600e6, to }),
  ...(trips.length > 0 && quotes !== undefined && { randomEntry: randomEntry(trips, { instrument: result.instruments[0]!, quotes, feeBps: 0.05 }) }),
})
await mkdir('out', { recursive: true })
await writeFile('out/walk-forward.html', page)

const { report } = evaluation
if (folder === undefined) console.log('\nSynthetic data: a simulated market.')
console.log(`\n${report.rows} rows out of sample: accuracy ${report.accuracy.value.toFixed(3)} (${report.accuracy.low.toFixed(3)} to ${report.accuracy.high.toFixed(3)}), majority ${report.majorityShare.toFixed(3)}, MCC ${report.mcc.value.toFixed(3)}`)
console.log(`Any of ${gains.length} strategies better than no trade? p = ${pValue.toFixed(3)} (superior ability), ${realityCheck.toFixed(3)} (reality check)\n`)
console.log(`${formatReport(result)}\n\nreport: out/walk-forward.html`)
