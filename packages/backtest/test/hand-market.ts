import type { Instrument, MarketEvent, OrderPort, OrderReport, Strategy } from '@rxlob/core'
import { backtest, constantLatency, noCost, pessimisticQueue, type BacktestOptions, type BacktestResult } from '../src/index.js'
import { eventSource } from './event-source.js'

export const hand: Instrument = { id: 'test:HAND', venue: 'test', symbol: 'HAND', kind: 'equity', base: 'HAND', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 1, lotSize: 1, multiplier: 1 }
export const start = 1_700_000_000_000_000

type Levels = [number, number][]
type Distribute<T> = T extends unknown ? Omit<T, 'instrument' | 'tsExchange' | 'tsLocal'> : never
export type Happening = Distribute<MarketEvent>

export const snapshot = (bids: Levels, asks: Levels): Happening => ({ kind: 'snapshot', bids, asks })
export const delta = (bids: Levels, asks: Levels): Happening => ({ kind: 'delta', bids, asks })
export const trade = (price: number, size: number, aggressor: 'buy' | 'sell' | 'unknown', print: 'regular' | 'hidden' | 'cross' | 'off-book' = 'regular'): Happening => ({ kind: 'trade', price, size, aggressor, print })
export const status = (name: 'gap' | 'halted' | 'resumed' | 'session' | 'ended'): Happening => ({ kind: 'status', status: name, channel: 'all' })

/** What we do at a millisecond of the session, seen after the market event of that millisecond. */
export type Actions = Readonly<Record<number, (orders: OrderPort, reports: readonly OrderReport[]) => void>>

export interface HandRun extends BacktestResult {
  readonly reports: readonly OrderReport[]
}

/** One market event a millisecond (millisecond 0 is the first), our actions by millisecond. Level 2, pessimistic queue, no costs, no delay unless told otherwise. */
export async function handRun(happenings: readonly Happening[], actions: Actions, options: Partial<BacktestOptions> = {}): Promise<HandRun> {
  const stamp = (at: number) => ({ instrument: hand.id, tsExchange: start + at * 1000, tsLocal: start + at * 1000 })
  const events = happenings.map((happening, at) => ({ ...happening, ...stamp(at) }) as MarketEvent)
  const reports: OrderReport[] = []
  const strategy: Strategy = {
    name: 'hand',
    init: () => undefined,
    onTick: (_, { tsLocal }, orders) => actions[(tsLocal - start) / 1000]?.(orders, reports),
    onOrder: (_, report) => {
      reports.push(report)
    },
  }
  const source = eventSource([{ kind: 'instrument', ...stamp(0), definition: hand, levels: Infinity }, ...events], 'l2')
  const result = await backtest({ source, strategy, latency: constantLatency({ micros: 0 }), cost: noCost(), queue: pessimisticQueue(), sessionEnd: 'carry', ...options })
  return { ...result, reports }
}

export const buy = (lots: number, ticks: number, type: 'limit' | 'post-only' | 'ioc' | 'fok' = 'limit') => ({ instrument: hand.id, side: 'buy' as const, type, lots, ticks })
export const sell = (lots: number, ticks: number, type: 'limit' | 'post-only' | 'ioc' | 'fok' = 'limit') => ({ instrument: hand.id, side: 'sell' as const, type, lots, ticks })
export const market = (side: 'buy' | 'sell', lots: number) => ({ instrument: hand.id, side, type: 'market' as const, lots })
