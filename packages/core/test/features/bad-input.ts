import { seededRandom, type Instrument, type MarketEvent, type PriceLevel, type StatusName } from '../../src/kernel.js'

const definition: Instrument = { id: 'bad:INPUT', venue: 'bad', symbol: 'INPUT', kind: 'spot', base: 'INPUT', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.01, lotSize: 1, multiplier: 1 }
let now = 0
const header = (): { instrument: 'bad:INPUT'; tsExchange: number; tsLocal: number } => ({ instrument: 'bad:INPUT', tsExchange: (now += 100_000), tsLocal: now })

const price = (ticks: number): number => Math.round(ticks) / 100
const side = (best: number, step: 1 | -1, lots: (level: number) => number): PriceLevel[] => Array.from({ length: 6 }, (_, level) => [price(best + step * level), lots(level)])
const snapshot = (bids: readonly PriceLevel[], asks: readonly PriceLevel[]): MarketEvent => ({ kind: 'snapshot', ...header(), bids, asks })
const delta = (bids: readonly PriceLevel[], asks: readonly PriceLevel[]): MarketEvent => ({ kind: 'delta', ...header(), bids, asks })
const trade = (at: number, size: number, aggressor: 'buy' | 'sell' | 'unknown' = 'buy', print: 'regular' | 'hidden' | 'cross' = 'regular'): MarketEvent => ({ kind: 'trade', ...header(), price: at, size, aggressor, print })
const status = (name: StatusName): MarketEvent => ({ kind: 'status', ...header(), status: name, channel: 'all' })

/** Six levels a side about 100, two ticks apart, moving by a tick now and then; trades on both sides; every 100 ms. Ends with a bid of 99.99 and an ask of 100.01. */
export function calmMarket(): MarketEvent[] {
  now = 1_700_000_000_000_000
  const random = seededRandom(12)
  const lots = (): number => 20 + Math.floor(random() * 40)
  const events: MarketEvent[] = [{ kind: 'instrument', ...header(), definition, levels: Infinity }, snapshot(side(9999, -1, lots), side(10001, 1, lots))]
  let mid = 10000
  const move = (to: number): void => {
    // Levels that the move passes over go, and come back on the other side.
    if (to > mid) events.push(delta([[price(mid), lots()], [price(mid - 6), 0]], [[price(mid + 1), 0], [price(mid + 7), lots()]]))
    else events.push(delta([[price(mid - 1), 0], [price(mid - 7), lots()]], [[price(mid), lots()], [price(mid + 6), 0]]))
    mid = to
  }
  for (let step = 0; step < 80; step++) {
    if (step % 3 === 0) move(mid + (random() < 0.5 ? 1 : -1))
    events.push(delta([[price(mid - 1), lots()]], [[price(mid + 1), lots()]]))
    const buys = random() < 0.5
    const [at, size] = [price(buys ? mid + 1 : mid - 1), 1 + Math.floor(random() * 15)]
    events.push(trade(at, size, buys ? 'buy' : 'sell'))
    events.push(buys ? delta([], [[at, 20]]) : delta([[at, 20]], []))
  }
  while (mid !== 10000) move(mid + Math.sign(10000 - mid))
  events.push(delta([[price(mid - 1), 30]], [[price(mid + 1), 25]]))
  return events
}

const gone = (from: number, step: 1 | -1): PriceLevel[] => Array.from({ length: 12 }, (_, level) => [price(from + step * level), 0])
const huge = 2 ** 53

/** Sizes of an empty side are 0, and so is the flow at a rank that is empty before and after. */
const emptySides = ['book_levels_2 (some)', 'ofi_by_level_4 (some)', 'sweep_price_60 (some)', 'top_volume_3']
const oneSide = ['book_vwap_2 (some)', 'book_vwap_3 (some)', 'queue_ahead_exact (some)', 'queue_ahead_log (some)', 'queue_ahead_pessimistic (some)', 'queue_ahead_power (some)', 'queue_ahead_power2 (some)', 'queue_ahead_power3 (some)']

export interface BadInput {
  /** Made after the calm market: they go on with its clock. */
  readonly events: () => readonly MarketEvent[]
  /** What a calm market defines and this does not: after a jump, changes of prices no longer go to and fro. */
  readonly without?: RegExp
  /**
   * `calm`: as in the calm market. `trades`: those that read no book. Or these, `(some)` where not all of their columns are numbers,
   * beside those that read no book and those of a window, which keep what they know.
   */
  readonly numbers: 'calm' | 'trades' | readonly string[]
}

/** What goes wrong after the calm market, and which features give numbers in the row after it. */
export const badInput: Readonly<Record<string, BadInput>> = {
  'no asks': { events: () => [delta([], gone(10001, 1))], numbers: [...emptySides, ...oneSide] },
  'no book at all': { events: () => [delta(gone(9999, -1), gone(10001, 1))], numbers: emptySides },
  'a locked book': { events: () => [delta([[100.01, 5]], [])], numbers: 'trades' },
  'a crossed book': { events: () => [delta([[100.05, 5]], [])], numbers: 'trades' },
  'a size below 0': { events: () => [delta([[99.99, -5]], [])], numbers: 'trades' },
  'a price between ticks': { events: () => [delta([[99.9934, 5]], [])], numbers: 'trades' },
  'a halt': { events: () => [status('halted'), delta([[99.99, 7]], [])], numbers: 'calm' },
  'sizes of 2^53': { events: () => [delta([[99.99, huge]], [[100.01, huge]]), trade(100.01, huge), delta([[99.98, huge]], [[100.02, huge]])], numbers: 'calm' },
  'a trade of nothing, one by nobody and one off the book': { events: () => [trade(100.01, 0), trade(100, 5, 'unknown'), trade(250, 3, 'sell', 'cross'), delta([[99.99, 7]], [])], numbers: 'calm' },
  'prices a thousand times as high': { events: () => [delta(gone(9999, -1), gone(10001, 1)), delta(side(9_999_999, -1, () => 30), side(10_000_001, 1, () => 25)), trade(100_000.01, 5)], numbers: 'calm', without: /^roll_spread/ },
}

export const afterGap = (): [MarketEvent, MarketEvent] => [status('gap'), delta([[99.99, 7]], [])]
