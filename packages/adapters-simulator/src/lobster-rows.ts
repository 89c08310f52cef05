import { channels, LobError, noNanos, Op, RowFlag, statusNames, type BookView, type EventBatch, type Instrument, type Micros } from '@rxlob/core'

/** Dollars x 10,000, the unit of LOBSTER's prices, in one dollar. */
const priceUnits = 10_000
const dayMicros = 86_400_000_000
/** What an unoccupied place of the order-book file holds. */
const noPrice = 9_999_999_999

const typeOfOp: Readonly<Record<number, number>> = { [Op.add]: 1, [Op.reduce]: 2, [Op.remove]: 3, [Op.fill]: 4 }

/** Formats the rows of a pair of LOBSTER files. */
export interface LobsterRows {
  /** The message that an event makes; undefined for a status that has none. `row` is the event's first. */
  message(batch: EventBatch, row: number): string | undefined
  /** The best `levels` prices of both sides: ask price, ask size, bid price, bid size, level by level. */
  book(book: BookView): string
}

/**
 * @param dayStart The instant from which times count.
 * @throws {LobError} LOB_BAD_OPTION where prices or sizes of the instrument are no whole numbers in LOBSTER's units.
 */
export function lobsterRows(instrument: Instrument, dayStart: Micros, levels: number): LobsterRows {
  const unitsPerTick = Math.round(instrument.tickSize * priceUnits)
  if (unitsPerTick < 1 || Math.abs(unitsPerTick / priceUnits - instrument.tickSize) > 1e-12) {
    throw new LobError('LOB_BAD_OPTION', `LOBSTER prices are multiples of 0.0001: expected a tick size that is one, got ${instrument.tickSize}.`)
  }
  const { lotSize } = instrument
  if (!Number.isSafeInteger(lotSize)) throw new LobError('LOB_BAD_OPTION', `LOBSTER sizes are whole shares: expected a whole lot size, got ${lotSize}.`)

  function time(batch: EventBatch, row: number): string {
    const micros = batch.tsExchange[row]! - dayStart
    if (micros < 0 || micros >= dayMicros) {
      throw new LobError('LOB_SINK', 'A pair of LOBSTER files holds one trading day: expected a session that ends on the day it began in New York.')
    }
    const seconds = Math.floor(micros / 1_000_000)
    const nanos = batch.nanos?.[row] ?? noNanos
    return `${seconds}.${String((micros - seconds * 1_000_000) * 1000 + (nanos === noNanos ? 0 : nanos)).padStart(9, '0')}`
  }

  const unwritable = (what: string): never => {
    throw new LobError('LOB_SINK', `LOBSTER files have no row for ${what}: expected one session of order events, hidden trades, crosses and halts after one snapshot.`)
  }

  function tradeFields(flags: number): string {
    if (flags & RowFlag.hidden) return '5,0'
    if (flags & RowFlag.cross) return '6,-1'
    return unwritable(flags & RowFlag.offBook ? 'an off-book print' : 'a trade without an order')
  }

  function statusFields(batch: EventBatch, row: number): string | undefined {
    const name = statusNames[batch.lots[row]!]!
    if (name === 'halted') return '7,0,0,-1,-1'
    if (name === 'resumed') return '7,0,0,1,-1'
    if (name === 'connected' || name === 'ended' || name === 'crossed') return undefined
    return unwritable(`the status '${name}' of ${channels[batch.ticks[row]!]!}`)
  }

  return {
    message(batch, row) {
      const op = batch.op[row]!
      const flags = batch.flags[row]!
      if (op === Op.status) {
        const fields = statusFields(batch, row)
        return fields === undefined ? undefined : `${time(batch, row)},${fields}\n`
      }
      const size = batch.lots[row]! * lotSize
      const price = Math.round(batch.ticks[row]! * unitsPerTick)
      if (op === Op.trade) {
        // The direction of the order that rested: a buyer traded with a seller. A side that is not known is written as 1, as
        // venues that mask it do.
        const direction = flags & (RowFlag.sell | RowFlag.unknownSide) ? 1 : -1
        return `${time(batch, row)},${tradeFields(flags)},${size},${price},${direction}\n`
      }
      const type = typeOfOp[op] ?? unwritable(op === Op.clear ? 'a second snapshot' : 'a level without its orders')
      return `${time(batch, row)},${type},${batch.orderId![row]!},${size},${price},${flags & RowFlag.sell ? -1 : 1}\n`
    },
    book(book) {
      let row = ''
      for (let level = 0; level < levels; level++) {
        const ask = level < book.askDepth ? `${book.askTicks(level) * unitsPerTick},${book.askLots(level) * lotSize}` : `${noPrice},0`
        const bid = level < book.bidDepth ? `${book.bidTicks(level) * unitsPerTick},${book.bidLots(level) * lotSize}` : `${-noPrice},0`
        row += `${level === 0 ? '' : ','}${ask},${bid}`
      }
      return `${row}\n`
    },
  }
}
