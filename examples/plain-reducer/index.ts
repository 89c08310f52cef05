import { columnsOf, ofi, queueImbalance, spread, tradeFlow, weightedMid } from '@rxlob/core/kernel'
import { market } from './market.ts'
import { reduceFeatures } from './reduce-features.ts'

if (process.argv.includes('--help')) {
  console.log('Features of a hand-written market by a plain loop, without RxJS: node index.ts')
} else {
  const list = [weightedMid(), spread(), queueImbalance(), ofi({ levels: 3 }), tradeFlow()]
  console.log(columnsOf(list).map(({ name }) => name.padStart(16)).join(''))
  for (const row of reduceFeatures(market, list)) console.log([...row].map((value) => (Number.isNaN(value) ? '-' : String(Math.round(value * 1000) / 1000)).padStart(16)).join(''))
}
