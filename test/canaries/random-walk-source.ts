import { seededRandom, type BookDelta, type Instrument, type MarketEvent, type Source } from '@rxlob/core'
import { from } from 'rxjs'

const instrument: Instrument = {
  id: 'walk:WALK', venue: 'walk', symbol: 'WALK', kind: 'equity', base: 'WALK', quote: 'USD', settle: 'USD',
  contract: 'linear', tickSize: 0.01, lotSize: 1, multiplier: 1,
}

/**
 * A mid that walks at random: every event moves both quotes by -1, 0 or +1 tick with equal probability and draws new sizes, all
 * independent of everything before. Nothing can predict it.
 */
export function randomWalkSource(seed: number, events: number): Source {
  const random = seededRandom(seed)
  const list: MarketEvent[] = []
  let ticks = 100_000
  let now = 1_700_000_000_000_000
  const header = () => ({ instrument: instrument.id, tsExchange: now, tsLocal: now })
  const size = (): number => 1 + Math.floor(random() * 100)
  const price = (count: number): number => count / 100
  list.push({ kind: 'instrument', ...header(), definition: instrument, levels: Infinity })
  list.push({ kind: 'snapshot', ...header(), bids: [[price(ticks), size()]], asks: [[price(ticks + 1), size()]] })
  for (let n = 0; n < events; n++) {
    now += 100_000
    const before = ticks
    ticks += Math.floor(random() * 3) - 1
    const moved = ticks !== before
    const delta: BookDelta = {
      kind: 'delta',
      ...header(),
      bids: moved ? [[price(before), 0], [price(ticks), size()]] : [[price(ticks), size()]],
      asks: moved ? [[price(before + 1), 0], [price(ticks + 1), size()]] : [[price(ticks + 1), size()]],
    }
    list.push(delta)
  }
  return {
    contract: 1,
    name: `random walk, seed ${seed}`,
    supports: { timing: 'replay', book: 'l2', levels: Infinity, trades: false, detects: { gaps: false, staleness: false, lostTrades: false } },
    events: () => from(list),
  }
}
