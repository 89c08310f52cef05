import { systemClock } from '@rxlob/feed'
import { venue, venueServer } from '@rxlob/testkit/venues'

/** A Binance and a Coinbase on this machine, each with its own market: two made-up markets, so their prices drift apart. */
export async function ownVenues(binance: readonly string[], coinbase: readonly string[]) {
  const clock = systemClock()
  const venues = [venue({ name: 'binance', clock, seed: 1, symbols: binance }), venue({ name: 'coinbase', clock, seed: 2, symbols: coinbase })]
  const servers = await Promise.all(venues.map((each) => venueServer({ venue: each, clock })))
  return {
    urls: servers.map(({ rest }) => rest),
    async stop(): Promise<void> {
      for (const each of venues) each.stop()
      await Promise.all(servers.map((server) => server.stop()))
    },
  }
}
