import { simulator } from '@rxlob/adapters-simulator'
import { everyMidMove, features, isoTime, queueImbalance } from '@rxlob/core'
import { take } from 'rxjs'
import { quoteAge } from './quote-age.ts'

if (process.argv.includes('--help')) {
  console.log('How long the best prices have stood each time the mid moves, in a simulated market: node index.ts [rows]')
} else {
  const rows = Number(process.argv[2] ?? 6)
  if (!Number.isInteger(rows) || rows < 1) throw new Error(`Expected how many rows to print, 1 or more, got ${process.argv[2]}.`)
  simulator({ seed: 1 })
    .events()
    .pipe(features([queueImbalance(), quoteAge()], { sample: everyMidMove() }), take(rows))
    .subscribe((row) => console.log(isoTime(row.tsExchange), row.get('queue_imbalance').toFixed(3), `bid ${row.get('bid_age') / 1000} ms`, `ask ${row.get('ask_age') / 1000} ms`))
}
