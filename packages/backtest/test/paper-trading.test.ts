import type { MarketEvent, Source, Strategy } from '@rxlob/core'
import { makeEvents } from '@rxlob/testkit'
import { Observable } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { backtest, constantLatency, feeSchedule, jitteredLatency, logQueue, paperTrade, type PaperProgress } from '../src/index.js'
import { eventSource } from './event-source.js'
import { handClock } from './hand-clock.js'
import { randomTrader } from './random-trader.js'

const events = makeEvents({ seed: 7, book: 'l2', events: 400, rates: { gaps: 0.01, trades: 0.3, statuses: 0.01 } })
const start = events[0]!.tsLocal
const end = events.at(-1)!.tsLocal
const models = { latency: jitteredLatency({ base: constantLatency({ micros: 700 }), meanJitterMicros: 300 }), cost: feeSchedule({ tiers: [{ fromVolume: 0, makerBps: -1, takerBps: 3 }] }), queue: logQueue() }

/** Says every event when it was seen. */
function live(clock: ReturnType<typeof handClock>, given: readonly MarketEvent[] = events): Source & { open: number } {
  const source = {
    ...eventSource([], 'l2', 'live'),
    open: 0,
    supports: { timing: 'live', book: 'l2', levels: Infinity, trades: true, detects: { gaps: true, staleness: true, lostTrades: true } },
    events: () => new Observable<MarketEvent>((subscriber) => {
      source.open++
      const cancels = given.map((event) => clock.after(event.tsLocal - clock.now(), () => subscriber.next(event)))
      cancels.push(clock.after(end + 1 - clock.now(), () => subscriber.complete()))
      return () => {
        source.open--
        for (const cancel of cancels) cancel()
      }
    }),
    batches: undefined,
  }
  return source as unknown as Source & { open: number }
}

describe('a session on paper', () => {
  it('is the backtest of its recording, to the bit', async () => {
    const clock = handClock(start)
    const seen: PaperProgress[] = []
    const strategy = randomTrader(3, 0.4)
    const session = paperTrade({ ...models, source: live(clock), clock, strategy, onProgress: (progress) => seen.push(progress) })
    await clock.advance(end - start + 10e6)
    const paper = await session
    const replay = await backtest({ ...models, source: eventSource(events, 'l2', 'live'), strategy: randomTrader(3, 0.4) })
    expect(paper.fills.length).toBeGreaterThan(20)
    expect(paper.fills).toEqual(replay.fills)
    expect(paper.orders).toEqual(replay.orders)
    expect(paper.profitAndLoss).toEqual(replay.profitAndLoss)
    expect(paper.counts.gaps).toBe(replay.counts.gaps)
    expect(paper.counts.gaps).toBeGreaterThan(0)
    expect(seen.length).toBeGreaterThan(10)
    expect(strategy.log.reports.length).toBeGreaterThan(20)
  })

  it('ends after its time, closes what it holds and lets the source go', async () => {
    const clock = handClock(start)
    const source = live(clock)
    const reports: string[] = []
    const half = Math.floor((end - start) / 2)
    const session = paperTrade({ ...models, source, clock, strategy: randomTrader(3, 0.4, 0), durationMicros: half, maxFeedDelayMicros: 1000, onReport: ({ status }) => reports.push(status) })
    await clock.advance(half + 1e6)
    const { positions, counts, to } = await session
    expect(to).toBeLessThanOrEqual(start + half + 200_000)
    expect(counts.notFlattened > 0 || positions.every(({ lots }) => lots === 0)).toBe(true)
    expect(reports).toContain('accepted')
    await clock.advance(1)
    expect(source.open).toBe(0)
  })

  it('ends when it is told to', async () => {
    const clock = handClock(start)
    const source = live(clock)
    const abort = new AbortController()
    const session = paperTrade({ ...models, source, clock, strategy: randomTrader(3, 0.4), abort: abort.signal })
    await clock.advance(1000)
    abort.abort()
    await clock.advance(1000)
    expect((await session).counts.events).toBeLessThan(events.length)
    expect(source.open).toBe(0)
  })

  it('says so where the strategy throws, and lets the source go', async () => {
    const clock = handClock(start)
    const source = live(clock)
    const strategy: Strategy = { name: 'broken', init: () => undefined, onTick: () => { throw new Error('out of ideas') } }
    const session = paperTrade({ ...models, source, clock, strategy, maxFeedDelayMicros: 0 })
    const ended = session.then(() => 'without an error', (error: unknown) => error)
    await clock.advance(end - start)
    expect(await ended).toMatchObject({ code: 'LOB_ORDER' })
    expect(source.open).toBe(0)
  })

  it('counts what comes later than was allowed for, and takes it when it comes', async () => {
    const clock = handClock(start)
    const late = events.map((event) => (event.kind === 'trade' ? { ...event, tsExchange: event.tsExchange - 5e6 } : event))
    const session = paperTrade({ ...models, source: live(clock, late), clock, strategy: randomTrader(3, 0.4), maxFeedDelayMicros: 1000, stepMicros: 1000 })
    await clock.advance(end - start + 10e6)
    expect((await session).counts.lateEvents).toBeGreaterThan(0)
  })

  it('needs a live source', async () => {
    await expect(paperTrade({ ...models, source: eventSource(events, 'l2'), clock: handClock(start), strategy: randomTrader(1, 0.1) })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })
})
