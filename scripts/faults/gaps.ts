import { seededRandom, type MarketEvent } from '@rxlob/core'
import { rig, sourceOf } from './rig.ts'
import { scaled, tally, type RowOptions, type RowResult } from './report.ts'

const gateGaps = 10_000

/** G5: losses of 1 to 50 messages; the very next one must tell exactly what is missing, and nothing passes until the book is whole. */
export async function gaps(options: RowOptions): Promise<RowResult> {
  const g5 = tally('G5', 'gap detection', '10,000 gaps, each told by the next event with exact bounds', options)
  const wanted = scaled(gateGaps, options.scale)
  const random = seededRandom(options.seed + 5)
  let exact = 0

  for (const feed of ['spot', 'usdm', 'full'] as const) {
    const goal = Math.ceil(wanted / 3)
    const { clock, venue, watch, symbols, outside, stop } = rig({ feed, seed: options.seed + 1, symbols: 1, ordersPerSecond: 0, latencyMicros: 0 })
    const market = venue.reference.market(symbols[0]!)
    const events: MarketEvent[] = []
    const subscription = sourceOf(feed, symbols, outside).events().subscribe((event) => {
      watch.event(event)
      events.push(event)
    })
    const publish = (): void => {
      const before = market.sequence
      while (market.sequence === before) market.act(1)
      venue.publish()
    }
    /** Till the book is whole; snapshots cost weight, and wait for it. */
    async function live(): Promise<void> {
      for (let round = 0; round < 2000 && !watch.allLive; round++) {
        publish()
        await clock.advance(100_000)
      }
      if (!watch.allLive) throw new Error(`${feed} does not become live: ${JSON.stringify(events.slice(-5))}`)
    }
    await live()
    for (let gap = 0; gap < goal; gap++) {
      for (let good = Math.floor(random() * 5); good >= 0; good--) publish()
      await clock.advance(5000)
      events.length = 0
      const from = venue.faults.log.length
      const lost = 1 + Math.floor(random() * 50)
      venue.faults.inject({ kind: 'drop', count: lost })
      g5.sums.injected++
      // With level 3 one order may make several messages: some of the last may pass.
      while (venue.faults.log.length < from + lost) publish()
      if (events.some(({ kind }) => kind === 'status' || kind === 'delta') && feed !== 'full') g5.fail(`${feed} gap ${gap}: something came before the message after the loss`)
      const missing = venue.faults.log.slice(from)
      publish()
      const status = events.find((event) => event.kind === 'status')
      const first = missing[0]!.message!.from!
      const last = missing.at(-1)!.message!.to!
      if (status?.kind !== 'status' || status.status !== 'gap' || watch.allLive) {
        g5.fail(`${feed} gap ${gap} of ${lost}: the next message told ${JSON.stringify(status)}`)
        break
      }
      g5.sums.detected++
      // Futures skip ids: what is known is the last that was seen and the one before the next.
      const right = feed === 'usdm' ? status.fromSeq! <= first && status.toSeq! === last : status.fromSeq === first && status.toSeq === last
      if (right) exact++
      else g5.fail(`${feed} gap ${gap}: missing ${first} to ${last}, told ${status.fromSeq} to ${status.toSeq}`)
      await live()
      g5.sums.recovered++
      if (gap % 500 === 499) options.progress(`G5 ${feed}: ${gap + 1} of ${goal}`)
    }
    g5.close(watch, venue, feed)
    g5.sums.produced += watch.counts.compared + g5.sums.injected
    g5.sums.delivered += watch.counts.compared
    subscription.unsubscribe()
    await stop()
  }
  g5.sums.dropped = g5.sums.produced - g5.sums.delivered
  return g5.result(`${g5.sums.injected.toLocaleString('en')} gaps, ${exact.toLocaleString('en')} told with exact bounds`, g5.sums.injected < gateGaps)
}
