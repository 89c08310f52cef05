import type { MarketEvent } from '@rxlob/core/kernel'

const at = (millis: number): { instrument: 'acme:BTC-USD'; tsExchange: number; tsLocal: number } => {
  const micros = Date.UTC(2026, 0, 5) * 1000 + millis * 1000
  return { instrument: 'acme:BTC-USD', tsExchange: micros, tsLocal: micros }
}

/** A second of a market, written by hand: what your own feed would hand over. */
export const market: readonly MarketEvent[] = [
  {
    kind: 'instrument', ...at(0), levels: 3,
    definition: { id: 'acme:BTC-USD', venue: 'acme', symbol: 'BTC-USD', kind: 'spot', base: 'BTC', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.5, lotSize: 0.001, multiplier: 1 },
  },
  { kind: 'snapshot', ...at(0), bids: [[60000, 1.2], [59999.5, 0.8], [59999, 2]], asks: [[60000.5, 0.4], [60001, 1.1], [60001.5, 3]] },
  { kind: 'delta', ...at(120), bids: [[60000, 1.7]], asks: [] },
  { kind: 'trade', ...at(300), price: 60000.5, size: 0.4, aggressor: 'buy', print: 'regular' },
  { kind: 'delta', ...at(300), bids: [], asks: [[60000.5, 0], [60002, 1]] },
  { kind: 'delta', ...at(550), bids: [[60000.5, 0.9], [59999, 0]], asks: [] },
  { kind: 'delta', ...at(900), bids: [], asks: [[60001, 0.2]] },
]
