import { binance } from '@rxlob/adapters-binance'
import { coinbase } from '@rxlob/adapters-coinbase'
import { seededRandom } from '@rxlob/core'
import { virtualClock, type LiveSource, type Outside, type VirtualClock } from '@rxlob/feed'
import { inProcessNetwork, venue, type Venue, type VenueName, type VenueOptions } from '@rxlob/testkit/venues'
import { bookWatch, type BookWatch } from './book-watch.ts'

/** The ways to follow a market that the suite tries. */
export const feeds = ['spot', 'usdm', 'level2_batch', 'full', 'advanced'] as const
export type FeedName = (typeof feeds)[number]

const venueOf: Readonly<Record<FeedName, VenueName>> = { spot: 'binance', usdm: 'binance-usdm', level2_batch: 'coinbase', full: 'coinbase', advanced: 'coinbase-advanced' }

/** The only feed here whose messages carry no numbers at all. */
const isNumbered = (feed: FeedName): boolean => feed !== 'level2_batch'

/** Levels of a snapshot: more than the small markets here ever have, for a fiftieth of the weight of the default. */
const snapshotLevels = 100
/** Mean time between audits where there are any. */
const auditSeconds = 20
/** An audit comes within one and a half times its mean time, looks again after 5 s, and may have to wait for a quiet book. */
const auditMicros = 60_000_000
/** A snapshot of another symbol whose number is ahead is told from a fresh one by the messages that never catch up with it: 5 s of them. */
const snapshotMicros = 7_000_000

const exchangeKey = { key: 'synthetic-key', passphrase: 'synthetic-pass', secret: 'c3ludGhldGljLXNlY3JldC0wMTIzNDU2Nzg5YWJjZGVm' }

export interface FeedHosts {
  readonly streams: string
  readonly rest: string
}

export function sourceOf(feed: FeedName, symbols: readonly string[], outside: Outside, hosts: FeedHosts = { streams: 'ws://venue', rest: 'http://venue' }, levels = snapshotLevels): LiveSource {
  switch (feed) {
    case 'spot':
      return binance({ symbols, trades: true, checkQuotes: true, snapshotLevels: levels, hosts }, outside)
    case 'usdm':
      return binance({ symbols, market: 'usdm', trades: true, snapshotLevels: levels, hosts }, outside)
    case 'full':
      return coinbase({ symbols, feed: 'exchange', book: 'full', exchangeKey, hosts }, outside)
    case 'level2_batch':
      return coinbase({ symbols, feed: 'exchange', trades: true, auditSeconds, hosts }, outside)
    default:
      return coinbase({ symbols, trades: true, hosts }, outside)
  }
}

export interface RigOptions {
  readonly feed: FeedName
  readonly seed: number
  readonly symbols?: number
  readonly ordersPerSecond?: number
  readonly latencyMicros?: number
  readonly market?: VenueOptions['market']
  readonly levels?: number
}

export interface Rig {
  readonly clock: VirtualClock
  readonly venue: Venue
  readonly outside: Outside
  readonly symbols: readonly string[]
  readonly watch: BookWatch
  /** Errors that ended the stream. */
  readonly errors: readonly unknown[]
  start(): void
  stop(): Promise<void>
}

/** Books of fewer than `snapshotLevels` a side: a snapshot shows them whole. */
export const smallMarket = { orders: 100, reachTicks: 60 } as const

export const symbolsOf = (feed: FeedName, count: number): readonly string[] =>
  Array.from({ length: count }, (_, rank) => (feed === 'spot' || feed === 'usdm' ? `AB${rank}USDT` : `AB${rank}-USD`))

/** A venue, a network and a source on one virtual clock, and someone who compares. */
export function rig({ feed, seed, symbols: count = 2, ordersPerSecond = 20, latencyMicros = 5000, market = smallMarket, levels = snapshotLevels }: RigOptions): Rig {
  const clock = virtualClock()
  const symbols = symbolsOf(feed, count)
  const running = venue({ name: venueOf[feed], clock, seed, symbols, ordersPerSecond, market })
  const outside = inProcessNetwork({ clock, random: seededRandom(seed + 1), venue: running, latencyMicros })
  const watch = bookWatch(running, () => clock.now(), () => {
    if (!isNumbered(feed)) return auditMicros
    return running.faults.log.some(({ kind, at }) => kind === 'other-symbol-snapshot' && clock.now() - at < 60_000_000) ? snapshotMicros : 0
  })
  const errors: unknown[] = []
  let subscription: { unsubscribe(): void } | undefined
  return {
    clock, venue: running, outside, symbols, watch, errors,
    start() {
      subscription = sourceOf(feed, symbols, outside, undefined, levels).events().subscribe({ next: watch.event, error: (error: unknown) => errors.push(error) })
    },
    async stop() {
      subscription?.unsubscribe()
      running.stop()
      await clock.advance(130_000_000)
    },
  }
}
