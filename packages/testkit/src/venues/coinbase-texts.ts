import type { Micros, Side } from '@rxlob/core'
import type { OrderMessage, ReferenceMarket, VenueTrade } from './reference-market.js'

/** `2026-09-21T14:13:20.123456Z` */
export function isoTime(micros: Micros): string {
  const millis = Math.floor(micros / 1000)
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros - millis * 1000).padStart(3, '0')}Z`
}

/** The venue's text id of an order. */
export const orderKey = (orderId: number): string => `aaaaaaaa-0000-4000-8000-${orderId.toString(16).padStart(12, '0')}`

export const sideWord = (side: Side): 'buy' | 'sell' => (side === 'bid' ? 'buy' : 'sell')

/** A message of the `full` channel. */
export function fullText({ symbol, prices, sizes }: ReferenceMarket, message: OrderMessage, sequence: number, time: Micros): string {
  const head = { time: isoTime(time), product_id: symbol, sequence }
  switch (message.type) {
    case 'received': {
      const { orderId, side, ticks, lots } = message
      const order = ticks === undefined ? { size: sizes.text(lots), side: sideWord(side), order_type: 'market' } : { size: sizes.text(lots), price: prices.text(ticks), side: sideWord(side), order_type: 'limit' }
      return JSON.stringify({ type: 'received', ...head, order_id: orderKey(orderId), ...order })
    }
    case 'open':
      return JSON.stringify({ type: 'open', ...head, order_id: orderKey(message.orderId), price: prices.text(message.ticks!), remaining_size: sizes.text(message.lots), side: sideWord(message.side) })
    case 'match':
      return matchText('match', symbol, message.trade, sequence, time, prices.text(message.trade.ticks), sizes.text(message.trade.lots))
    case 'done': {
      const { orderId, side, ticks, lots, reason } = message
      return JSON.stringify({ type: 'done', ...head, order_id: orderKey(orderId), ...(ticks !== undefined && { price: prices.text(ticks), remaining_size: sizes.text(lots) }), reason, side: sideWord(side) })
    }
    case 'change': {
      const { orderId, side, ticks, lots, oldTicks, oldLots } = message
      const moved = ticks !== oldTicks || lots > oldLots
      return JSON.stringify({
        type: 'change', ...head, order_id: orderKey(orderId), side: sideWord(side), old_size: sizes.text(oldLots), new_size: sizes.text(lots),
        ...(moved ? { reason: 'modify_order', old_price: prices.text(oldTicks), new_price: prices.text(ticks) } : { reason: 'STP', price: prices.text(ticks) }),
      })
    }
    default:
      throw new TypeError('unreachable')
  }
}

export const matchText = (type: 'match' | 'last_match', symbol: string, trade: VenueTrade, sequence: number, time: Micros, price: string, size: string): string =>
  JSON.stringify({
    type, trade_id: trade.id, maker_order_id: orderKey(trade.makerOrderId), taker_order_id: orderKey(trade.takerOrderId), side: sideWord(trade.maker), size, price, product_id: symbol, sequence, time: isoTime(time),
  })
