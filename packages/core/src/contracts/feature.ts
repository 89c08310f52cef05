import type { Tick } from '../book/tick.js'
import type { Instrument, InstrumentId } from '../instrument.js'
import type { Micros, Unit } from '../units.js'
import type { FeatureGroup } from './feature-group.js'

export interface Column<Name extends string = string> {
  /** Stable snake_case; also the name in frames, model manifests, stores and dashboards. */
  readonly name: Name
  readonly unit: Unit
}

/**
 * A pure incremental computation over ticks.
 *
 * `step` reads the tick, changes nothing but `state`, and writes one number per column.
 * The same ticks give the same bits, live or replayed, through RxJS or not. States are
 * structured-clonable (numbers, typed arrays, plain objects), so they can be saved and restored.
 */
export interface Feature<Name extends string = string, State = any> {
  readonly name: string
  /** Name, options and fitted parameters in one string: two features with equal fingerprints give equal bits. */
  readonly fingerprint: string
  readonly columns: readonly Column<Name>[]
  /** Levels per side that `step` reads; 0 where it reads trades alone (it then follows the `trades` channel). */
  readonly depth: number
  /**
   * Its numbers follow from the first `depth` levels of the book alone: no trade, no clock, nothing of earlier ticks.
   * Where an event touches none of them, whoever has the last row may repeat its numbers instead of calling `step`. Default false.
   */
  readonly levelsOnly?: boolean
  /**
   * Of features that follow their first `depth` levels, trades and the clock, and nothing else: the `tsLocal` before which the numbers that `step`
   * wrote last stand, as long as no such level changes and nothing trades. NaN where they do not; too early a time costs a call, no more.
   * Until then whoever sees every event may repeat the numbers instead of calling `step`, which must not miss the calls.
   */
  standsUntil?(state: State): Micros
  /** The group that may step it together with others of a list, and what it is there. Left out, it is stepped alone. */
  readonly group?: { readonly of: FeatureGroup; readonly member: unknown }
  /** A fresh state; called at the start and again after every gap of its channel. */
  init(instrument: Instrument): State
  /** Writes `columns.length` numbers from `out[at]`. NaN means "not defined yet". */
  step(state: State, tick: Tick, out: Float64Array, at: number): void
}

/** Names of a feature's columns, as literal types. */
export type NameOf<F> = F extends Feature<infer Name, any> ? Name : never

/** Parameters learned from data, as plain JSON: `integratedOfi(fitIntegratedOfi(rows))` is then an ordinary feature. */
export interface Fitted<Parameters> {
  readonly parameters: Parameters
  readonly instrument: InstrumentId
  /** The data it was fitted on. Evaluation refuses rows up to `to`. */
  readonly from: Micros
  readonly to: Micros
  readonly rows: number
}

/** Which ticks become rows: `everyEvent()`, `everyQuote()`, `everyMidMove()`, `everyTrade()`, `everyMicros(n)`. */
export interface Sampler<State = any> {
  readonly name: string
  init(instrument: Instrument): State
  step(state: State, tick: Tick): boolean
}
