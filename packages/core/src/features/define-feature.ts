import type { Tick } from '../book/tick.js'
import type { Column, Feature } from '../contracts/feature.js'
import type { Instrument } from '../instrument.js'
import type { Micros, Unit } from '../units.js'
import { fingerprintOf } from './fingerprint-of.js'

interface FeatureSpec<State> {
  readonly depth: number
  /** Options and fitted parameters, as JSON: part of the fingerprint. */
  readonly options?: object
  /** As in `Feature`. */
  readonly levelsOnly?: boolean
  /** As in `Feature`. */
  standsUntil?(state: State): Micros
  init(instrument: Instrument): State
}

/** The short form for a feature with one column: `step` returns the number. */
export interface ScalarFeatureSpec<Name extends string, State> extends FeatureSpec<State> {
  readonly name: Name
  readonly unit: Unit
  step(state: State, tick: Tick): number
}

/** The short form for several columns: `step` writes one number per column. */
export interface VectorFeatureSpec<Name extends string, State> extends FeatureSpec<State> {
  readonly name: string
  readonly columns: readonly Column<Name>[]
  step(state: State, tick: Tick, out: Float64Array, at: number): void
}

/**
 * A feature from its name, unit, state and step.
 *
 * Where the feature reads the book (`depth` above 0), a tick whose book is unsynced or crossed
 * gives NaN in every column and leaves the state as it was: such rows are dropped, never repaired.
 *
 * @example
 * const spreadTicks = () => defineFeature({
 *   name: 'spread_ticks', unit: 'ticks', depth: 1, init: () => null,
 *   step: (_, { book }) => book.askTicks(0) - book.bidTicks(0),
 * })
 */
export function defineFeature<const Name extends string, State>(spec: ScalarFeatureSpec<Name, State>): Feature<Name, State> {
  const { name, unit, depth, step } = spec
  return {
    ...described(spec, [{ name, unit }]),
    // Called on the spec rather than bound to it: a bound function costs two jumps more, at every event.
    step: (state, tick, out, at) => {
      out[at] = depth === 0 || (tick.book.synced && !tick.book.crossed) ? step.call(spec, state, tick) : NaN
    },
  }
}

/** As `defineFeature`, for a feature with several columns. */
export function defineVectorFeature<const Name extends string, State>(spec: VectorFeatureSpec<Name, State>): Feature<Name, State> {
  const { columns, depth, step } = spec
  const width = columns.length
  return {
    ...described(spec, columns),
    step: (state, tick, out, at) => {
      if (depth === 0 || (tick.book.synced && !tick.book.crossed)) step.call(spec, state, tick, out, at)
      else out.fill(NaN, at, at + width)
    },
  }
}

function described<Name extends string, State>(spec: FeatureSpec<State> & { readonly name: string }, columns: readonly Column<Name>[]): Omit<Feature<Name, State>, 'step'> {
  const { name, depth, levelsOnly = false, options } = spec
  return {
    name,
    fingerprint: fingerprintOf(name, options),
    columns,
    depth,
    levelsOnly,
    init: (instrument) => spec.init(instrument),
    ...(spec.standsUntil !== undefined && { standsUntil: spec.standsUntil }),
  }
}
