import type { Clock } from '@rxlob/core'
import type { Connect, SocketEvents } from '@rxlob/feed'

/** Levels a side that the market keeps near its mid; those it leaves behind are never taken away, as on the real venue far from the mid. */
export const nearLevels = 40

/** One market that walks, up to two prices a step, written as the frames of the real venue. */
interface Walk {
  readonly symbol: string
  mid: number
  id: number
  trade: number
  /** Sizes by price, modulo their number. */
  readonly sizes: Int32Array
}

export interface EndlessBinance {
  readonly connect: Connect
  readonly fetch: typeof globalThis.fetch
  /** Frames sent so far. */
  readonly frames: number
  /** Connections open now, and ever. */
  readonly open: number
  readonly opened: number
  /** A difference or a trade of every symbol, over every connection that is open. */
  say(): void
}

/** Binance spot in memory, as long as one likes: no book but what a snapshot needs, and no object a frame but the frame. */
export function endlessBinance(clock: Clock, symbols: readonly string[], random: () => number): EndlessBinance {
  const walks = symbols.map((symbol): Walk => ({ symbol, mid: 6_000_000, id: 1000, trade: 1, sizes: new Int32Array(256).map(() => 1 + Math.floor(random() * 1e6)) }))
  const links = new Set<SocketEvents>()
  let frames = 0
  let opened = 0

  const price = (ticks: number): string => `${Math.trunc(ticks / 100)}.${String(ticks % 100).padStart(2, '0')}000000`
  const size = (lots: number): string => `${Math.trunc(lots / 1e5)}.${String(lots % 1e5).padStart(5, '0')}000`
  const level = (ticks: number, lots: number): string => `["${price(ticks)}","${size(lots)}"]`

  function change(walk: Walk, ticks: number): string {
    const lots = 1 + Math.floor(random() * 1e6)
    walk.sizes[ticks & 255] = lots
    return level(ticks, lots)
  }

  function depth(walk: Walk): string {
    const { symbol } = walk
    const first = walk.id + 1
    walk.id += 1 + Math.floor(random() * 4)
    const moved = random() < 0.2 ? (random() < 0.505 ? 1 : -1) : 0
    walk.mid += moved
    const { mid } = walk
    const bids = moved === 1 ? [change(walk, mid - 1)] : moved === -1 ? [level(mid, 0), change(walk, mid - nearLevels)] : [change(walk, mid - 1 - Math.floor(random() * nearLevels))]
    const asks = moved === -1 ? [change(walk, mid + 1)] : moved === 1 ? [level(mid, 0), change(walk, mid + nearLevels)] : []
    const now = Math.floor(clock.now())
    return `{"stream":"${symbol.toLowerCase()}@depth@100ms","data":{"e":"depthUpdate","E":${now},"s":"${symbol}","U":${first},"u":${walk.id},"b":[${bids.join(',')}],"a":[${asks.join(',')}]}}`
  }

  function trade(walk: Walk): string {
    const now = Math.floor(clock.now())
    return `{"stream":"${walk.symbol.toLowerCase()}@trade","data":{"e":"trade","E":${now},"s":"${walk.symbol}","t":${walk.trade++},"p":"${price(walk.mid)}","q":"0.05000000","T":${now},"m":false,"M":true}}`
  }

  function snapshot({ id, mid, sizes }: Walk): string {
    const side = (sign: 1 | -1): string => Array.from({ length: nearLevels }, (_, at) => mid + sign * (at + 1)).map((ticks) => level(ticks, sizes[ticks & 255]!)).join(',')
    return `{"lastUpdateId":${id},"bids":[${side(-1)}],"asks":[${side(1)}]}`
  }

  const listed = JSON.stringify({
    symbols: symbols.map((symbol) => ({ symbol, status: 'TRADING', baseAsset: symbol.slice(0, -4), quoteAsset: 'USDT', filters: [{ filterType: 'PRICE_FILTER', tickSize: '0.01' }, { filterType: 'LOT_SIZE', stepSize: '0.00001' }] })),
  })

  return {
    get frames() {
      return frames
    },
    get open() {
      return links.size
    },
    get opened() {
      return opened
    },
    connect(_, events) {
      const close = (): void => void links.delete(events)
      opened++
      clock.after(1000, () => {
        links.add(events)
        events.open()
      })
      return { send() {}, ping: () => clock.after(1000, () => links.has(events) && events.pong()), pause() {}, resume() {}, close, terminate: close }
    },
    fetch: (async (url: string) => {
      await new Promise<void>((resolve) => void clock.after(20_000, resolve))
      if (url.includes('exchangeInfo')) return new Response(listed)
      return new Response(snapshot(walks.find(({ symbol }) => url.includes(`symbol=${symbol}&`))!))
    }) as typeof globalThis.fetch,
    say() {
      for (const walk of walks) {
        const frame = Buffer.from(random() < 0.1 ? trade(walk) : depth(walk), 'latin1')
        frames++
        for (const link of links) link.message(frame)
      }
    },
  }
}
