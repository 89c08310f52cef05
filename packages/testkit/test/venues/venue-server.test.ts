import { systemClock } from '@rxlob/feed'
import { WebSocket } from 'ws'
import { afterEach, describe, expect, it } from 'vitest'
import { venue, venueServer, type Venue, type VenueName, type VenueServer } from '../../src/venues/index.js'

const running: { venue: Venue; server: VenueServer }[] = []
afterEach(async () => {
  for (const { venue, server } of running.splice(0)) {
    venue.stop()
    await server.stop()
  }
})

async function serve(name: VenueName): Promise<{ venue: Venue; server: VenueServer }> {
  const clock = systemClock()
  const served = venue({ name, clock, ordersPerSecond: 500, market: { orders: 100, reachTicks: 60 } })
  const server = await venueServer({ venue: served, clock })
  running.push({ venue: served, server })
  return { venue: served, server }
}

/** Sends requests and gathers messages until there are so many that hold. */
function messages(url: string, requests: readonly unknown[], enough: (all: readonly Record<string, unknown>[]) => boolean): Promise<readonly Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    const all: Record<string, unknown>[] = []
    socket.on('open', () => {
      for (const request of requests) socket.send(typeof request === 'string' ? request : JSON.stringify(request))
    })
    socket.on('message', (data) => {
      all.push(JSON.parse(String(data)) as Record<string, unknown>)
      if (!enough(all)) return
      socket.close()
      resolve(all)
    })
    socket.on('error', reject)
    socket.on('close', (code) => reject(new Error(`closed with ${code} after ${JSON.stringify(all)}`)))
  })
}

describe('Binance on a socket', () => {
  it('answers requests in the shapes of the documents', async () => {
    const { server } = await serve('binance')
    const get = async (path: string) => {
      const response = await fetch(`${server.rest}${path}`)
      return { status: response.status, weight: response.headers.get('x-mbx-used-weight-1m'), body: await response.json() as Record<string, never> & Record<string, unknown>[] }
    }
    const depth = await get('/api/v3/depth?symbol=BTCUSDT&limit=5')
    expect(depth).toMatchObject({ status: 200, weight: '5', body: { lastUpdateId: expect.any(Number), bids: expect.arrayContaining([[expect.stringMatching(/^\d+\.\d{8}$/), expect.stringMatching(/^\d+\.\d{8}$/)]]) } })
    expect(await get('/api/v3/depth?symbol=NOPE')).toMatchObject({ status: 400, body: { code: -1121, msg: 'Invalid symbol.' } })
    expect((await get('/api/v3/exchangeInfo')).body['symbols']).toHaveLength(2)
    await new Promise((resolve) => void setTimeout(resolve, 300))
    const aggregates = (await get('/api/v3/aggTrades?symbol=BTCUSDT&limit=3')).body
    expect(aggregates[0]).toMatchObject({ a: expect.any(Number), p: expect.any(String), q: expect.any(String), f: expect.any(Number), l: expect.any(Number), T: expect.any(Number), m: expect.any(Boolean) })
    const from = Number(aggregates[0]!['a'])
    expect((await get(`/api/v3/aggTrades?symbol=BTCUSDT&fromId=${from}&limit=2`)).body.map(({ a }) => a)).toEqual([from, from + 1])
    expect((await get('/nowhere')).status).toBe(404)
  })

  it('chains its depth messages and answers requests on the stream', async () => {
    const { server } = await serve('binance')
    const depths = (all: readonly Record<string, unknown>[]) => all.filter((each) => each['e'] === 'depthUpdate')
    const all = await messages(`${server.streams}/ws/btcusdt@depth@100ms`, [{ method: 'LIST_SUBSCRIPTIONS', id: 7 }, { method: 'SUBSCRIB', id: 8 }, 'no json'], (seen) => depths(seen).length > 5)
    expect(all).toContainEqual({ result: ['btcusdt@depth@100ms'], id: 7 })
    expect(all).toContainEqual({ code: 2, msg: expect.stringContaining('unknown variant SUBSCRIB') })
    expect(all).toContainEqual({ code: 3, msg: expect.stringContaining('Invalid JSON') })
    const chain = depths(all) as unknown as { U: number; u: number; E: number }[]
    for (const [at, { U, E }] of chain.entries()) {
      if (at > 0) expect(U).toBe(chain[at - 1]!.u + 1)
      expect(String(E)).toHaveLength(13)
    }
  })

  it('writes microseconds where they are asked for, and futures chain by pu', async () => {
    const spot = await serve('binance')
    const [first] = await messages(`${spot.server.streams}/stream?streams=btcusdt@depth@100ms&timeUnit=MICROSECOND`, [], (all) => all.length > 0)
    expect(first).toMatchObject({ stream: 'btcusdt@depth@100ms', data: { e: 'depthUpdate' } })
    expect(String((first!['data'] as { E: number }).E)).toHaveLength(16)
    const futures = await serve('binance-usdm')
    const chain = (await messages(`${futures.server.streams}/public/ws/btcusdt@depth@100ms`, [], (all) => all.length > 5)) as unknown as { U: number; u: number; pu: number }[]
    for (const [at, { pu }] of chain.entries()) if (at > 0) expect(pu).toBe(chain[at - 1]!.u)
    expect(chain.some(({ U, pu }) => U > pu + 1)).toBe(true)
  })

  it('closes a client that sends more than five frames a second', async () => {
    const { venue, server } = await serve('binance')
    await expect(messages(`${server.streams}/ws/btcusdt@depth@100ms`, Array.from({ length: 8 }, (_, id) => ({ method: 'LIST_SUBSCRIPTIONS', id })), () => false)).rejects.toThrow('closed with 1008')
    expect(venue.politeness.report().violations.length).toBeGreaterThan(0)
  })
})

describe('Coinbase on a socket', () => {
  it('refuses a channel that wants a login, and a product that is not there', async () => {
    const { server } = await serve('coinbase')
    const subscribe = (product: string, channel: string) => ({ type: 'subscribe', product_ids: [product], channels: [channel] })
    const all = await messages(server.streams, [subscribe('BTC-USD', 'level2'), subscribe('NO-USD', 'matches'), subscribe('BTC-USD', 'level2_batch')], (seen) => seen.some(({ type }) => type === 'l2update'))
    expect(all.slice(0, 2)).toEqual([
      { type: 'error', message: 'Failed to subscribe', reason: 'level2, level3, and full channels now require authentication' },
      { type: 'error', message: 'Failed to subscribe', reason: 'NO-USD is not a valid product' },
    ])
    expect(all[2]).toMatchObject({ type: 'snapshot', product_id: 'BTC-USD' })
    expect(all[3]).toMatchObject({ type: 'subscriptions', channels: [{ name: 'level2_50', product_ids: ['BTC-USD'] }] })
  })

  it('pages through trades, newest first', async () => {
    const { server } = await serve('coinbase')
    await new Promise((resolve) => void setTimeout(resolve, 400))
    const page = async (query: string) => {
      const response = await fetch(`${server.rest}/products/BTC-USD/trades?${query}`)
      return { ids: ((await response.json()) as { trade_id: number }[]).map(({ trade_id }) => trade_id), after: response.headers.get('cb-after') }
    }
    const newest = await page('limit=2')
    expect(newest.ids[0]).toBe(newest.ids[1]! + 1)
    expect((await page(`limit=2&after=${newest.after}`)).ids).toEqual([newest.ids[1]! - 1, newest.ids[1]! - 2])
  })

  it('numbers every message of an Advanced Trade connection', async () => {
    const { server } = await serve('coinbase-advanced')
    const all = await messages(server.streams, [{ type: 'subscribe', channel: 'heartbeats' }, { type: 'subscribe', product_ids: ['BTC-USDC'], channel: 'level2' }, { type: 'subscribe', product_ids: ['BTC-USD'], channel: 'market_trades' }], (seen) => seen.length > 40)
    expect(all.map((each) => each['sequence_num'])).toEqual(all.map((_, at) => at))
    // A USDC product is answered as the USD one.
    expect(all.find(({ channel }) => channel === 'l2_data')).toMatchObject({ events: [{ type: 'snapshot', product_id: 'BTC-USD' }] })
  })
})
