import type { Instrument, InstrumentEvent, InstrumentId, MarketEvent, PriceLevel, Source } from '@rxlob/core'
import { demand } from './demand.js'
import { naiveBook, type NaiveBook } from './naive-book.js'

/** Each instrument begins with its definition, which agrees with its id and with what the source says it can show. */
export function checkInstruments(source: Source, events: readonly MarketEvent[]): void {
  const defined = new Set<InstrumentId>()
  for (const [at, event] of events.entries()) {
    if (event.kind === 'instrument') checkDefinition(source, event, at)
    if (event.kind === 'instrument') defined.add(event.instrument)
    demand(defined.has(event.instrument), () => `${source.name}: event ${at}: a ${event.kind} of ${event.instrument} before its instrument event.`)
  }
}

function checkDefinition({ name, supports }: Source, { instrument, definition, levels }: InstrumentEvent, at: number): void {
  const { id, venue, tickSize, lotSize, multiplier }: Instrument = definition
  demand(id === instrument, () => `${name}: event ${at}: an instrument event of ${instrument} defines ${id}.`)
  const symbol = id.slice(venue.length + 1)
  demand(id.startsWith(`${venue}:`) && symbol.length > 0 && symbol === symbol.toUpperCase(), () => `${name}: event ${at}: expected an id of venue:SYMBOL, got ${id} of venue ${venue}.`)
  for (const [what, value] of Object.entries({ tickSize, lotSize, multiplier })) {
    demand(value > 0 && value < Infinity, () => `${name}: event ${at}: expected a ${what} above 0, got ${value}.`)
  }
  // Orders without the book they rest in: the instrument says how deep in it they lie.
  demand(levels >= 0 && (levels <= supports.levels || supports.book === 'none'), () => `${name}: event ${at}: the source says it shows ${supports.levels} levels, the instrument ${levels}.`)
}

/** Times are whole microseconds, and arrival never goes back. */
export function checkTimes({ name }: Source, events: readonly MarketEvent[]): void {
  let last = -Infinity
  for (const [at, { tsLocal, tsExchange, nanos = 0 }] of events.entries()) {
    demand(Number.isSafeInteger(tsLocal) && Number.isSafeInteger(tsExchange), () => `${name}: event ${at}: expected times in whole microseconds, got tsLocal ${tsLocal}, tsExchange ${tsExchange}.`)
    demand(Number.isInteger(nanos) && nanos >= 0 && nanos <= 999, () => `${name}: event ${at}: expected nanos from 0 to 999, got ${nanos}.`)
    demand(tsLocal >= last, () => `${name}: event ${at}: tsLocal goes back from ${last} to ${tsLocal}.`)
    last = tsLocal
  }
}

/** Events are of the kinds that `supports` names; levels are sorted, positive and no more than it shows. */
export function checkSupports({ name, supports }: Source, events: readonly MarketEvent[]): void {
  const { book, levels, trades } = supports
  for (const [at, event] of events.entries()) {
    const where = (): string => `${name}: event ${at}, a ${event.kind}`
    if (event.kind === 'trade') demand(trades && event.size > 0, () => `${where()}: ${trades ? `expected a size above 0, got ${event.size}` : 'the source says that it has no trades'}.`)
    if (event.kind === 'order') demand(book === 'l3' || book === 'none', () => `${where()}: the source says that its book is ${book}.`)
    if (event.kind === 'delta' || event.kind === 'snapshot') demand(book !== 'none', () => `${where()}: the source says that it has no book.`)
    if (event.kind !== 'snapshot') continue
    for (const [side, list] of [['bids', event.bids], ['asks', event.asks]] as const) {
      demand(list.length <= levels, () => `${where()}: ${list.length} ${side}, the source says it shows ${levels}.`)
      demand(isBestFirst(list, side === 'bids' ? -1 : 1), () => `${where()}: expected ${side} best first with sizes above 0, got ${JSON.stringify(list.slice(0, 5))}.`)
    }
  }
}

const isBestFirst = (list: readonly PriceLevel[], step: 1 | -1): boolean =>
  list.every(([price, size], rank) => size > 0 && (rank === 0 || (price - list[rank - 1]![0]) * step > 0))

/** A plain book that follows the events never comes to a level below zero, an unknown order replaced or a number off the grid. */
export function checkBook({ name }: Source, events: readonly MarketEvent[]): void {
  const books = new Map<InstrumentId, NaiveBook>()
  for (const [at, event] of events.entries()) {
    let book = books.get(event.instrument)
    if (!book) books.set(event.instrument, (book = naiveBook()))
    book.apply(event)
    demand(book.faults === 0, () => `${name}: event ${at} cannot be true of the book that the events before it make: ${JSON.stringify(event)}.`)
  }
}

/** Nothing comes of an instrument after its `ended`. */
export function checkEnd({ name }: Source, events: readonly MarketEvent[]): void {
  const ended = new Set<InstrumentId>()
  for (const [at, event] of events.entries()) {
    demand(!ended.has(event.instrument), () => `${name}: event ${at}: a ${event.kind} of ${event.instrument} after its ended.`)
    if (event.kind === 'status' && event.status === 'ended') ended.add(event.instrument)
  }
}
