// A learner forecasts the mid, a strategy trades the forecast, and the result says what that came to. LOBSTER day: node index.ts FOLDER SYMBOL LEVELS
import { lobster } from '@rxlob/adapters-lobster'
import { simulator } from '@rxlob/adapters-simulator'
import { backtest, constantLatency, followSignal, formatReport, squareRootCost } from '@rxlob/backtest'
import { everyQuote, inputOf, midMove, queueImbalance, rollingOfi, spread, thresholdSignal } from '@rxlob/core'
import { bayesianLogistic } from '@rxlob/models/bayes'

const [folder, symbol = 'GOOG', levels = '10'] = process.argv.slice(2)
const source = folder === undefined ? simulator({ seed: 1, durationMicros: 1800e6 }) : lobster({ folder, symbol, levels: Number(levels) })
const features = [queueImbalance(), spread(), rollingOfi({ micros: 1_000_000 })]
const sample = everyQuote()
const labeler = midMove({ rows: 20 })

const result = await backtest({
  source,
  features,
  sample,
  labeler,
  predictor: bayesianLogistic({ input: inputOf(features, { length: 1, sample }), output: labeler.output }),
  signal: thresholdSignal({ minProbability: 0.6 }),
  strategy: followSignal({ lots: 100 }),
  latency: constantLatency({ micros: 500 }),
  cost: squareRootCost({ feeBps: 0.3, impact: 0.5 }),
})

if (folder === undefined) console.log('Synthetic data: a simulated market.\n')
console.log(formatReport(result))
