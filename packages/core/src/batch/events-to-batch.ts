import { opOfAction } from '../book/row-codes.js'
import { LobError } from '../errors.js'
import type { MarketEvent, PriceLevel, ScrolledLevels } from '../events.js'
import { decimalGrid } from '../numeric/decimal-grid.js'
import { growingBatch } from './batch-builder.js'
import { Op, RowFlag, type EventBatch } from './event-batch.js'

const flagOfPrint = { regular: 0, hidden: RowFlag.hidden, cross: RowFlag.cross, 'off-book': RowFlag.offBook } as const
const flagOfAggressor = { buy: 0, sell: RowFlag.sell, unknown: RowFlag.unknownSide } as const

/** Gathers the events of one instrument into batches. */
export interface EventGatherer {
  /** Closed rows waiting to be taken. */
  readonly length: number
  /** Adds one event. An `instrument` event that differs from the last needs a gatherer of its own. */
  push(event: Exclude<MarketEvent, { kind: 'instrument' }>): void
  take(): EventBatch
}

/**
 * Turns events of one instrument into rows of a batch: prices to ticks, sizes to lots.
 *
 * @param opening The `instrument` event of the stream.
 */
export function eventsToBatch(opening: Extract<MarketEvent, { kind: 'instrument' }>, options: { rows?: number } = {}): EventGatherer {
  const { definition: instrument, levels } = opening
  const prices = decimalGrid(instrument.tickSize)
  const sizes = decimalGrid(instrument.lotSize)
  const batch = growingBatch({ instrument, levels, orders: true, sequences: true, nanos: true, ...options })
  const setLevels = (op: number, side: readonly PriceLevel[], flags: number): void => {
    for (const [price, size] of side) batch.row(op, prices.toCount(price), sizes.toCount(size), flags)
  }
  const setScrolled = (scrolled: ScrolledLevels | undefined, flags: number): void => {
    if (scrolled === undefined) return
    setLevels(Op.setBid, scrolled.bids, RowFlag.scroll | flags)
    setLevels(Op.setAsk, scrolled.asks, RowFlag.scroll | flags)
  }
  return {
    get length() {
      return batch.length
    },
    push(event) {
      if (event.instrument !== instrument.id) {
        throw new LobError('LOB_BAD_MESSAGE', `Expected events of ${instrument.id}, got one of ${event.instrument}: gather each instrument apart.`, { stream: event.instrument })
      }
      switch (event.kind) {
        case 'status': {
          const { fromSeq, toSeq, count, reason } = event
          batch.status(event.status, event.channel, {
            ...(fromSeq !== undefined && { fromSeq }),
            ...(toSeq !== undefined && { toSeq }),
            ...(count !== undefined && { count }),
            ...(reason !== undefined && { reason }),
          })
          break
        }
        case 'snapshot':
          batch.row(Op.clear, 0, 0, RowFlag.snapshot)
          setLevels(Op.setBid, event.bids, RowFlag.snapshot)
          setLevels(Op.setAsk, event.asks, RowFlag.snapshot)
          for (const { side, price, size, orderId } of event.orders ?? []) {
            batch.row(Op.add, prices.toCount(price), sizes.toCount(size), RowFlag.snapshot | (side === 'ask' ? RowFlag.sell : 0), orderId)
          }
          setScrolled(event.scrolled, RowFlag.snapshot)
          break
        case 'delta': {
          const flags = event.cause === 'scroll' ? RowFlag.scroll : 0
          if (event.bids.length + event.asks.length === 0) batch.row(Op.none, 0, 0, flags)
          setLevels(Op.setBid, event.bids, flags)
          setLevels(Op.setAsk, event.asks, flags)
          break
        }
        case 'trade':
          batch.row(Op.trade, prices.toCount(event.price), sizes.toCount(event.size), flagOfPrint[event.print] | flagOfAggressor[event.aggressor])
          break
        case 'order':
          batch.row(opOfAction(event.action), prices.toCount(event.price), sizes.toCount(event.size), event.side === 'ask' ? RowFlag.sell : 0, event.orderId)
          setScrolled(event.scrolled, 0)
          break
      }
      batch.end(event.tsExchange, event.tsLocal, event.seq, event.nanos)
    },
    take: () => batch.take(),
  }
}
