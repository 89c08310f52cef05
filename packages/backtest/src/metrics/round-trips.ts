import type { Instrument, InstrumentId, Lots, Micros } from '@rxlob/core'
import { Ledger } from '../engine/ledger.js'
import type { FillRecord } from '../fill-record.js'

/** One position from flat to flat. A fill that turns a position ends one trip and begins the next. */
export interface RoundTrip {
  readonly instrument: InstrumentId
  readonly direction: 1 | -1
  readonly openedAt: Micros
  readonly closedAt: Micros
  /** Largest position on the way. */
  readonly lots: Lots
  readonly fills: number
  /** Settlement currency, at the mids of the fills. */
  readonly gross: number
  /** After spread, impact and fees. */
  readonly net: number
}

/** The closed round trips of fills in time order. A position still open at the end makes none. */
export function roundTrips(fills: readonly FillRecord[], instruments: readonly Instrument[]): RoundTrip[] {
  const trips: RoundTrip[] = []
  const open = new Map<InstrumentId, OpenTrip>()
  for (const fill of fills) {
    const instrument = instruments.find(({ id }) => id === fill.instrument)
    if (instrument === undefined) continue
    let left = fill.lots
    while (left > 0) {
      const trip = open.get(fill.instrument) ?? openTrip(fill, instrument)
      open.set(fill.instrument, trip)
      const side = fill.side === 'buy' ? 1 : -1
      const held = trip.ledger.position
      const lots = held * side < 0 ? Math.min(left, Math.abs(held)) : left
      addTo(trip, fill, side, lots)
      left -= lots
      if (trip.ledger.position !== 0) continue
      const { net } = trip.ledger.profitAndLoss(fill.ticks)
      trips.push({ instrument: fill.instrument, direction: trip.direction, openedAt: trip.openedAt, closedAt: fill.tsExchange, lots: trip.most, fills: trip.fills, gross: net + trip.costs, net })
      open.delete(fill.instrument)
    }
  }
  return trips
}

interface OpenTrip {
  readonly ledger: Ledger
  readonly direction: 1 | -1
  readonly openedAt: Micros
  most: Lots
  fills: number
  /** Spread, impact and fees so far. */
  costs: number
}

const openTrip = (fill: FillRecord, instrument: Instrument): OpenTrip => ({
  ledger: new Ledger(instrument),
  direction: fill.side === 'buy' ? 1 : -1,
  openedAt: fill.tsExchange,
  most: 0,
  fills: 0,
  costs: 0,
})

function addTo(trip: OpenTrip, fill: FillRecord, side: 1 | -1, lots: Lots): void {
  const share = lots / fill.lots
  const { ledger } = trip
  ledger.fill(side, fill.ticks, lots, fill.ticks, fill.ticks)
  ledger.charge({ spread: fill.charged * share, impact: 0, fee: 0 })
  trip.costs += (fill.spread + fill.impact + fill.fee) * share
  trip.most = Math.max(trip.most, Math.abs(ledger.position))
  trip.fills++
}
