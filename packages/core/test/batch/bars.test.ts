import { collectBars, type Bars, type BarRule, type MarketEvent, type Tick } from '@rxlob/core'
import { naiveTicks } from '@rxlob/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchesFrom, batchSource, eventSource, madeStream } from '../made-sources.js'
import { equity, session } from '../session.js'

type Bar = Record<Exclude<keyof Bars, 'length'>, number>

const midOf = ({ book }: Tick): number => (book.synced && !book.crossed ? ((book.bidTicks(0) + book.askTicks(0)) / 2) * book.tickSize : NaN)

const counts = ({ tradePrint }: Tick): boolean => tradePrint === 'regular' || tradePrint === 'hidden'

/** A bar from the ticks in it and the last mid before it. */
function barOf(ticks: readonly Tick[], before: number, tsStart: number): Bar {
  const mids = [before, ...ticks.map(midOf)].filter((mid) => !Number.isNaN(mid))
  const volume = (sign: number): number => ticks.filter((tick) => counts(tick) && Math.sign(tick.tradeLots) === sign).reduce((sum, { tradeSize }) => sum + tradeSize, 0)
  return {
    tsStart, open: mids[0] ?? NaN, high: mids.length > 0 ? Math.max(...mids) : NaN, low: mids.length > 0 ? Math.min(...mids) : NaN,
    close: mids.at(-1) ?? NaN, buyLots: volume(1), sellLots: volume(-1),
  }
}

/** Ticks put in groups first, bars made of each after. */
function barsNaively(events: readonly MarketEvent[], by: BarRule): Bar[] {
  const ticks = naiveTicks(events).map(({ tick }) => tick)
  if (ticks.length === 0) return []
  const groups: { tsStart: number; ticks: Tick[] }[] = []
  if ('micros' in by) {
    const cell = ({ tsLocal }: Tick): number => Math.floor(tsLocal / by.micros)
    for (let k = cell(ticks[0]!); k <= cell(ticks.at(-1)!); k++) groups.push({ tsStart: k * by.micros, ticks: ticks.filter((tick) => cell(tick) === k) })
    groups.pop()
  } else {
    let group = { tsStart: ticks[0]!.tsLocal, ticks: [] as Tick[] }
    for (const tick of ticks) {
      group.ticks.push(tick)
      const trades = group.ticks.filter(counts)
      const filled = 'trades' in by ? trades.length : trades.reduce((sum, { tradeSize }) => sum + tradeSize, 0)
      if (!counts(tick) || filled < ('trades' in by ? by.trades : by.lots)) continue
      groups.push(group)
      group = { tsStart: tick.tsLocal, ticks: [] }
    }
  }
  let before = NaN
  return groups.map((group) => {
    const bar = barOf(group.ticks, before, group.tsStart)
    before = bar.close
    return bar
  })
}

const rowsOf = (bars: Bars): Bar[] =>
  Array.from({ length: bars.length }, (_, n) => ({
    tsStart: bars.tsStart[n]!, open: bars.open[n]!, high: bars.high[n]!, low: bars.low[n]!, close: bars.close[n]!, buyLots: bars.buyLots[n]!, sellLots: bars.sellLots[n]!,
  }))

const second = 1_000_000
const noon = 1_700_000_000 * second

/** Events at these seconds after noon. */
const at = (seconds: number, event: MarketEvent): MarketEvent => ({ ...event, tsLocal: noon + seconds * second })

describe('collectBars', () => {
  it.each<[string, fc.Arbitrary<BarRule>]>([
    ['time', fc.constantFrom(20_000, 100_000, 1_000_000).map((micros) => ({ micros }))],
    ['trades', fc.integer({ min: 1, max: 9 }).map((trades) => ({ trades }))],
    ['lots', fc.integer({ min: 1, max: 200 }).map((lots) => ({ lots }))],
  ])('gives the bars of a naive one, whatever the batches: by %s', async (_, rule) => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 300, rates: { redefinitions: 0, trades: 0.3 } }), rule, fc.integer({ min: 1, max: 50 }), async (events, by, rows) => {
        expect(rowsOf(await collectBars(batchSource(await batchesFrom(events, rows)), by))).toEqual(barsNaively(events, by))
      }),
      { numRuns: 30 },
    )
  })

  it('aligns time bars to multiples since the epoch, carries the close over empty ones, and drops the last', async () => {
    const make = session()
    const events = [
      at(0.5, make.instrument()),
      at(0.7, make.trade(10, 9)),
      at(1.2, make.snapshot([[10, 5]], [[10.02, 7]])),
      at(1.9, make.delta([[10.01, 5]], [])),
      at(2, make.trade(10.02, 4, 'buy')),
      at(2, make.trade(10.01, 3, 'sell')),
      at(2, make.trade(10.01, 2, 'unknown')),
      at(2, make.trade(10.01, 100, 'buy', 'cross')),
      at(5.999999, make.delta([[10.01, 0]], [])),
      at(6, make.trade(10, 1)),
    ]
    expect(rowsOf(await collectBars(eventSource(events), { micros: second }))).toEqual([
      { tsStart: noon, open: NaN, high: NaN, low: NaN, close: NaN, buyLots: 9, sellLots: 0 },
      { tsStart: noon + second, open: 10.01, high: 10.015, low: 10.01, close: 10.015, buyLots: 0, sellLots: 0 },
      { tsStart: noon + 2 * second, open: 10.015, high: 10.015, low: 10.015, close: 10.015, buyLots: 4, sellLots: 3 },
      { tsStart: noon + 3 * second, open: 10.015, high: 10.015, low: 10.015, close: 10.015, buyLots: 0, sellLots: 0 },
      { tsStart: noon + 4 * second, open: 10.015, high: 10.015, low: 10.015, close: 10.015, buyLots: 0, sellLots: 0 },
      { tsStart: noon + 5 * second, open: 10.015, high: 10.015, low: 10.01, close: 10.01, buyLots: 0, sellLots: 0 },
    ])
  })

  it('closes a volume bar with the whole of the trade that fills it', async () => {
    const make = session()
    const events = [make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), make.trade(10, 3, 'buy'), make.trade(10, 30, 'unknown'), make.trade(10, 12, 'sell', 'hidden'), make.trade(10, 9)]
    expect(rowsOf(await collectBars(eventSource(events), { lots: 10 }))).toMatchObject([
      { tsStart: events[1]!.tsLocal, buyLots: 3, sellLots: 0 },
      { tsStart: events[3]!.tsLocal, buyLots: 0, sellLots: 12 },
    ])
  })

  it('gives no bars where there is none to give', async () => {
    expect((await collectBars(eventSource([]), { trades: 1 })).length).toBe(0)
    expect((await collectBars(eventSource([session().instrument(), session().trade(10, 1)]), { trades: 2 })).length).toBe(0)
  })

  it('refuses a jump in time over millions of bars, and several instruments', async () => {
    const make = session()
    const events = [{ ...make.instrument(), tsLocal: 0 }, { ...make.trade(10, 1), tsLocal: 1 }, make.trade(10, 1)]
    await expect(collectBars(eventSource(events), { micros: second })).rejects.toMatchObject({ code: 'LOB_BAD_MESSAGE' })
    const two = [make.instrument(), session({ ...equity, id: 'test:XYZ' }).instrument(), make.trade(10, 1), { ...make.trade(10, 1), instrument: 'test:XYZ' } as MarketEvent]
    await expect(collectBars(eventSource(two), { trades: 1 })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })

  it.each<BarRule>([{ micros: 0 }, { micros: 0.5 }, { trades: -1 }, { trades: NaN }, { lots: Infinity }])('refuses bars of %o', async (by) => {
    await expect(collectBars(eventSource([]), by)).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })
})
