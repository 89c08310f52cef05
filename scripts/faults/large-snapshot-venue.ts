// Two venues on a process of their own: one market by order whose book is larger than 10 MiB, and twenty small ones. They say their ports and end with their parent.
import { pathToFileURL } from 'node:url'
import { systemClock } from '@rxlob/feed'
import { venue, venueServer } from '@rxlob/testkit/venues'

export const largeSymbol = 'BTC-USD'
export const smallSymbols: readonly string[] = Array.from({ length: 20 }, (_, rank) => `AB${rank}-USD`)
/** Of 62 bytes each in its REST answer: 10.5 MB and more. */
const restingOrders = 176_000
const levelsAside = 5000

async function serve(): Promise<void> {
  const clock = systemClock()
  const large = venue({ name: 'coinbase', clock, symbols: [largeSymbol], ordersPerSecond: 200, market: { orders: restingOrders, reachTicks: levelsAside, ordersPerLevel: Math.ceil(restingOrders / levelsAside / 2) } })
  const small = venue({ name: 'coinbase', clock, seed: 2, symbols: smallSymbols, ordersPerSecond: 20, market: { orders: 100, reachTicks: 60 } })
  const [largeServer, smallServer] = await Promise.all([venueServer({ venue: large, clock }), venueServer({ venue: small, clock })])
  process.on('disconnect', () => process.exit(0))
  process.send!({ large: largeServer.port, small: smallServer.port })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) void serve()
