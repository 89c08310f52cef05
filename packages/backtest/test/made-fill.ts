import type { Fill, Instrument, MarketState } from '@rxlob/core'

export const linear: Instrument = { id: 'sim:AAA', venue: 'sim', symbol: 'AAA', kind: 'equity', base: 'AAA', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.01, lotSize: 1, multiplier: 1 }
export const inverse: Instrument = { ...linear, id: 'sim:INV', symbol: 'INV', kind: 'perpetual', base: 'BTC', settle: 'BTC', contract: 'inverse', tickSize: 0.5, multiplier: 100 }

export const madeFill = (changes: Partial<Fill> = {}): Fill => ({
  instrument: linear.id, orderId: 1, side: 'buy', liquidity: 'taker', ticks: 5000, lots: 100, tsExchange: 0, tsLocal: 0, ...changes,
})

/** A market for cost models, which read the instrument and the rates. */
export const madeMarket = (changes: Partial<MarketState> = {}): MarketState =>
  ({ instrument: linear, book: undefined, volatility: 1e-4, volumeRate: 25, ...changes }) as unknown as MarketState
