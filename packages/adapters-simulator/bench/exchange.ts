import { seededRandom } from '@rxlob/core'
import { exchange } from '../src/exchange/index.js'
import { simulator } from '../src/index.js'

// Orders a second through the matching engine, and events a second through the simulator: best of five.
const best = async (run: () => Promise<number> | number): Promise<number> => {
  let rate = 0
  for (let round = 0; round < 5; round++) {
    const from = performance.now()
    const count = await run()
    rate = Math.max(rate, count / (performance.now() - from) * 1000)
  }
  return Math.round(rate)
}

const operations = 1_000_000
const engine = await best(() => {
  const random = seededRandom(1)
  const venue = exchange()
  for (let orderId = 1; orderId <= operations; orderId++) {
    const kind = random()
    if (kind < 0.45) venue.cancel(orderId - 1 - Math.floor(random() * 1000))
    else venue.submit({ orderId, side: random() < 0.5 ? 'buy' : 'sell', type: 'limit', lots: 1 + Math.floor(random() * 100), ticks: 1000 + Math.floor(40 * (random() + random() - 1)) })
  }
  return operations
})
const hour = async (options: Parameters<typeof simulator>[0]): Promise<number> => {
  let rows = 0
  for await (const { length } of simulator(options).batches()) rows += length
  return rows
}
console.log(JSON.stringify({ ordersPerSecond: engine, reactiveEventsPerSecond: await best(() => hour({})), plantedEventsPerSecond: await best(() => hour({ signal: {} })), windowedEventsPerSecond: await best(() => hour({ levels: 10 })) }))
