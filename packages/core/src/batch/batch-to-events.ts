import { channels, statusNames, type BookDelta, type BookSnapshot, type EventHeader, type MarketEvent, type OrderEvent, type PriceLevel, type RestingOrder, type Trade } from '../events.js'
import { decimalGrid, type DecimalGrid } from '../numeric/decimal-grid.js'
import { noNanos, Op, RowFlag, type EventBatch } from './event-batch.js'

const actionOfOp = { [Op.add]: 'add', [Op.reduce]: 'reduce', [Op.remove]: 'remove', [Op.fill]: 'fill', [Op.replace]: 'replace' } as const

/**
 * The events of a batch as objects. `events -> batch -> events` is the identity, trade ids and text keys apart.
 * The instrument event is not among them: it belongs to the start of a stream, not of a batch (see `instrumentEvent`).
 */
export function* batchToEvents(batch: EventBatch): Generator<MarketEvent, void, void> {
  const prices = decimalGrid(batch.instrument.tickSize)
  const sizes = decimalGrid(batch.instrument.lotSize)
  let statuses = 0
  for (let from = 0; from < batch.length; ) {
    let to = from
    while ((batch.flags[to]! & RowFlag.last) === 0 && to < batch.length - 1) to++
    if (batch.op[from] === Op.status) {
      const status = statusNames[batch.lots[from]!]!
      yield { kind: 'status', ...headerOf(batch, from), status, channel: channels[batch.ticks[from]!]!, ...batch.details?.[statuses++] }
    } else yield eventOf(batch, from, to, prices, sizes)
    from = to + 1
  }
}

/** What a batch says about its instrument, as the event that opens a stream. Times are of the batch's first row. */
export function instrumentEvent(batch: EventBatch): MarketEvent {
  const { tsExchange, tsLocal } = headerOf(batch, 0)
  return { kind: 'instrument', instrument: batch.instrument.id, tsExchange, tsLocal, definition: batch.instrument, levels: batch.levels }
}

function headerOf(batch: EventBatch, row: number): EventHeader {
  const seq = batch.seq?.[row]
  const nanos = batch.nanos?.[row] ?? noNanos
  return {
    instrument: batch.instrument.id,
    tsExchange: batch.tsExchange[row]!,
    tsLocal: batch.tsLocal[row]!,
    ...(nanos !== noNanos && { nanos }),
    ...(seq !== undefined && !Number.isNaN(seq) && { seq }),
  }
}

function eventOf(batch: EventBatch, from: number, to: number, prices: DecimalGrid, sizes: DecimalGrid): BookSnapshot | BookDelta | Trade | OrderEvent {
  const header = headerOf(batch, from)
  const op = batch.op[from]!
  const flag = batch.flags[from]!
  if (op === Op.trade) {
    return {
      kind: 'trade',
      ...header,
      price: prices.toDecimal(batch.ticks[from]!),
      size: sizes.toDecimal(batch.lots[from]!),
      aggressor: flag & RowFlag.unknownSide ? 'unknown' : flag & RowFlag.sell ? 'sell' : 'buy',
      print: flag & RowFlag.hidden ? 'hidden' : flag & RowFlag.cross ? 'cross' : flag & RowFlag.offBook ? 'off-book' : 'regular',
    }
  }
  const bids: PriceLevel[] = []
  const asks: PriceLevel[] = []
  const scrolled = { bids: [] as PriceLevel[], asks: [] as PriceLevel[] }
  const orders: RestingOrder[] = []
  for (let row = from; row <= to; row++) {
    const price = prices.toDecimal(batch.ticks[row]!)
    const size = sizes.toDecimal(batch.lots[row]!)
    // Of a delta that scrolls every level does; of a snapshot or an order only those beside what it is about.
    const to = batch.flags[row]! & RowFlag.scroll && row > from && !(flag & RowFlag.scroll) ? scrolled : { bids, asks }
    if (batch.op[row] === Op.setBid) to.bids.push([price, size])
    else if (batch.op[row] === Op.setAsk) to.asks.push([price, size])
    else if (batch.op[row] === Op.add && flag & RowFlag.snapshot) {
      orders.push({ orderId: batch.orderId?.[row] ?? 0, side: batch.flags[row]! & RowFlag.sell ? 'ask' : 'bid', price, size })
    }
  }
  const moved = scrolled.bids.length + scrolled.asks.length > 0 && { scrolled }
  if (flag & RowFlag.snapshot) return { kind: 'snapshot', ...header, bids, asks, ...(orders.length > 0 && { orders }), ...moved }
  if (op === Op.setBid || op === Op.setAsk || op === Op.none) {
    return { kind: 'delta', ...header, bids, asks, ...(flag & RowFlag.scroll && { cause: 'scroll' as const }) }
  }
  return {
    kind: 'order',
    ...header,
    action: actionOfOp[op as keyof typeof actionOfOp],
    orderId: batch.orderId?.[from] ?? 0,
    side: flag & RowFlag.sell ? 'ask' : 'bid',
    price: prices.toDecimal(batch.ticks[from]!),
    size: sizes.toDecimal(batch.lots[from]!),
    ...moved,
  }
}
