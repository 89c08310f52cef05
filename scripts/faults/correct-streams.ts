import { feeds, rig, smallMarket, type FeedName } from './rig.ts'
import { scaled, tally, type RowOptions, type RowResult } from './report.ts'

const gateCompared = 5_000_000
const gateEvents = 10_000_000
/** Messages between two looks at the clock: timers, pings and audits run there. */
const burst = 500

/** Spot and futures get the most: theirs are the numbers that skip. */
const shares: Readonly<Record<FeedName, number>> = { spot: 0.3, usdm: 0.3, level2_batch: 0.1, full: 0.15, advanced: 0.15 }

/** G4 and G6: correct streams of every venue, compared after every event. */
export async function correctStreams(options: RowOptions): Promise<readonly RowResult[]> {
  const g4 = tally('G4', 'book correctness', '5 M events, each compared with the reference', options)
  const g6 = tally('G6', 'no false alarms', '10 M correct events of all venues, no resync', options)
  const wanted = scaled(gateEvents, options.scale)
  let compared = 0
  let events = 0
  let resyncs = 0
  let listed = 0

  for (const feed of feeds) {
    const goal = Math.round(wanted * shares[feed])
    const { clock, venue, watch, symbols, start, stop } = rig({ feed, seed: options.seed, symbols: 2, ordersPerSecond: 0, latencyMicros: 0, market: { ...smallMarket, archive: 1 << 14 } })
    let seen = 0
    start()
    // Books open, and there is something to count from.
    for (let round = 0; round < 200 && !watch.allLive; round++) {
      for (const symbol of symbols) venue.reference.market(symbol).act(5)
      await clock.advance(100_000)
    }
    const before = watch.counts.compared + watch.counts.trades
    let reported = 0
    while (seen < goal) {
      // Half of an instant's messages come in a burst, half on the clock.
      for (let message = 0; message < burst; message++) {
        const market = venue.reference.market(symbols[message % symbols.length]!)
        market.act(2)
        venue.publish()
      }
      await clock.advance(200_000)
      const now = watch.counts.compared + watch.counts.trades - before
      if (now === seen) throw new Error(`${feed}: nothing comes any more after ${seen} events: ${JSON.stringify([...watch.told])} ${watch.failures.join('; ')}`)
      seen = now
      if (seen - reported > 250_000) {
        reported = seen
        options.progress(`G4 G6 ${feed}: ${seen.toLocaleString('en')} of ${goal.toLocaleString('en')}`)
      }
    }
    const bad = [...watch.told].filter(([status]) => status !== 'connected').map(([status, count]) => `${status} ${count}`)
    resyncs += bad.length
    if (bad.length > 0) g6.fail(`${feed}: ${bad.join(', ')}: ${JSON.stringify(watch.statuses.filter(({ status }) => status !== 'connected').slice(0, 3))}`)
    g4.close(watch, venue, feed)
    compared += watch.counts.compared
    listed += watch.counts.listed
    events += seen
    g6.notes.push(`${feed}: ${seen.toLocaleString('en')} events (${watch.counts.compared.toLocaleString('en')} of the book)`)
    await stop()
  }
  g4.sums.produced = compared
  g4.sums.delivered = compared
  g6.sums.produced = events
  g6.sums.delivered = events
  g4.notes.push(`${listed.toLocaleString('en')} of them also level by level`)
  return [
    g4.result(`${compared.toLocaleString('en')} events compared by hash`, compared < gateCompared),
    g6.result(`${events.toLocaleString('en')} events, ${resyncs} kinds of alarm`, events < gateEvents),
  ]
}
