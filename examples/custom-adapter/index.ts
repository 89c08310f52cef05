import { everyMidMove, features, ofi, queueImbalance, weightedMid } from '@rxlob/core'
import { take } from 'rxjs'
import { acme } from './acme.ts'
import { acmeServer } from './acme-server.ts'

const server = await acmeServer()

acme(server.url)
  .events()
  .pipe(features([weightedMid(), queueImbalance(), ofi({ levels: 5 })], { sample: everyMidMove() }), take(6))
  .subscribe({
    next: (row) => console.log(row.get('weighted_mid').toFixed(4), row.get('queue_imbalance').toFixed(3), row.get('ofi_5')),
    complete: () => server.close(),
  })
