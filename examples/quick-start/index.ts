import { simulator } from '@rxlob/adapters-simulator'
import { everyMidMove, features, isoTime, ofi, queueImbalance, rollingOfi, weightedMid } from '@rxlob/core'
import { take } from 'rxjs'

simulator({ seed: 1 })
  .events()
  .pipe(features([weightedMid(), queueImbalance(), ofi({ levels: 5 }), rollingOfi({ ticks: 50 })], { sample: everyMidMove() }), take(6))
  .subscribe((row) =>
    console.log(isoTime(row.tsExchange), row.get('weighted_mid').toFixed(4), row.get('queue_imbalance').toFixed(3), row.get('ofi_5'), row.get('rolling_ofi_1_50')),
  )
