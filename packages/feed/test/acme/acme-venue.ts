import { seededRandom, type Micros, type Random } from '@rxlob/core'
import type { Connect, SocketEvents, VirtualClock } from '../../src/index.js'

/** Levels by price in ticks: too simple to be wrong. */
export interface AcmeBook {
  id: number
  readonly bids: Map<number, number>
  readonly asks: Map<number, number>
}

interface Link {
  readonly number: number
  readonly events: SocketEvents
  readonly streams: Set<string>
  readonly openedAt: Micros
  open: boolean
  /** Accepts everything, says nothing more. */
  halfOpen: boolean
  silent: boolean
  paused: boolean
  held: string[]
  /** Times of frames from the client. */
  readonly frames: Micros[]
}

export interface AcmeOptions {
  readonly clock: VirtualClock
  readonly symbols: readonly string[]
  readonly seed?: number
  /** How long a REST answer takes. Default 50 ms. */
  readonly restMicros?: Micros
  /** Age of the book that a REST answer shows. Default 0. */
  readonly snapshotAgeMicros?: Micros
}

/**
 * An exchange in memory, on a virtual clock: numbered differences (`U` to `u`), REST snapshots, trades with rising ids,
 * and faults on request. What it sends is what its book did; nothing here is shared with the code under test.
 */
export function acmeVenue({ clock, symbols, seed = 1, restMicros = 50_000, snapshotAgeMicros = 0 }: AcmeOptions) {
  const random: Random = seededRandom(seed)
  const encoder = new TextEncoder()
  const books = new Map<string, AcmeBook>(symbols.map((symbol) => [symbol, { id: 1000, bids: new Map([[9999, 5], [9998, 5]]), asks: new Map([[10001, 5], [10002, 5]]) }]))
  const history = new Map<string, { at: Micros; text: string }[]>(symbols.map((symbol) => [symbol, []]))
  const tradeIds = new Map<string, number>(symbols.map((symbol) => [symbol, 0]))
  const links: Link[] = []
  let rest: 'ok' | number = 'ok'
  let refusing = false
  const venue = {
    books,
    links,
    /** What the politeness of a client is judged by. */
    stats: { connects: 0, rest: [] as Micros[], restDuringBan: 0 },
    snapshotAgeMicros,
    restMicros,
    retryAfterSeconds: 60,
    banUntil: -Infinity,
    /** Answers every REST call with this status; `ok` goes back to normal. */
    set rest(status: 'ok' | number) {
      rest = status
    },
    /** Symbols that nobody may subscribe any more. */
    refused: new Set<string>(),
    /** Refuses every new connection. */
    set refusing(refuses: boolean) {
      refusing = refuses
    },

    /** Moves the book of a symbol by `ids` changes and sends one difference, except over the links in `lostOn`. */
    move(symbol: string, { ids = 1 + Math.floor(random() * 3), lost = false, cross = false } = {}): void {
      const book = books.get(symbol)!
      const U = book.id + 1
      const b = new Map<number, number>()
      const a = new Map<number, number>()
      for (let i = 0; i < ids; i++) {
        const bid = random() < 0.5
        const [side, changes] = bid ? [book.bids, b] : [book.asks, a]
        const ticks = (bid ? 9990 : 10001) + Math.floor(random() * 10)
        const size = random() < 0.3 ? 0 : 1 + Math.floor(random() * 9)
        if (size === 0) side.delete(ticks)
        else side.set(ticks, size)
        changes.set(ticks, size)
        book.id++
      }
      if (cross) a.set(9000, 1)
      remember(symbol)
      if (!lost) send(symbol, 'book', { k: 'book', s: symbol, t: clock.now(), U, u: book.id, b: [...b], a: [...a] })
    },
    trade(symbol: string, lost = false): void {
      const id = tradeIds.get(symbol)! + 1
      tradeIds.set(symbol, id)
      if (!lost) send(symbol, 'trade', { k: 'trade', s: symbol, t: clock.now(), id, p: 10000, q: 1, side: 'buy' })
    },
    quote(symbol: string, wrong = false): void {
      const { id, bids, asks } = books.get(symbol)!
      const bid = Math.max(...bids.keys())
      const ask = Math.min(...asks.keys())
      send(symbol, 'quote', { k: 'quote', s: symbol, u: id, b: bid, B: bids.get(bid)! + (wrong ? 1 : 0), a: ask, A: asks.get(ask)! })
    },
    /** Sends text as it is to every open link. */
    say(text: string, only?: number): void {
      for (const link of links) if (only === undefined || link.number === only) deliver(link, text)
    },
    close(number: number, code = 1006): void {
      const link = links.find((each) => each.number === number)!
      if (!link.open) return
      link.open = false
      link.events.close(code, '')
    },
    openLinks: () => links.filter(({ open }) => open),

    connect: ((url: string, events: SocketEvents) => {
      venue.stats.connects++
      const link: Link = {
        number: venue.stats.connects, events, streams: new Set(new URL(url).searchParams.get('streams')?.split(',')), openedAt: clock.now(),
        open: false, halfOpen: false, silent: false, paused: false, held: [], frames: [],
      }
      links.push(link)
      clock.after(10_000, () => {
        if (refusing) {
          events.close(1006, 'refused')
          return
        }
        link.open = true
        events.open()
      })
      return {
        send(text: string) {
          link.frames.push(clock.now())
          if (!link.open || link.halfOpen) return
          const request = JSON.parse(text) as { id: number; add: string[] }
          const unknown = request.add.filter((stream) => !books.has(stream.split('@')[0]!) || venue.refused.has(stream.split('@')[0]!))
          for (const stream of request.add) if (!unknown.includes(stream)) link.streams.add(stream)
          deliver(link, JSON.stringify(unknown.length > 0 ? { k: 'refused', streams: unknown } : { k: 'ok', id: request.id }))
        },
        ping() {
          link.frames.push(clock.now())
          if (link.open && !link.halfOpen) clock.after(1000, () => link.open && !link.halfOpen && events.pong())
        },
        pause() {
          link.paused = true
        },
        resume() {
          link.paused = false
          for (const text of link.held.splice(0)) deliver(link, text)
        },
        close() {
          link.open = false
        },
        terminate() {
          link.open = false
        },
      }
    }) satisfies Connect,

    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(String(input))
      venue.stats.rest.push(clock.now())
      if (clock.now() < venue.banUntil) venue.stats.restDuringBan++
      await new Promise<void>((resolve, reject) => {
        clock.after(venue.restMicros, resolve)
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      })
      if (rest === 429) venue.banUntil = clock.now() + venue.retryAfterSeconds * 1_000_000
      if (rest !== 'ok') return new Response('no', { status: rest, headers: { 'retry-after': String(venue.retryAfterSeconds) } })
      const symbol = url.searchParams.get('symbol')!
      const upTo = clock.now() - venue.snapshotAgeMicros
      const kept = history.get(symbol)!
      const old = kept.findLast(({ at }) => at <= upTo) ?? kept[0]
      return new Response(old?.text ?? snapshotText(symbol))
    }) as typeof globalThis.fetch,
  }

  function remember(symbol: string): void {
    const kept = history.get(symbol)!
    kept.push({ at: clock.now(), text: snapshotText(symbol) })
    if (kept.length > 5000) kept.shift()
  }
  function snapshotText(symbol: string): string {
    const { id, bids, asks } = books.get(symbol)!
    return JSON.stringify({ k: 'snapshot', s: symbol, id, b: [...bids], a: [...asks] })
  }
  function send(symbol: string, kind: string, message: unknown): void {
    const text = JSON.stringify(message)
    for (const link of links) if (link.streams.has(`${symbol}@${kind}`)) deliver(link, text)
  }
  function deliver(link: Link, text: string): void {
    if (!link.open || link.halfOpen || link.silent) return
    if (link.paused) link.held.push(text)
    else link.events.message(encoder.encode(text))
  }
  // The market is older than its observer.
  for (const symbol of symbols) {
    for (let ago = 100; ago > 0; ago--) {
      venue.move(symbol)
      history.get(symbol)!.at(-1)!.at = clock.now() - ago * 100_000
    }
  }
  return venue
}

export type AcmeVenue = ReturnType<typeof acmeVenue>
