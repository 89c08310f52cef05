import { LobError, type BookView, type InstrumentId, type LatencyModel, type Lots, type Micros, type OrderPort, type OrderReport, type OrderRequest, type Ticks } from '@rxlob/core'
import type { LocalSide } from './local-side.js'
import type { OwnOrder } from './own-order.js'
import { ownOrder } from './run-record.js'
import { TimedQueue } from './timed-queue.js'

/** What goes to the venue. */
export type OrderMessage =
  | { readonly kind: 'new'; readonly order: OwnOrder }
  | { readonly kind: 'cancel'; readonly orderId: number }
  | { readonly kind: 'replace'; readonly orderId: number; readonly lots?: Lots; readonly ticks?: Ticks }

/** More messages than this at one instant: a strategy that answers its own rejections for ever. */
const maxMessagesAtOnce = 10_000

/** Our side of the line: the book as it has reached us, the position as it was reported, and the orders we send. */
export class OrderDesk implements OrderPort {
  now: Micros = 0
  readonly outbox: TimedQueue<OrderMessage> = new TimedQueue()
  private readonly positions = new Map<InstrumentId, Lots>()
  /** Signed lots of target orders that are not reported filled yet. */
  private readonly awaited = new Map<number, { instrument: InstrumentId; lots: Lots }>()
  private readonly local: LocalSide
  private readonly latency: LatencyModel
  private readonly sent: (order: OwnOrder) => void
  private lastId = 0
  private instant: Micros = NaN
  private messages = 0

  constructor(local: LocalSide, latency: LatencyModel, sent: (order: OwnOrder) => void) {
    this.local = local
    this.latency = latency
    this.sent = sent
  }

  nextId(): number {
    return ++this.lastId
  }

  book(instrument: InstrumentId): BookView | undefined {
    return this.local.book(instrument)
  }

  position(instrument: InstrumentId): Lots {
    return this.positions.get(instrument) ?? 0
  }

  place(request: OrderRequest): number {
    const book = this.book(request.instrument)
    const mid = book?.synced === true ? (book.bidTicks(0) + book.askTicks(0)) / 2 : NaN
    const order = ownOrder(this.nextId(), { ...request }, this.now, mid)
    this.sent(order)
    this.send({ kind: 'new', order })
    return order.id
  }

  replace(orderId: number, change: { lots?: Lots; ticks?: Ticks }): void {
    this.send({ kind: 'replace', orderId, ...change })
  }

  cancel(orderId: number): void {
    this.send({ kind: 'cancel', orderId })
  }

  target(instrument: InstrumentId, lots: Lots): void {
    let expected = this.position(instrument)
    for (const waiting of this.awaited.values()) if (waiting.instrument === instrument) expected += waiting.lots
    const missing = lots - expected
    if (missing === 0) return
    const orderId = this.place({ instrument, side: missing > 0 ? 'buy' : 'sell', type: 'market', lots: Math.abs(missing) })
    this.awaited.set(orderId, { instrument, lots: missing })
  }

  /** A report has come: what it changes of what we know. */
  learn({ orderId, status, fill }: OrderReport): void {
    const waiting = this.awaited.get(orderId)
    if (fill !== undefined) {
      const signed = fill.side === 'buy' ? fill.lots : -fill.lots
      this.positions.set(fill.instrument, this.position(fill.instrument) + signed)
      if (waiting !== undefined) waiting.lots -= signed
    }
    if (waiting !== undefined && (status === 'filled' || status === 'rejected' || status === 'expired' || status === 'cancelled')) this.awaited.delete(orderId)
  }

  private send(message: OrderMessage): void {
    if (this.instant !== this.now) {
      this.instant = this.now
      this.messages = 0
    }
    if (++this.messages > maxMessagesAtOnce) {
      throw new LobError('LOB_ORDER', `More than ${maxMessagesAtOnce} order messages at one instant (${this.now}): expected a strategy that does not answer its own rejections at once.`)
    }
    const delay = this.latency.entry(this.now)
    if (!(delay >= 0)) throw new LobError('LOB_ORDER', `Latency model ${this.latency.name}: expected an entry delay of 0 or more, got ${delay}.`)
    this.outbox.push(message, this.now + delay)
  }
}
