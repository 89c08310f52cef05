import type { Instrument, MarketEvent, Side } from '@rxlob/core'

/** Cents and whole shares. */
export const equity: Instrument = {
  id: 'test:ABC',
  venue: 'test',
  symbol: 'ABC',
  kind: 'equity',
  base: 'ABC',
  quote: 'USD',
  settle: 'USD',
  contract: 'linear',
  tickSize: 0.01,
  lotSize: 1,
  multiplier: 1,
}

/** Hand-written events of one instrument, a millisecond apart. */
export function session(instrument: Instrument = equity, levels: number = Infinity) {
  let now = 1_700_000_000_000_000
  const header = () => ({ instrument: instrument.id, tsExchange: (now += 1000), tsLocal: now })
  return {
    instrument: (): MarketEvent => ({ kind: 'instrument', ...header(), definition: instrument, levels }),
    snapshot: (bids: [number, number][], asks: [number, number][], orders?: { orderId: number; side: Side; price: number; size: number }[]): MarketEvent => ({
      kind: 'snapshot',
      ...header(),
      bids,
      asks,
      ...(orders && { orders }),
    }),
    delta: (bids: [number, number][], asks: [number, number][], cause?: 'set' | 'scroll'): MarketEvent => ({ kind: 'delta', ...header(), bids, asks, ...(cause && { cause }) }),
    order: (action: 'add' | 'reduce' | 'remove' | 'fill' | 'replace', orderId: number, side: Side, price: number, size: number, scrolled?: { bids: [number, number][]; asks: [number, number][] }): MarketEvent => ({
      kind: 'order',
      ...header(),
      action,
      orderId,
      side,
      price,
      size,
      ...(scrolled && { scrolled }),
    }),
    trade: (price: number, size: number, aggressor: 'buy' | 'sell' | 'unknown' = 'buy', print: 'regular' | 'hidden' | 'cross' | 'off-book' = 'regular'): MarketEvent => ({
      kind: 'trade',
      ...header(),
      price,
      size,
      aggressor,
      print,
    }),
    status: (status: 'gap' | 'halted' | 'resumed' | 'session' | 'ended' | 'crossed', channel: 'book' | 'trades' | 'all' = 'all', reason?: string): MarketEvent => ({
      kind: 'status',
      ...header(),
      status,
      channel,
      ...(reason && { reason }),
    }),
  }
}
