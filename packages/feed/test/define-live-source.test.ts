import { LobError } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { acmeSession } from './acme/acme-session.js'
import { defineLiveSource } from '../src/index.js'
import { acmeSpec } from './acme/acme-spec.js'

const second = 1_000_000

describe('a healthy venue', () => {
  it('gives the instrument first, then a checked book, and no false alarm in an hour', async () => {
    const session = acmeSession(['BTC', 'ETH'], { trades: true })
    await session.run(3600 * second, { trades: true })
    expect(session.events.slice(0, 2).map(({ kind }) => kind)).toEqual(['instrument', 'instrument'])
    expect(session.names('BTC')).toEqual(['connected'])
    expect(session.statuses('BTC')[0]!.channel).toBe('all')
    expect(session.events.filter(({ kind }) => kind === 'snapshot')).toHaveLength(2)
    expect(session.synced('BTC') && session.synced('ETH')).toBe(true)
    session.expectTruth('BTC')
    session.expectTruth('ETH')
    expect(session.venue.stats.connects).toBe(1)
    // One snapshot a symbol, one metadata refresh later nothing has changed.
    expect(session.venue.stats.rest).toHaveLength(2)
    session.stop()
  })

  it('closes the connection on unsubscribe and leaves no timer behind', async () => {
    const session = acmeSession(['BTC'])
    await session.run(5 * second)
    session.stop()
    expect(session.venue.openLinks()).toHaveLength(0)
    expect(session.clock.pending).toBe(0)
  })

  it('refuses a spec without symbols', () => {
    expect(() => defineLiveSource({ ...acmeSpec(['BTC']), symbols: [] })).toThrow(LobError)
  })
})

describe('a message lost in steady state', () => {
  it('is noticed on the next one, with the exact range, and only that book starts again', async () => {
    const session = acmeSession(['BTC', 'ETH'])
    await session.run(5 * second)
    const from = session.venue.books.get('BTC')!.id + 1
    session.venue.move('BTC', { ids: 3, lost: true })
    session.venue.move('BTC', { ids: 1 })
    const gap = session.statuses('BTC').at(-1)!
    expect(gap).toMatchObject({ status: 'gap', channel: 'book', fromSeq: from, toSeq: from + 2, reason: 'gap' })
    expect(session.synced('BTC')).toBe(false)
    expect(session.synced('ETH')).toBe(true)
    await session.run(5 * second)
    expect(session.synced('BTC')).toBe(true)
    session.expectTruth('BTC')
    expect(session.names('ETH')).toEqual(['connected'])
    expect(session.venue.stats).toMatchObject({ connects: 1 })
    expect(session.venue.stats.rest).toHaveLength(3)
    session.stop()
  })

  it('in trades: the range is told and the trades go on', async () => {
    const session = acmeSession(['BTC'], { trades: true })
    await session.run(2 * second, { trades: true })
    const from = Number(session.events.findLast(({ kind }) => kind === 'trade')!.seq) + 1
    session.venue.trade('BTC', true)
    session.venue.trade('BTC', true)
    session.venue.trade('BTC')
    expect(session.statuses('BTC').at(-1)).toMatchObject({ status: 'gap', channel: 'trades', fromSeq: from, toSeq: from + 1, count: 2 })
    expect(session.events.at(-1)).toMatchObject({ kind: 'trade', seq: from + 2 })
    expect(session.synced('BTC')).toBe(true)
    session.stop()
  })
})

describe('snapshots', () => {
  it('older than the buffer are fetched again while the buffer is kept', async () => {
    const session = acmeSession(['BTC'])
    session.venue.snapshotAgeMicros = 3 * second
    await session.run(20 * second)
    expect(session.synced('BTC')).toBe(true)
    session.expectTruth('BTC')
    expect(session.venue.stats.rest.length).toBeGreaterThan(1)
    // Doubling from 250 ms: no hammering.
    expect(session.venue.stats.rest.length).toBeLessThan(8)
    expect(session.names('BTC')).toEqual(['connected'])
    session.stop()
  })

  it('newer than the whole buffer are the book, and the next message is checked against them', async () => {
    const session = acmeSession(['BTC'])
    await session.clock.advance(60 * second)
    expect(session.synced('BTC')).toBe(true)
    session.venue.move('BTC')
    session.expectTruth('BTC')
    expect(session.names('BTC')).toEqual(['connected'])
    session.venue.move('BTC', { lost: true })
    session.venue.move('BTC')
    expect(session.names('BTC')).toEqual(['connected', 'gap'])
    session.stop()
  })

  it('that never catch up end in a new connection, not in hammering', async () => {
    const session = acmeSession(['BTC'])
    session.venue.snapshotAgeMicros = 3600 * second
    // The oldest state is all that the venue ever shows.
    await session.run(120 * second)
    expect(session.synced('BTC')).toBe(false)
    expect(session.venue.stats.connects).toBeGreaterThan(1)
    expect(session.venue.stats.rest.length).toBeLessThan(40)
    session.stop()
  })

  it('come late: two minutes at 10 messages a second end live', async () => {
    const session = acmeSession(['BTC'])
    session.venue.restMicros = 25 * second
    await session.run(120 * second)
    expect(session.synced('BTC')).toBe(true)
    session.expectTruth('BTC')
    session.stop()
  })

  it('refused by 429: no request until the ban ends', async () => {
    const session = acmeSession(['BTC'])
    session.venue.rest = 429
    await session.run(30 * second)
    session.venue.rest = 'ok'
    await session.run(60 * second)
    expect(session.venue.stats.restDuringBan).toBe(0)
    expect(session.venue.stats.rest).toHaveLength(2)
    expect(session.synced('BTC')).toBe(true)
    session.stop()
  })
})

describe('connections', () => {
  it('closed abnormally: every book says so at once, and all come back', async () => {
    const session = acmeSession(['BTC', 'ETH'])
    await session.run(5 * second)
    session.venue.close(1)
    expect(session.statuses('BTC').at(-1)).toMatchObject({ status: 'disconnected', reason: '1006' })
    expect(session.synced('BTC') || session.synced('ETH')).toBe(false)
    await session.run(10 * second)
    expect(session.names('ETH')).toEqual(['connected', 'disconnected', 'connected'])
    session.expectTruth('ETH')
    expect(session.synced('ETH')).toBe(true)
    session.stop()
  })

  it('half-open: found by the missing pong within 26 s', async () => {
    const session = acmeSession(['BTC'])
    await session.run(5 * second)
    session.venue.links[0]!.halfOpen = true
    const from = session.clock.now()
    while (!session.names('BTC').includes('disconnected')) await session.run(second)
    expect(session.clock.now() - from).toBeLessThanOrEqual(26 * second)
    expect(session.statuses('BTC').find(({ status }) => status === 'disconnected')!.reason).toContain('no pong')
    await session.run(10 * second)
    expect(session.synced('BTC')).toBe(true)
    session.expectTruth('BTC')
    session.stop()
  })

  it('silent though it answers pings: stale, then live on another connection', async () => {
    const session = acmeSession(['BTC'])
    await session.run(60 * second)
    session.venue.links[0]!.silent = true
    session.venue.links[0]!.events.pong()
    const from = session.clock.now()
    while (!session.names('BTC').includes('stale') && session.clock.now() - from < 100 * second) await session.run(100_000)
    // Ten messages a second: learned to be stale after 5 s, looked at each second, plus the second opinion.
    expect(session.clock.now() - from).toBeLessThanOrEqual(6.5 * second)
    expect(session.statuses('BTC').at(-1)!.channel).toBe('book')
    await session.run(5 * second)
    expect(session.synced('BTC')).toBe(true)
    session.expectTruth('BTC')
    expect(session.names('BTC')).toEqual(['connected', 'stale'])
    session.stop()
  })

  it('spoke again before the second opinion came: no alarm, whatever that says', async () => {
    const session = acmeSession(['BTC', 'ETH'])
    await session.run(60 * second)
    const { streams } = session.venue.links[0]!
    session.venue.restMicros = 8 * second
    streams.delete('ETH@book')
    await session.run(8 * second)
    expect(session.venue.stats.rest).toHaveLength(3)
    streams.add('ETH@book')
    session.venue.restMicros = 50_000
    await session.run(30 * second)
    expect(session.names('ETH')).toEqual(['connected', 'gap'])
    expect(session.venue.stats.connects).toBe(1)
    session.expectTruth('ETH')
    session.stop()
  })

  it('quiet because the market is quiet: a second opinion, no alarm, no new connection', async () => {
    const session = acmeSession(['BTC', 'ETH'])
    await session.run(60 * second)
    await session.run(600 * second, { except: ['ETH'] })
    expect(session.names('ETH')).toEqual(['connected'])
    expect(session.venue.stats.connects).toBe(1)
    // Asked less and less often.
    expect(session.venue.stats.rest.length).toBeLessThan(12)
    await session.run(second)
    session.expectTruth('ETH')
    expect(session.names('ETH')).toEqual(['connected'])
    session.stop()
  })

  it('one silent stream of many: the others never lose their books', async () => {
    const session = acmeSession(['BTC', 'ETH', 'LTC'])
    await session.run(60 * second)
    session.venue.links[0]!.streams.delete('ETH@book')
    await session.run(30 * second)
    expect(session.names('ETH')).toEqual(['connected', 'stale'])
    expect(session.synced('ETH')).toBe(true)
    session.expectTruth('ETH')
    for (const symbol of ['BTC', 'LTC']) {
      expect(session.names(symbol)).toEqual(['connected'])
      session.expectTruth(symbol)
    }
    expect(session.events.filter(({ kind, instrument }) => kind === 'snapshot' && instrument !== 'acme:ETH')).toHaveLength(2)
    expect(session.venue.openLinks()).toHaveLength(1)
    session.stop()
  })

  it('are replaced before the venue closes them: half a day of hours without a hole', async () => {
    const session = acmeSession(['BTC'], { trades: true, limits: { lifetimeMicros: 3600 * second } })
    for (let hour = 0; hour < 12; hour++) {
      await session.run(600 * second, { trades: true })
      await session.clock.advance(3000 * second)
    }
    expect(session.venue.stats.connects).toBeGreaterThanOrEqual(12)
    expect(session.names('BTC')).toEqual(['connected'])
    expect(session.synced('BTC')).toBe(true)
    session.expectTruth('BTC')
    const ids = session.events.filter(({ kind }) => kind === 'trade').map(({ seq }) => seq)
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, i) => i + 1))
    expect(session.venue.openLinks().length).toBe(1)
    session.stop()
  })

  it('told to close: the successor is live before the old one goes', async () => {
    const session = acmeSession(['BTC'])
    await session.run(5 * second)
    session.venue.say('{"k":"shutdown"}')
    await session.run(2 * second)
    expect(session.venue.openLinks().map(({ number }) => number)).toEqual([2])
    expect(session.names('BTC')).toEqual(['connected'])
    expect(session.events.filter(({ kind }) => kind === 'snapshot')).toHaveLength(1)
    session.expectTruth('BTC')
    session.stop()
  })

  it('refused a symbol by its successor: the old connection keeps the book, and no book stays live without one', async () => {
    const session = acmeSession(['BTC', 'ETH'], { requestsOf: 1 })
    await session.run(5 * second)
    session.venue.refused.add('BTC')
    session.venue.say('{"k":"shutdown"}')
    await session.run(5 * second)
    expect(session.names('BTC')).toEqual(['connected', 'refused'])
    expect(session.synced('BTC')).toBe(true)
    session.expectTruth('BTC')
    session.venue.refused.clear()
    session.venue.close(1)
    await session.clock.advance(1 * second)
    expect(session.names('BTC')).toEqual(['connected', 'refused', 'disconnected'])
    expect(session.names('ETH')).toEqual(['connected'])
    expect(session.synced('ETH')).toBe(true)
    // Its silence is found, and the next connection carries it again.
    await session.run(90 * second)
    expect(session.synced('BTC')).toBe(true)
    session.expectTruth('BTC')
    session.expectTruth('ETH')
    session.stop()
  })

  it('refused a symbol by its successor: when that must take over, the symbol is lost aloud', async () => {
    const session = acmeSession(['BTC', 'ETH'], { requestsOf: 1 })
    await session.run(5 * second)
    session.venue.refused.add('BTC')
    session.venue.say('{"k":"shutdown"}')
    await session.run(100 * second)
    expect(session.names('BTC').slice(0, 3)).toEqual(['connected', 'refused', 'disconnected'])
    expect(session.synced('BTC')).toBe(false)
    expect(session.names('ETH')).toEqual(['connected'])
    session.expectTruth('ETH')
    session.stop()
  })

  it('refused for ten minutes: attempts stay within the budget, and it heals', async () => {
    const session = acmeSession(['BTC'])
    session.venue.refusing = true
    await session.run(600 * second)
    expect(session.venue.stats.connects).toBeGreaterThan(20)
    expect(session.venue.stats.connects).toBeLessThanOrEqual(600)
    session.venue.refusing = false
    await session.run(60 * second)
    expect(session.synced('BTC')).toBe(true)
    session.stop()
  })

  it('a thousand reconnects leave nothing behind', async () => {
    const session = acmeSession(['BTC'])
    await session.run(61 * second)
    const before = session.clock.pending
    for (let i = 0; i < 1000; i++) {
      const [link] = session.venue.openLinks()
      if (link !== undefined) session.venue.close(link.number)
      await session.clock.advance(61 * second)
    }
    await session.run(61 * second)
    expect(session.clock.pending).toBe(before)
    expect(session.venue.openLinks()).toHaveLength(1)
    expect(session.synced('BTC')).toBe(true)
    session.stop()
    expect(session.clock.pending).toBe(0)
  })
})

describe('subscriptions', () => {
  it('refused for one symbol of several: that one is told, the others run', async () => {
    const session = acmeSession(['BTC', 'ETH'], { unknown: ['NOPE'], requestsOf: 1 })
    await session.run(30 * second)
    expect(session.statuses('NOPE').map(({ status, reason }) => `${status}: ${reason}`)).toContain('refused: no such stream')
    expect(session.names('NOPE')).not.toContain('stale')
    expect(session.names('BTC')).toEqual(['connected'])
    expect(session.synced('ETH')).toBe(true)
    expect(session.venue.stats.connects).toBe(1)
    session.stop()
  })

  it('acknowledged but silent: stale within 12 s', async () => {
    const session = acmeSession(['BTC', 'ETH'])
    await session.clock.advance(20_000)
    session.venue.links[0]!.streams.delete('ETH@book')
    await session.run(12 * second)
    expect(session.names('ETH')).toContain('stale')
    expect(session.names('BTC')).toEqual(['connected'])
    session.stop()
  })

  it('of a thousand streams go out at the pace that the venue allows', async () => {
    const symbols = Array.from({ length: 40 }, (_, at) => `S${at}`)
    const session = acmeSession(symbols, { requestsOf: 1, limits: { controlPerSecond: 4 } })
    await session.run(30 * second)
    const { frames } = session.venue.links[0]!
    expect(frames.length).toBeGreaterThanOrEqual(40)
    for (const start of frames) expect(frames.filter((time) => time >= start && time < start + second).length).toBeLessThanOrEqual(4)
    expect(symbols.every((symbol) => session.synced(symbol))).toBe(true)
    session.stop()
  })

  it('spread over sockets, each symbol on one', async () => {
    const symbols = Array.from({ length: 10 }, (_, at) => `S${at}`)
    const session = acmeSession(symbols, { trades: true, limits: { streamsPerConnection: 6 } })
    await session.run(10 * second)
    expect(session.venue.openLinks().map(({ streams }) => streams.size)).toEqual([6, 6, 6, 2])
    expect(symbols.every((symbol) => session.synced(symbol))).toBe(true)
    session.venue.close(2)
    expect(symbols.map((symbol) => session.synced(symbol)).filter((synced) => !synced)).toHaveLength(3)
    session.stop()
  })

  it('refused for their credentials: one attempt, one clear error', async () => {
    const session = acmeSession(['BTC'])
    await session.run(second)
    session.venue.say('{"k":"auth"}')
    await session.run(60 * second)
    expect(session.errors).toHaveLength(1)
    expect(session.errors[0]).toMatchObject({ code: 'LOB_AUTH' })
    expect(session.venue.stats.connects).toBe(1)
    expect(session.venue.openLinks()).toHaveLength(0)
    expect(session.clock.pending).toBe(0)
  })
})

describe('what the numbers cannot show', () => {
  it('a stale level that crosses: flagged on the event, fetched again after the third', async () => {
    const session = acmeSession(['BTC'])
    await session.run(5 * second)
    session.venue.move('BTC', { cross: true })
    expect(session.names('BTC').at(-1)).toBe('crossed')
    for (let i = 0; i < 3; i++) session.venue.move('BTC')
    expect(session.statuses('BTC').at(-1)).toMatchObject({ status: 'gap', reason: 'crossed' })
    await session.run(3 * second)
    expect(session.synced('BTC')).toBe(true)
    session.expectTruth('BTC')
    session.stop()
  })

  it('a book that crosses and then rests: fetched again after 250 ms', async () => {
    const session = acmeSession(['BTC'])
    await session.run(5 * second)
    session.venue.move('BTC', { cross: true })
    await session.clock.advance(249_000)
    expect(session.names('BTC').at(-1)).toBe('crossed')
    await session.clock.advance(2_000)
    expect(session.statuses('BTC').at(-1)).toMatchObject({ status: 'gap', reason: 'crossed' })
    session.stop()
  })

  it('a halted market may be crossed', async () => {
    const session = acmeSession(['BTC'])
    await session.run(5 * second)
    session.venue.say('{"k":"market","s":"BTC","status":"halted"}')
    session.venue.move('BTC', { cross: true })
    for (let i = 0; i < 5; i++) session.venue.move('BTC')
    expect(session.names('BTC')).toEqual(['connected', 'halted', 'crossed'])
    session.stop()
  })

  it('a book that differs from the best prices of the same id', async () => {
    const session = acmeSession(['BTC'], { quotes: true })
    await session.run(5 * second)
    session.venue.quote('BTC')
    expect(session.names('BTC')).toEqual(['connected'])
    session.venue.quote('BTC', true)
    expect(session.statuses('BTC').at(-1)).toMatchObject({ status: 'gap', reason: 'quote mismatch' })
    await session.run(3 * second)
    expect(session.synced('BTC')).toBe(true)
    session.stop()
  })

  it('frames that cannot be read: counted, and the third in ten seconds reconnects', async () => {
    const session = acmeSession(['BTC'])
    await session.run(5 * second)
    session.venue.say('{"k":"book","s":"BTC"')
    session.venue.say('nonsense')
    expect(session.venue.openLinks().map(({ number }) => number)).toEqual([1])
    expect(session.synced('BTC')).toBe(true)
    session.venue.say('{"k":"new","s":"BTC"}')
    expect(session.statuses('BTC').map(({ status }) => status)).toEqual(['connected', 'gap', 'disconnected'])
    await session.run(10 * second)
    expect(session.venue.openLinks().map(({ number }) => number)).toEqual([2])
    session.expectTruth('BTC')
    expect(session.synced('BTC')).toBe(true)
    session.stop()
  })
})
