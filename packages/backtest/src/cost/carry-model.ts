import type { Instrument, Lots, Micros } from '@rxlob/core'

/** A position at one of the instants at which holding it is charged. */
export interface HeldPosition {
  readonly instrument: Instrument
  /** Signed, never 0. */
  readonly lots: Lots
  /** Signed value at the last mid, settlement currency. */
  readonly value: number
  /** Time that the charge is for: the model's `everyMicros`. */
  readonly micros: Micros
  readonly ts: Micros
}

/** What holding costs as time passes: funding of perpetuals, borrow of what was sold short. Pure. */
export interface CarryModel {
  readonly name: string
  /** Charged at every multiple of it since 1970, exchange time: 8 hours for 00:00, 08:00 and 16:00 UTC. What lies after the last one is not charged. */
  readonly everyMicros: Micros
  /** Settlement currency, positive where it is paid. */
  cost(held: HeldPosition): number
}
