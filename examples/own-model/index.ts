import { simulator } from '@rxlob/adapters-simulator'
import { everyMidMove, features, inputOf, label, midMove, predict, queueImbalance, type Predictor } from '@rxlob/core'
import { firstValueFrom, toArray } from 'rxjs'

if (process.argv.includes('--help')) {
  console.log('node index.ts [seed]: predicts the moves of a simulated market (synthetic, planted accuracy 0.65) with a model of its own')
  process.exit()
}
const market = simulator({ seed: Number(process.argv[2] ?? 7), signal: { accuracy: 0.65 } })
const list = [queueImbalance()]
const sample = everyMidMove()
const next = midMove({ rows: 1 })

/** The queues lean where the price goes: the newest imbalance, half believed, and a little of the one before. */
const lean: Predictor = {
  contract: 1, name: 'lean', input: inputOf(list, { length: 2, sample }), output: next.output,
  predict({ data: [before, now] }) {
    const up = 1 / (1 + Math.exp(-(now! + 0.1 * before!)))
    return Float32Array.of(1 - up, 0, up)
  },
}

const predictions = await firstValueFrom(market.events().pipe(features(list, { sample }), predict(lean), toArray()))
const moves = new Map((await firstValueFrom(market.events().pipe(label(next, { sample }), toArray()))).map(({ row, target }) => [row, target]))
const settled = predictions.filter(({ row }) => moves.has(row))
const right = settled.filter(({ row, values }) => (values[2]! > 0.5 ? 2 : 0) === moves.get(row)).length
const share = right / settled.length
console.log(`right in ${right} of ${settled.length} moves: ${share.toFixed(3)} +- ${(1.96 * Math.sqrt((share * (1 - share)) / settled.length)).toFixed(3)}; planted: 0.65`)
