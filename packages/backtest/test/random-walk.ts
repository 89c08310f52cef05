import { seededRandom, type Instrument, type MarketEvent } from '@rxlob/core'

export const walked: Instrument = { id: 'test:WALK', venue: 'test', symbol: 'WALK', kind: 'equity', base: 'WALK', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 1, lotSize: 1, multiplier: 1 }

/** A book that steps a tick up or down at random every 100 ms, `spread` ticks wide and 1,000 lots deep: nothing in it can be foretold. */
export function randomWalk(seed: number, steps: number, spread = 4): MarketEvent[] {
  const random = seededRandom(seed)
  let now = 1_700_000_000_000_000
  let bid = 10_000
  const header = () => ({ instrument: walked.id, tsExchange: now, tsLocal: now })
  const events: MarketEvent[] = [{ kind: 'instrument', ...header(), definition: walked, levels: Infinity }]
  for (let step = 0; step < steps; step++) {
    now += 100_000
    bid += random() < 0.5 ? 1 : -1
    events.push({ kind: 'snapshot', ...header(), bids: [[bid, 1000], [bid - 1, 1000]], asks: [[bid + spread, 1000], [bid + spread + 1, 1000]] })
  }
  return events
}
