import { rig } from './rig.ts'
import { scaled, tally, type RowOptions, type RowResult } from './report.ts'

const gateSymbols = 200

/** G3: many symbols on few sockets, all live within half of the request weight; then one of them breaks. */
export async function manyStreams(options: RowOptions): Promise<RowResult> {
  const g3 = tally('G3', 'streams', '200 symbols on at most 5 sockets, all live within half of the request weight', options)
  const symbols = scaled(gateSymbols, Math.min(1, options.scale))
  // Snapshots of 5000 levels, at the weight of 250 that they have.
  const { clock, venue, watch, start, stop, symbols: names } = rig({ feed: 'spot', seed: options.seed + 2, symbols, ordersPerSecond: 1, levels: 5000, market: { orders: 40, reachTicks: 40, archive: 1 << 12 } })
  const began = clock.now()
  start()
  for (let round = 0; round < 3000 && !watch.allLive; round++) {
    await clock.advance(1_000_000)
    if (round % 200 === 199) options.progress(`G3: ${names.filter((name) => watch.synced(name)).length} of ${symbols} live after ${round + 1} s`)
  }
  const sockets = venue.connections
  const first = venue.politeness.report()
  g3.notes.push(`${symbols} symbols live on ${sockets} sockets after ${((clock.now() - began) / 60e6).toFixed(1)} min; at worst ${first.weightPerMinute} of ${venue.frontEnd.rules.weightPerMinute} weight a minute, ${first.framesPerSecond} frames a second`)
  if (!watch.allLive) g3.fail('not all are live')
  if (sockets > 5) g3.fail(`${sockets} sockets`)

  await clock.advance(70_000_000)
  const lost = new Set<string>()
  watch.onChange((symbol, synced) => {
    if (!synced) lost.add(symbol)
  })
  const requests = venue.politeness.report().requests
  const broken = names[Math.floor(symbols / 2)]!
  venue.faults.inject({ kind: 'drop', symbol: broken })
  g3.sums.injected = 1
  for (let round = 0; round < 60; round++) await clock.advance(1_000_000)
  const asked = venue.politeness.report().requests - requests
  g3.sums.detected = lost.has(broken) ? 1 : 0
  g3.sums.recovered = watch.allLive ? 1 : 0
  if (lost.size !== 1 || !watch.allLive || asked > 2) g3.fail(`one message lost of ${broken}: ${lost.size} books lost (${[...lost].slice(0, 5).join(', ')}), ${asked} requests, ${watch.allLive ? 'all' : 'not all'} live`)
  g3.notes.push(`a loss of one symbol: ${symbols - lost.size} others stayed live, ${asked} request`)
  g3.close(watch, venue, 'spot')
  g3.sums.produced = watch.counts.compared
  g3.sums.delivered = watch.counts.compared
  await stop()
  return g3.result(`${symbols} symbols`, symbols < gateSymbols)
}
