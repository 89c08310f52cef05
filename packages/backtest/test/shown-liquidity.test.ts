import { simulator } from '@rxlob/adapters-simulator'
import { BookTracker, Op, RowFlag, type EventBatch } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { backtest, constantLatency, noCost, pessimisticQueue, powerQueue, type BacktestOptions } from '../src/index.js'
import { randomTrader } from './random-trader.js'

interface Moment {
  readonly ts: number
  /** Best ten levels after all events of the moment. */
  readonly shown: ReadonlyMap<string, number>
  /** Lots that traded in it, by side hit. */
  readonly traded: { bid: number; ask: number }
}

/** What the market showed and traded, by the exchange time of its events. */
async function moments(batches: AsyncIterable<EventBatch>): Promise<Moment[]> {
  const all: Moment[] = []
  let tracker: BookTracker | undefined
  let traded = { bid: 0, ask: 0 }
  for await (const batch of batches) {
    tracker ??= new BookTracker(batch.instrument, batch.levels)
    for (let row = 0; row < batch.length; ) {
      const op = batch.op[row]!
      const sells = (batch.flags[row]! & RowFlag.sell) !== 0
      // On a fill the flag tells the resting side, on a trade the taker's.
      const asks = op === Op.fill ? sells : !sells
      if (op === Op.fill || op === Op.trade) traded[asks ? 'ask' : 'bid'] += batch.lots[row]!
      const ts = batch.tsExchange[row]!
      row = tracker.applyRows(batch, row)
      const { book } = tracker
      const shown = new Map<string, number>()
      for (let level = 0; level < 10; level++) {
        shown.set(`bid ${book.bidTicks(level)}`, book.bidLots(level))
        shown.set(`ask ${book.askTicks(level)}`, book.askLots(level))
      }
      if (all.at(-1)?.ts === ts) all.pop()
      else traded = { bid: traded.bid, ask: traded.ask }
      all.push({ ts, shown, traded })
      if (row < batch.length && batch.tsExchange[row] !== ts) traded = { bid: 0, ask: 0 }
    }
  }
  return all
}

describe('no fill is more than the market showed or traded', () => {
  it.each<[string, BacktestOptions['queue']]>([['fifo', 'fifo'], ['pessimistic', pessimisticQueue()], ['power', powerQueue()]])('%s', async (_, queue) => {
    const source = simulator({ seed: 11, durationMicros: 60e6, levels: 10, rates: { marketOrders: 5 } })
    const seen = await moments(source.batches())
    const { fills } = await backtest({ source, strategy: randomTrader(4, 0.3, 0), latency: constantLatency({ micros: 400 }), cost: noCost(), ...(queue !== undefined && { queue }), sessionEnd: 'carry' })
    const taken = new Map<string, number>()
    let takers = 0
    let makers = 0
    for (const { side, ticks, lots, liquidity, tsExchange } of fills) {
      const at = seen.findLastIndex(({ ts }) => ts <= tsExchange)
      const now = seen[at]!
      if (liquidity === 'taker') {
        takers++
        const level = `${side === 'buy' ? 'ask' : 'bid'} ${ticks}`
        const before = taken.get(`${at} ${level}`) ?? 0
        taken.set(`${at} ${level}`, before + lots)
        expect(before + lots).toBeLessThanOrEqual(now.shown.get(level) ?? 0)
      } else {
        makers++
        const side1 = side === 'buy' ? 'bid' : 'ask'
        const other = side === 'buy' ? 'ask' : 'bid'
        const met = [...now.shown].filter(([level]) => level.startsWith(other) && (side === 'buy' ? Number(level.slice(4)) <= ticks : Number(level.slice(4)) >= ticks)).reduce((sum, [, size]) => sum + size, 0)
        const key = `${now.ts} ${side1} made`
        const before = taken.get(key) ?? 0
        taken.set(key, before + lots)
        expect(before + lots).toBeLessThanOrEqual(now.traded[side1] + met)
      }
    }
    expect(takers).toBeGreaterThan(50)
    expect(makers).toBeGreaterThan(50)
  })
})
