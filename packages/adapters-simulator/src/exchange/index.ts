export { exchange, type Exchange, type ExchangeListener, type NewOrder, type OrderOutcome, type RejectReason } from './exchange.js'
export type { ExchangeOrder, PriceQueue } from './order-queue.js'
