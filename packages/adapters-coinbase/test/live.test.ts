import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { advanced, exchange, orders } from './fixtures.js'
import { session } from './venue.js'

const second = 1_000_000
const exchangeKey = { key: 'synthetic-key', passphrase: 'synthetic-pass', secret: 'c3ludGhldGljLXNlY3JldC0wMTIzNDU2Nzg5YWJjZGVm' }
const ofOther = (text: string): string => text.replaceAll('DEMO-USD', 'OTHER-USD')
const numbered = (text: string, sequence: number): string => text.replace(/"sequence_num": \d+/, `"sequence_num": ${sequence}`)
const beat = (sequence: number, trade: number): string => exchange.heartbeat.replace('90', String(sequence)).replace(': 20,', `: ${trade},`)

async function levels(options: Parameters<typeof session>[0] = { symbols: ['DEMO-USD'], feed: 'exchange', trades: true }, rest?: (url: string) => string) {
  const venue = session(options, rest)
  await venue.clock.advance(second)
  return venue
}

describe('Exchange, level2_batch', () => {
  it('subscribes a symbol at a time, takes the snapshot from the stream and ends in the book of the reference', async () => {
    const venue = await levels({ symbols: ['DEMO-USD', 'OTHER-USD'], feed: 'exchange', trades: true })
    expect(venue.asked).toEqual(['https://api.exchange.coinbase.com/products'])
    expect(venue.links[0]!.sent).toEqual(['DEMO-USD', 'OTHER-USD'].map((symbol) => ({ type: 'subscribe', product_ids: [symbol], channels: ['level2_batch', 'matches', 'heartbeat'] })))
    venue.say(exchange.subscriptions, exchange.snapshot, exchange.lastMatch, exchange.update1, exchange.update2, exchange.match)
    expect(venue.book()).toEqual(exchange.end)
    expect(venue.events.filter(({ kind }) => kind === 'trade')).toMatchObject([{ id: '21', aggressor: 'buy', price: 101, size: 0.5, tsExchange: Date.UTC(2026, 8, 21, 14, 13, 20, 400) * 1000 }])
    expect(venue.statuses().map(({ status, channel }) => [status, channel])).toEqual([['connected', 'all']])
    venue.stop()
    expect(venue.clock.pending).toBe(0)
  })

  it('a snapshot in mid-stream replaces the book', async () => {
    const venue = await levels()
    venue.say(exchange.snapshot, exchange.update1, exchange.snapshot)
    expect(venue.book()).toEqual({ bids: [[100, 1], [99.5, 2.5]], asks: [[101, 2], [101.5, 3]] })
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
  })

  it('an unknown side makes that book invalid at once and begins it again; the other goes on', async () => {
    const venue = await levels({ symbols: ['DEMO-USD', 'OTHER-USD'], feed: 'exchange' })
    venue.say(exchange.snapshot, ofOther(exchange.snapshot), exchange.update1.replace('"sell"', '"ask"'))
    expect(venue.synced()).toBe(false)
    expect(venue.synced('OTHER-USD')).toBe(true)
    expect(venue.statuses().at(-1)).toMatchObject({ status: 'gap', channel: 'book', reason: expect.stringContaining('"ask"') })
    venue.say(exchange.update2)
    expect(venue.synced()).toBe(false)
    await venue.clock.advance(second)
    expect(venue.links).toHaveLength(1)
    expect(venue.links[0]!.sent.slice(-2)).toEqual([{ type: 'unsubscribe', product_ids: ['DEMO-USD'], channels: ['level2_batch'] }, { type: 'subscribe', product_ids: ['DEMO-USD'], channels: ['level2_batch'] }])
    venue.say(exchange.snapshot, exchange.update1, exchange.update2)
    expect(venue.book()).toEqual(exchange.end)
    expect(venue.statuses('OTHER-USD').map(({ status }) => status)).toEqual(['connected'])
  })

  it('a frame that cannot be read may have been of any book: all of them begin again', async () => {
    const venue = await levels({ symbols: ['DEMO-USD', 'OTHER-USD'], feed: 'exchange' })
    venue.say(exchange.snapshot, ofOther(exchange.snapshot), exchange.update1.slice(0, 50))
    expect([venue.synced(), venue.synced('OTHER-USD')]).toEqual([false, false])
  })

  it('a restart that brings no snapshot is tried three times, then another connection takes over; the other book loses nothing', async () => {
    const venue = await levels({ symbols: ['DEMO-USD', 'OTHER-USD'], feed: 'exchange' })
    venue.say(exchange.snapshot, ofOther(exchange.snapshot), exchange.update1.replace('0.75000000', '-1'))
    for (let i = 0; i < 35 && venue.links.length === 1; i++) {
      await venue.clock.advance(second)
      venue.say(exchange.update2, ofOther(exchange.update2), beat(100 + i, 20))
    }
    expect(venue.links[0]!.sent.filter(({ type }) => type === 'unsubscribe')).toHaveLength(3)
    expect(venue.links).toHaveLength(2)
    await venue.clock.advance(second)
    venue.say(exchange.snapshot, ofOther(exchange.snapshot), beat(200, 20), ofOther(beat(200, 20)))
    await venue.clock.advance(second)
    expect(venue.links.map(({ open }) => open)).toEqual([false, true])
    expect([venue.synced(), venue.synced('OTHER-USD')]).toEqual([true, true])
    expect(venue.statuses('OTHER-USD').map(({ status }) => status)).toEqual(['connected'])
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected', 'gap'])
    venue.stop()
  })

  it('lost trades are fetched again, and later ones wait for them', async () => {
    const rest = `[${['24', '23', '22'].map((id) => `{"trade_id": ${id}, "side": "sell", "size": "0.10000000", "price": "101.00", "time": "2026-09-21T14:13:20.410000Z"}`).join(',')}]`
    const venue = await levels(undefined, (url) => (url.includes('/trades?') ? rest : ''))
    venue.say(exchange.lastMatch, exchange.match, exchange.match.replace('21', '25'))
    expect(venue.events.filter(({ kind }) => kind === 'trade').map(({ seq }) => seq)).toEqual([21])
    await venue.clock.advance(100_000)
    expect(venue.asked.at(-1)).toBe('https://api.exchange.coinbase.com/products/DEMO-USD/trades?after=25&limit=3')
    expect(venue.events.filter(({ kind }) => kind === 'trade').map(({ seq }) => seq)).toEqual([21, 22, 23, 24, 25])
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    venue.stop()
  })

  it('lost trades that are not to be had: the gap tells which', async () => {
    const venue = await levels()
    venue.say(exchange.lastMatch, exchange.match, exchange.match.replace('21', '25'), exchange.match)
    await venue.clock.advance(11 * second)
    expect(venue.statuses().find(({ status }) => status === 'gap')).toMatchObject({ status: 'gap', channel: 'trades', fromSeq: 22, toSeq: 24, count: 3 })
    expect(venue.events.filter(({ kind }) => kind === 'trade').map(({ seq }) => seq)).toEqual([21, 25])
  })

  it('lost trades with none after them: the heartbeats tell, once', async () => {
    const venue = await levels()
    venue.say(exchange.snapshot, exchange.lastMatch, exchange.match, beat(200, 21), beat(201, 23), exchange.match.replace('21', '22'))
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    venue.say(beat(203, 23), beat(204, 23))
    for (let i = 0; i < 11; i++) {
      await venue.clock.advance(second)
      venue.say(beat(205 + i, 23))
    }
    expect(venue.statuses().slice(1)).toMatchObject([{ status: 'gap', channel: 'trades', fromSeq: 23, toSeq: 23, count: 1 }])
    venue.say(exchange.match.replace('21', '24'))
    expect(venue.events.at(-1)).toMatchObject({ kind: 'trade', seq: 24 })
    expect(venue.synced()).toBe(true)
  })

  it('nothing but heartbeats for ten minutes: the REST book says that the market is quiet, and nothing is reconnected', async () => {
    const rest = `{"sequence": 99, "bids": [["100.00", "1.0", 3], ["99.50", "2.5", 1]], "asks": [["101.00", "2.0", 1], ["101.50", "3.0", 1]]}`
    const venue = await levels(undefined, () => rest)
    venue.say(exchange.snapshot, exchange.lastMatch)
    for (let i = 0; i < 600; i++) {
      await venue.clock.advance(second)
      venue.say(beat(99, 20))
    }
    expect(venue.links).toHaveLength(1)
    expect(venue.synced()).toBe(true)
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    const audits = venue.asked.filter((url) => url === 'https://api.exchange.coinbase.com/products/DEMO-USD/book?level=2').length
    expect(audits).toBeGreaterThanOrEqual(3)
    expect(audits).toBeLessThan(12)
    venue.stop()
  })

  it('heartbeats that stop are a stale stream: another connection takes over', async () => {
    const venue = await levels()
    venue.say(exchange.snapshot, exchange.lastMatch)
    for (let i = 0; i < 30; i++) {
      await venue.clock.advance(second)
      venue.say(exchange.update2, ...(i < 5 ? [beat(99 + i, 20)] : []))
    }
    expect(venue.statuses().some(({ status, channel, reason }) => status === 'stale' && channel === 'trades' && /silent/.test(reason ?? ''))).toBe(true)
    expect(venue.links.length).toBeGreaterThan(1)
    venue.stop()
  })

  it('a level that was lost in silence is found by the audit, at the second look, and the book begins again', async () => {
    const rest = `{"sequence": 99, "bids": [["100.00", "7.0", 3], ["99.50", "2.5", 1]], "asks": [["101.00", "2.0", 1], ["101.50", "3.0", 1]]}`
    const venue = await levels({ symbols: ['DEMO-USD'], feed: 'exchange', auditSeconds: 60 }, () => rest)
    venue.say(exchange.snapshot)
    for (let i = 0; i < 100 && venue.statuses().length < 2; i++) {
      await venue.clock.advance(second)
      // The market goes on elsewhere in the book.
      venue.say(beat(99 + i, 20), { type: 'l2update', product_id: 'DEMO-USD', changes: [['sell', '150.00', String(1 + (i % 2))]] })
    }
    expect(venue.statuses()[1]).toMatchObject({ status: 'gap', channel: 'book', reason: 'audit mismatch' })
    expect(venue.synced()).toBe(false)
    await venue.clock.advance(second)
    venue.say(exchange.snapshot.replace('1.00000000', '7.0'))
    expect(venue.synced()).toBe(true)
    expect(venue.book().bids[0]).toEqual([100, 7])
    await venue.clock.advance(200 * second)
    expect(venue.statuses().filter(({ reason }) => reason === 'audit mismatch')).toHaveLength(1)
    venue.stop()
  })

  it('a lull that is not the stream\'s way is looked into as soon as it ends: what was lost in it is found within 3 s', async () => {
    // As the venue answers: each answer of its own time.
    let minute = 10
    const rest = (): string => `{"sequence": 99, "bids": [["100.00", "7.0", 3], ["99.50", "2.5", 1]], "asks": [["101.00", "2.0", 1], ["101.50", "3.0", 1]], "time": "2026-09-21T14:${minute++}:00Z"}`
    const venue = await levels({ symbols: ['DEMO-USD'], feed: 'exchange', auditSeconds: 3600 }, rest)
    venue.say(exchange.snapshot)
    const elsewhere = (size: number): void => venue.say(beat(99 + size, 20), { type: 'l2update', product_id: 'DEMO-USD', changes: [['sell', '150.00', String(size)]] })
    for (let i = 1; i <= 50; i++) {
      elsewhere(i)
      await venue.clock.advance(100_000)
    }
    const asked = venue.asked.length
    await venue.clock.advance(3 * second)
    expect(venue.asked).toHaveLength(asked)
    elsewhere(51)
    await venue.clock.advance(second)
    expect(venue.asked).toHaveLength(asked + 1)
    expect(venue.synced()).toBe(true)
    await venue.clock.advance(1.1 * second)
    expect(venue.statuses().at(-1)).toMatchObject({ status: 'gap', channel: 'book', reason: 'audit mismatch' })
    venue.stop()
  })

  it('levels that only differ by the time between are no mismatch', async () => {
    let size = 1
    const venue = await levels({ symbols: ['DEMO-USD'], feed: 'exchange', auditSeconds: 20 }, () => `{"sequence": 99, "bids": [["100.00", "${size + 1}", 3], ["99.50", "2.5", 1]], "asks": [["101.00", "2.0", 1], ["101.50", "3.0", 1]]}`)
    venue.say(exchange.snapshot)
    for (; size < 300; size++) {
      await venue.clock.advance(second)
      venue.say(beat(99 + size, 20), { type: 'l2update', product_id: 'DEMO-USD', changes: [['buy', '100.00', String(size)]] })
    }
    expect(venue.asked.length).toBeGreaterThan(20)
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    venue.stop()
  })

  it('a login that is refused ends the source, and is not tried again; no secret is said', async () => {
    const venue = await levels({ symbols: ['DEMO-USD'], feed: 'exchange', book: 'level2', exchangeKey })
    expect(venue.links[0]!.sent[0]).toMatchObject({ channels: ['level2', 'heartbeat'], key: 'synthetic-key', passphrase: 'synthetic-pass', timestamp: expect.stringMatching(/^1790000000/) })
    venue.say(exchange.errorAuth)
    expect(venue.errors).toMatchObject([{ code: 'LOB_AUTH', message: expect.stringContaining('require authentication') }])
    await venue.clock.advance(600 * second)
    expect(venue.links).toHaveLength(1)
    expect(venue.links[0]!.open).toBe(false)
    expect(inspect([venue.errors, venue.events], { depth: 9 })).not.toMatch(/synthetic|c3ludGhld/)
  })

  it('a refused symbol is told as refused, not as silent, and the other goes on', async () => {
    const venue = await levels({ symbols: ['DEMO-USD', 'OTHER-USD'], feed: 'exchange' })
    venue.say(exchange.snapshot, { type: 'error', message: 'Failed to subscribe', reason: 'OTHER-USD is not a valid product' })
    for (let i = 0; i < 60; i++) {
      await venue.clock.advance(second)
      venue.say(exchange.update2, beat(i, 20))
    }
    expect(venue.statuses('OTHER-USD').map(({ status }) => status)).toEqual(['connected', 'refused'])
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    expect(venue.links).toHaveLength(1)
    venue.stop()
  })

  it('an accepted subscription that stays silent is stale, and asked for on another connection', async () => {
    const venue = await levels()
    venue.say(exchange.subscriptions, beat(99, 20))
    await venue.clock.advance(12 * second)
    expect(venue.statuses().at(-1)).toMatchObject({ status: 'stale', channel: 'book' })
    await venue.clock.advance(second)
    expect(venue.links).toHaveLength(2)
    venue.stop()
  })
})

describe('Exchange, full', () => {
  const options = { symbols: ['DEMO-USD'], feed: 'exchange', book: 'full', exchangeKey, checkQuotes: true } as const

  it('joins the level-3 book with the messages after it, and tells of the hole: the worked sequence', async () => {
    const venue = await levels(options, () => orders.book)
    venue.say(...orders.messages.slice(0, 4))
    await venue.clock.advance(100_000)
    expect(venue.asked.at(-1)).toBe('https://api.exchange.coinbase.com/products/DEMO-USD/book?level=3')
    venue.say(...orders.messages.slice(4, 5), exchange.ticker, ...orders.messages.slice(5))
    expect(venue.book()).toEqual(orders.end)
    expect(venue.events.filter(({ kind }) => kind === 'order')).toMatchObject([
      { action: 'add', seq: 103, side: 'ask', price: 101, size: 2, orderKey: orders.order('2') },
      { action: 'fill', seq: 104, side: 'ask', price: 101, size: 0.5, orderKey: orders.order('2') },
      { action: 'reduce', seq: 106, side: 'ask', price: 101.5, size: 1, orderKey: orders.order('9') },
    ])
    venue.say(orders.afterGap)
    expect(venue.statuses().at(-1)).toMatchObject({ status: 'gap', channel: 'all', fromSeq: 107, toSeq: 107 })
    expect(venue.synced()).toBe(false)
    venue.stop()
  })

  it('a lost message in steady state: only that book is fetched again, and the buffer is joined', async () => {
    let book = orders.book
    const venue = await levels(options, () => book)
    venue.say(...orders.messages)
    await venue.clock.advance(100_000)
    book = orders.book.replace('102', '107')
    venue.say(orders.afterGap)
    await venue.clock.advance(100_000)
    expect(venue.synced()).toBe(true)
    expect(venue.book()).toEqual({ bids: [[100.1, 5], [100, 1]], asks: [[101.5, 3]] })
    expect(venue.links).toHaveLength(1)
    venue.stop()
  })

  it('a lost message with none after it: the heartbeats tell', async () => {
    const venue = await levels(options, () => orders.book)
    venue.say(...orders.messages)
    await venue.clock.advance(100_000)
    venue.say(beat(106, 21), beat(109, 21))
    expect(venue.synced()).toBe(true)
    venue.say(beat(109, 21))
    expect(venue.statuses().at(-1)).toMatchObject({ status: 'gap', channel: 'all', fromSeq: 107, toSeq: 109 })
    venue.stop()
  })

  it('a quiet market whose last message made no event is quiet, not stale', async () => {
    let book = orders.book
    const venue = await levels({ ...options, checkQuotes: false }, () => book)
    venue.say(...orders.messages)
    await venue.clock.advance(100_000)
    venue.say(orders.messages[5].replace('105', '107'))
    book = orders.book.replace('102', '107')
    for (let i = 0; i < 300; i++) {
      await venue.clock.advance(second)
      venue.say(beat(107, 21))
    }
    expect(venue.asked.length).toBeGreaterThan(2)
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    expect(venue.links).toHaveLength(1)
    venue.stop()
  })

  it('a market that rests from the start is no stream of something else: its heartbeats prove the snapshot', async () => {
    const venue = await levels({ ...options, checkQuotes: false }, () => orders.book)
    for (let i = 0; i < 60; i++) {
      await venue.clock.advance(second)
      venue.say(beat(102, 21))
    }
    expect(venue.synced()).toBe(true)
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    venue.stop()
  })

  it.each([
    ['a reason that nobody knows', '{"type":"done","product_id":"DEMO-USD","sequence":107,"order_id":"ORDER2","remaining_size":"1.5","reason":"eaten","side":"sell"}'],
    ['a trade with an order that does not rest', '{"type":"match","product_id":"DEMO-USD","sequence":107,"trade_id":22,"maker_order_id":"nobody","size":"0.5","price":"101.00","side":"sell"}'],
    ['an order opened twice', '{"type":"open","product_id":"DEMO-USD","sequence":107,"order_id":"ORDER2","remaining_size":"1.5","price":"101.00","side":"sell"}'],
  ])('%s: the book is invalid and fetched again', async (_, text) => {
    const venue = await levels(options, () => orders.book)
    venue.say(...orders.messages)
    await venue.clock.advance(100_000)
    venue.say(text.replace('ORDER2', orders.order('2')))
    expect(venue.statuses().at(-1)).toMatchObject({ status: 'gap', channel: 'all', reason: expect.stringMatching(/^bad message/) })
    const before = venue.asked.length
    await venue.clock.advance(3 * second)
    expect(venue.asked.length).toBeGreaterThan(before)
    venue.stop()
  })
})

describe('Advanced Trade', () => {
  const options = { symbols: ['DEMO-USD', 'OTHER-USD'], trades: true } as const

  it('fetches lost trades again, though no number was missing', async () => {
    const rest = '{"trades": [{"trade_id": "504", "product_id": "DEMO-USD", "price": "101.20", "size": "0.1", "time": "2026-09-21T14:13:21.400000Z", "side": "SELL"}, {"trade_id": "503", "product_id": "DEMO-USD", "price": "101.20", "size": "0.2", "time": "2026-09-21T14:13:21.300000Z", "side": "BUY"}], "best_bid": "1", "best_ask": "2"}'
    const venue = await levels(options, (url) => (url.includes('/ticker?') ? rest : ''))
    venue.say(advanced.snapshot, advanced.subscriptions, advanced.update, advanced.heartbeat, advanced.trades)
    const later = (number: number, id: string): string => `{"channel": "market_trades", "client_id": "", "timestamp": "2026-09-21T14:13:22Z", "sequence_num": ${number}, "events": [{"type": "update", "trades": [{"trade_id": "${id}", "product_id": "DEMO-USD", "price": "101.20", "size": "0.3", "side": "SELL", "time": "2026-09-21T14:13:21.900000Z"}]}]}`
    venue.say(later(5, '505'))
    await venue.clock.advance(100_000)
    expect(venue.events.filter(({ kind }) => kind === 'trade').map((event) => [event.seq, event.kind === 'trade' && event.aggressor])).toEqual([[501, 'buy'], [502, 'buy'], [503, 'sell'], [504, 'buy'], [505, 'buy']])
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    venue.stop()
  })

  it('subscribes a channel at a time with heartbeats, and ends in the book of the reference', async () => {
    const venue = await levels(options)
    expect(venue.links[0]!.sent).toEqual([
      { type: 'subscribe', channel: 'heartbeats' },
      { type: 'subscribe', product_ids: ['DEMO-USD', 'OTHER-USD'], channel: 'level2' },
      { type: 'subscribe', product_ids: ['DEMO-USD', 'OTHER-USD'], channel: 'market_trades' },
    ])
    venue.say(advanced.snapshot, advanced.subscriptions, advanced.update, advanced.heartbeat, advanced.trades, advanced.ticker)
    expect(venue.book()).toEqual(advanced.end)
    expect(venue.events.filter(({ kind }) => kind === 'trade')).toMatchObject([{ id: '501', aggressor: 'buy' }, { id: '502', aggressor: 'buy', size: 0.3 }])
    const [snapshot, delta] = venue.events.filter(({ kind }) => kind === 'snapshot' || kind === 'delta')
    expect(snapshot).toMatchObject({ tsExchange: Date.UTC(2026, 8, 21, 14, 13, 20) * 1000 + 123_456, nanos: 789 })
    expect(delta).toMatchObject({ tsExchange: Date.UTC(2026, 8, 21, 14, 13, 20) * 1000 + 199_111 })
    venue.stop()
  })

  it('a lost number, whatever it was of: every book of the connection is invalid at once, and a new connection heals them', async () => {
    const venue = await levels(options)
    venue.say(advanced.snapshot, numbered(ofOther(advanced.snapshot), 1), advanced.update)
    expect([venue.synced(), venue.synced('OTHER-USD')]).toEqual([true, true])
    venue.say(numbered(advanced.heartbeat, 4))
    expect([venue.synced(), venue.synced('OTHER-USD')]).toEqual([false, false])
    expect(venue.statuses().map(({ status, reason }) => [status, reason])).toEqual([['connected', undefined], ['gap', 'connection gap (3 to 3 missing)'], ['disconnected', expect.stringContaining('connection gap')]])
    await venue.clock.advance(2 * second)
    expect(venue.links).toHaveLength(2)
    venue.say(advanced.snapshot, numbered(ofOther(advanced.snapshot), 1))
    expect([venue.synced(), venue.synced('OTHER-USD')]).toEqual([true, true])
    expect(venue.links[0]!.sent.some(({ type }) => type === 'unsubscribe')).toBe(false)
    venue.stop()
  })

  it('what was refused together is asked for again without what the refusal names', async () => {
    const venue = await levels(options)
    const before = venue.links[0]!.sent.length
    venue.say({ type: 'error', message: 'Failed to subscribe: OTHER-USD is not a valid product' })
    await venue.clock.advance(1.1 * second)
    expect(venue.links[0]!.sent.slice(before)).toEqual([
      { type: 'subscribe', channel: 'heartbeats' },
      { type: 'subscribe', product_ids: ['DEMO-USD'], channel: 'level2' },
      { type: 'subscribe', product_ids: ['DEMO-USD'], channel: 'market_trades' },
    ])
    venue.say(advanced.snapshot)
    expect([venue.synced(), venue.synced('OTHER-USD')]).toEqual([true, false])
    expect(venue.statuses('OTHER-USD').map(({ status }) => status)).toContain('refused')
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
    venue.stop()
  })

  it('a lower number is out of order: dropped', async () => {
    const venue = await levels(options)
    venue.say(advanced.snapshot, numbered(advanced.update, 1), numbered(advanced.update.replace('0.75', '9'), 1))
    expect(venue.book()).toEqual(advanced.end)
  })

  it('a snapshot in mid-connection replaces that book alone', async () => {
    const venue = await levels(options)
    venue.say(advanced.snapshot, numbered(ofOther(advanced.snapshot), 1), advanced.update, numbered(advanced.snapshot, 3))
    expect(venue.book()).toEqual({ bids: [[100, 1], [99.5, 2.5]], asks: [[101, 2], [101.5, 3]] })
    expect(venue.statuses().map(({ status }) => status)).toEqual(['connected'])
  })

  it.each([
    ['side', advanced.update.replace('"offer"', '"ask"')],
    ['kind of event', advanced.update.replace('"update"', '"upsert"')],
  ])('an unknown %s makes that book invalid; the other goes on, the numbers too', async (_, text) => {
    const venue = await levels(options)
    venue.say(advanced.snapshot, numbered(ofOther(advanced.snapshot), 1), text, advanced.heartbeat)
    expect([venue.synced(), venue.synced('OTHER-USD')]).toEqual([false, true])
    await venue.clock.advance(second)
    expect(venue.links[0]!.sent.slice(-2)).toEqual(['unsubscribe', 'subscribe'].map((type) => ({ type, product_ids: ['DEMO-USD'], channel: 'level2' })))
    venue.say(numbered(advanced.snapshot, 4))
    expect(venue.synced()).toBe(true)
    venue.stop()
  })

  it('trades missed during a reconnect come with the trades snapshot of the next connection', async () => {
    const venue = await levels(options)
    venue.say(numbered(advanced.trades, 0))
    venue.links[0]!.open = false
    venue.links[0]!.events.close(1006, '')
    await venue.clock.advance(2 * second)
    const recap = numbered(advanced.trades, 0).replace('"update"', '"snapshot"').replace('"502"', '"504"').replace('"501"', '"503"')
    venue.say(recap, numbered(advanced.trades, 1).replace('"502"', '"505"').replace('"501"', '"504"'))
    expect(venue.events.filter(({ kind }) => kind === 'trade').map(({ seq }) => seq)).toEqual([501, 502, 503, 504, 505])
    expect(venue.statuses().some(({ status }) => status === 'gap')).toBe(false)
    venue.stop()
  })

  it('answers for BTC-USDC come as BTC-USD', async () => {
    const venue = await levels({ symbols: ['DEMO-USDC'] })
    venue.say(advanced.snapshot, advanced.subscriptions, advanced.update)
    expect(venue.book('DEMO-USDC')).toEqual(advanced.end)
    venue.stop()
    const both = await levels({ symbols: ['DEMO-USDC', 'DEMO-USD'] })
    expect(both.errors).toMatchObject([{ code: 'LOB_BAD_OPTION', message: expect.stringContaining('one book') }])
  })

  it('a symbol that the venue does not list ends the source before it connects', async () => {
    const venue = await levels({ symbols: ['NOPE-USD'] })
    expect(venue.errors).toMatchObject([{ code: 'LOB_BAD_OPTION', message: expect.stringContaining('lists no NOPE-USD') }])
    expect(venue.links).toHaveLength(0)
  })
})
