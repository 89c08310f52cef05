import { atOnce, feedCore, type WireItem } from '@rxlob/feed'
import type { MarketEvent } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { coinbaseSpec, type CoinbaseOptions } from '../src/index.js'
import { advanced, demo, encode, exchange, orders } from './fixtures.js'
import { session } from './venue.js'

const second = 1_000_000
/** A look at the clock: 4 ms of work are a hundred looks. */
const look = 40
const exchangeKey = { key: 'synthetic-key', passphrase: 'synthetic-pass', secret: 'c3ludGhldGljLXNlY3JldC0wMTIzNDU2Nzg5YWJjZGVm' }
const full: CoinbaseOptions = { symbols: ['DEMO-USD'], feed: 'exchange', book: 'full', exchangeKey }
const ofOther = (text: string): string => text.replaceAll('DEMO-USD', 'OTHER-USD')

/** Levels enough for a MiB and more, below the best bid and above the best ask of the small books; three to a price. */
const far = 14_000
const farPrice = (side: 'bids' | 'asks', row: number): string => (side === 'bids' ? 99 - Math.floor(row / 3) / 100 : 102 + Math.floor(row / 3) / 100).toFixed(2)
const withFar = (text: string, row: (side: 'bids' | 'asks', at: number) => unknown): string => {
  const book = JSON.parse(text) as { bids: unknown[]; asks: unknown[] }
  for (const side of ['bids', 'asks'] as const) for (let at = 0; at < far; at++) book[side].push(row(side, at))
  return JSON.stringify(book)
}
const largeBook = withFar(orders.book, (side, at) => [farPrice(side, at), '0.12345678', `${side === 'bids' ? 'b' : 'c'}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`])
const largeSnapshot = withFar(exchange.snapshot, (side, at) => [(side === 'bids' ? 99 - at / 1000 : 102 + at / 1000).toFixed(3), `1.${'0'.repeat(40 - 12)}`])
const largeAdvanced = ((): string => {
  const frame = JSON.parse(advanced.snapshot) as { events: [{ updates: unknown[] }] }
  for (let at = 0; at < far; at++) frame.events[0].updates.push({ side: 'offer', event_time: '1970-01-01T00:00:00Z', price_level: (102 + at / 100).toFixed(2), new_quantity: '2.5' })
  return JSON.stringify(frame)
})()

/** The same items, each in one go: what a replay does. */
function read(options: CoinbaseOptions, items: readonly WireItem[], prepare: (item: WireItem) => boolean = () => false) {
  const events: MarketEvent[] = []
  const core = feedCore(coinbaseSpec(options), (event) => events.push(event))
  for (const item of items) if (prepare(item)) atOnce(core.prepare(item)!)
  for (const item of items) core.accept(item)
  return { events, counts: core.counts }
}

describe('a book by order of more than a MiB', () => {
  it('is read while its messages go on, is no book before it is whole, and replays as it was', async () => {
    async function run(lookMicros: number) {
      const venue = session(full, () => largeBook, lookMicros)
      await venue.clock.advance(second / 2)
      venue.say(...orders.messages.slice(0, 4))
      const rest = orders.messages.slice(4)
      const synced: boolean[] = []
      // One in each rest from when the answer is here.
      const talk = (): void => {
        if (rest.length === 0) return
        venue.say(rest.shift())
        synced.push(venue.synced())
        venue.clock.after(0, talk)
      }
      venue.clock.after(20_000, talk)
      await venue.clock.advance(second)
      return { venue, synced, order: venue.items.flatMap(({ kind }) => (kind === 'frame' || kind === 'response' ? [kind] : [])) }
    }
    const inOneGo = await run(0)
    expect([inOneGo.synced, inOneGo.order.indexOf('response')]).toEqual([[true, true, true], 4])
    const { venue, synced, order } = await run(look)
    expect([synced, order.indexOf('response'), venue.synced(), venue.asked.length]).toEqual([[false, false, false], 7, true, 2])
    expect(venue.book()).toEqual(inOneGo.venue.book())
    expect([venue.book().bids.slice(0, 2), venue.book().asks.slice(0, 3)]).toEqual([[[100, 1], [99, 0.37037034]], [[101, 1.5], [101.5, 2], [102, 0.37037034]]])
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    expect(read(full, venue.items).events).toEqual(venue.events)
    venue.stop()
    expect(venue.clock.pending).toBe(0)
  })

  it('is asked for once, though the first message comes while it is read', async () => {
    const venue = session(full, () => {
      venue.clock.after(0, () => venue.say(orders.messages[3]))
      return largeBook
    }, look)
    await venue.clock.advance(5 * second)
    const kinds = venue.items.map(({ kind }) => kind)
    expect([venue.synced(), venue.asked.length, kinds.indexOf('frame') < kinds.indexOf('response')]).toEqual([true, 2, true])
  })

  it('is forgotten when the source is stopped in the middle of it', async () => {
    const venue = session(full, () => largeBook, look)
    await venue.clock.advance(second / 2)
    venue.say(orders.messages[0])
    await venue.clock.advance(20_000)
    const before = venue.events.length
    venue.stop()
    await venue.clock.advance(second)
    expect([venue.events.length, venue.clock.pending]).toEqual([before, 0])
  })

  it('that cannot be read is counted and asked for again', async () => {
    const bodies = [largeBook.slice(0, -1), largeBook.replace('"0.12345678"', '"0.1e5"'), largeBook.replace(/,"b0000000[^"]*"/, ''), largeBook]
    const venue = session(full, () => bodies.shift()!, look)
    await venue.clock.advance(second / 2)
    venue.say(...orders.messages)
    await venue.clock.advance(5 * second)
    expect([venue.asked.length, venue.synced()]).toEqual([5, true])
    const again = read(full, venue.items)
    expect([again.events, again.counts.badMessages]).toEqual([venue.events, 3])
  })

  it('gives the same orders the same numbers, prepared early, late or not at all', () => {
    const item = (kind: 'frame' | 'response', text: string, at: number): WireItem => (kind === 'frame' ? { kind, tsLocal: at, connection: 1, data: encode(text) } : { kind, tsLocal: at, symbol: 'DEMO-USD', data: encode(text) })
    const later = largeBook.replace('"sequence":102', '"sequence":108').replace(`,["101.50","3.00000000","${orders.order('9')}"]`, '')
    const items: WireItem[] = [
      { kind: 'instruments', tsLocal: 1, instruments: [demo] },
      { kind: 'open', tsLocal: 2, connection: 1, streams: ['full:DEMO-USD'] },
      ...orders.messages.map((text, at) => item('frame', text, 3 + at)),
      item('response', largeBook, 20),
      // A hole, and the book of the time after it: by then other orders have come.
      item('frame', orders.afterGap, 21),
      item('response', later, 22),
      item('frame', orders.afterGap.replace('"sequence":108', '"sequence":109').replaceAll(orders.order('3'), orders.order('4')), 23),
    ]
    const plain = read(full, items)
    expect(plain.events.filter(({ kind }) => kind === 'snapshot')).toHaveLength(2)
    expect(plain.events.at(-1)).toMatchObject({ kind: 'order', action: 'add' })
    const large = (each: WireItem): boolean => each.kind === 'response'
    expect(read(full, items, large)).toEqual(plain)
    expect(read(full, items, (each) => large(each) && each.tsLocal === 22)).toEqual(plain)
  })
})

describe('a snapshot frame of more than a MiB', () => {
  it('is read in its place: what comes behind it on its connection waits, and follows in order', async () => {
    const options: CoinbaseOptions = { symbols: ['DEMO-USD', 'OTHER-USD'], feed: 'exchange' }
    const venue = session(options, () => '', look)
    await venue.clock.advance(second / 2)
    venue.say(largeSnapshot, ofOther(exchange.snapshot), exchange.update1, exchange.update2)
    expect([venue.synced(), venue.synced('OTHER-USD')]).toEqual([false, false])
    await venue.clock.advance(second / 2)
    expect([venue.synced(), venue.synced('OTHER-USD')]).toEqual([true, true])
    expect(venue.book().bids.slice(0, 3)).toEqual([...exchange.end.bids, [99, 1]])
    expect(venue.items.filter(({ kind }) => kind === 'frame').map((each) => ('data' in each ? each.data.length : 0))).toEqual([largeSnapshot, ofOther(exchange.snapshot), exchange.update1, exchange.update2].map((text) => text.length))
    venue.say(exchange.update1)
    expect(venue.items.at(-1)).toMatchObject({ kind: 'frame' })
    expect(read(options, venue.items).events).toEqual(venue.events)
  })

  it('of a connection that is lost meanwhile is no book; the next one is', async () => {
    const options: CoinbaseOptions = { symbols: ['DEMO-USD'], feed: 'exchange' }
    const venue = session(options, () => '', look)
    await venue.clock.advance(second / 2)
    venue.say(largeSnapshot, exchange.update1)
    venue.links[0]!.open = false
    venue.links[0]!.events.close(1006, '')
    await venue.clock.advance(5 * second)
    expect([venue.synced(), venue.links.length, venue.events.some(({ kind }) => kind === 'snapshot')]).toEqual([false, 2, false])
    venue.say(exchange.snapshot, exchange.update1, exchange.update2)
    expect(venue.book()).toEqual(exchange.end)
  })

  it('keeps the numbers of Advanced Trade in order', async () => {
    const options: CoinbaseOptions = { symbols: ['DEMO-USD'] }
    const venue = session(options, () => '', look)
    await venue.clock.advance(second / 2)
    venue.say(largeAdvanced, advanced.subscriptions, advanced.update, advanced.heartbeat)
    expect(venue.synced()).toBe(false)
    await venue.clock.advance(second / 2)
    expect(venue.book().asks.slice(0, 2)).toEqual([...advanced.end.asks, [102, 2.5]])
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    expect(read(options, venue.items).events).toEqual(venue.events)
  })
})
