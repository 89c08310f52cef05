import { BookTracker, seededRandom, type LobError, type FeedStatus, type MarketEvent } from '@rxlob/core'
import { virtualClock, type Outside, type SocketEvents, type WireItem } from '@rxlob/feed'
import { coinbase, type CoinbaseOptions } from '../src/index.js'
import { advanced, encode, exchange } from './fixtures.js'

interface Link {
  readonly events: SocketEvents
  open: boolean
  /** What the client sent. */
  readonly sent: Record<string, unknown>[]
}

/** Coinbase in memory, on a virtual clock: it says what the test says. `lookMicros`: what each look at the clock takes, so that long work is seen to be long. */
export function session(options: CoinbaseOptions, rest: (url: string) => string = () => '', lookMicros = 0) {
  const clock = virtualClock(1_790_000_000_000_000)
  const links: Link[] = []
  const asked: string[] = []
  const items: WireItem[] = []
  let looked = 0
  const outside: Outside = {
    clock: { now: () => clock.now() + (looked += lookMicros), after: (micros, run) => clock.after(micros, run) },
    random: seededRandom(1),
    connect(_, events) {
      const link: Link = { events, open: false, sent: [] }
      links.push(link)
      clock.after(1000, () => {
        link.open = true
        events.open()
      })
      const close = (): void => {
        link.open = false
      }
      return { send: (text) => void link.sent.push(JSON.parse(text) as Record<string, unknown>), ping: () => clock.after(1000, () => link.open && events.pong()), pause() {}, resume() {}, close, terminate: close }
    },
    fetch: (async (url: string) => {
      asked.push(url)
      await new Promise<void>((resolve) => void clock.after(20_000, resolve))
      if (/products(\?.*)?$/.test(url)) return new Response(url.includes('brokerage') ? advanced.products : exchange.products)
      const body = rest(url)
      return body === '' ? new Response('no', { status: 503 }) : new Response(body)
    }) as typeof globalThis.fetch,
  }
  const events: MarketEvent[] = []
  const errors: LobError[] = []
  const trackers = new Map<string, BookTracker>()
  const subscription = coinbase(options, outside).wire((event) => {
    events.push(event)
    if (event.kind === 'instrument' && !trackers.has(event.instrument)) trackers.set(event.instrument, new BookTracker(event.definition, event.levels))
    trackers.get(event.instrument)!.apply(event)
  }).subscribe({
    next: (item) => items.push('data' in item ? { ...item, data: item.data.slice() } : item),
    error: (error: LobError) => errors.push(error),
  })
  return {
    clock, links, asked, items, events, errors, outside,
    stop: () => subscription.unsubscribe(),
    /** Over every open connection. */
    say(...messages: unknown[]): void {
      for (const message of messages) for (const link of links) if (link.open) link.events.message(encode(message))
    },
    statuses: (symbol = 'DEMO-USD') => events.filter((event): event is FeedStatus => event.kind === 'status' && event.instrument === `coinbase:${symbol}`),
    synced: (symbol = 'DEMO-USD') => trackers.get(`coinbase:${symbol}`)?.book.synced ?? false,
    book: (symbol = 'DEMO-USD') => levelsOf(trackers.get(`coinbase:${symbol}`)!),
    tracker: (symbol = 'DEMO-USD') => trackers.get(`coinbase:${symbol}`)!,
  }
}

/** The levels of a book in decimals, as the fixtures write them. */
function levelsOf({ book, instrument }: BookTracker) {
  const side = (depth: number, ticks: (level: number) => number, lots: (level: number) => number): [number, number][] =>
    Array.from({ length: depth }, (_, level) => [round(ticks(level) * instrument.tickSize), round(lots(level) * instrument.lotSize)])
  return {
    bids: side(book.bidDepth, (level) => book.bidTicks(level), (level) => book.bidLots(level)),
    asks: side(book.askDepth, (level) => book.askTicks(level), (level) => book.askLots(level)),
  }
}
const round = (value: number): number => Number(value.toFixed(8))
