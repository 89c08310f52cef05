import { LobError } from '../errors.js'
import type { Unit } from '../units.js'

export type VolatilityMeasure = 'volatility' | 'variance'

/** The part of a column's name that tells the two apart. */
export type MeasureName<Options extends { readonly measure?: VolatilityMeasure }> = Options extends { readonly measure: 'variance' } ? 'var' : 'vol'

/** What a variance estimator gives out. */
export interface Measure<Name extends string> {
  readonly name: Name
  readonly unit: Unit
  ofVariance(variance: number): number
}

/** @throws {LobError} LOB_BAD_OPTION where `measure` is neither `volatility` nor `variance`. */
export function volatilityMeasure<Options extends { readonly measure?: VolatilityMeasure }>(options: Options): Measure<MeasureName<Options>> {
  const { measure = 'volatility' } = options
  if (measure === 'volatility') return { name: 'vol' as MeasureName<Options>, unit: 'log-return', ofVariance: Math.sqrt }
  if (measure === 'variance') return { name: 'var' as MeasureName<Options>, unit: 'ratio', ofVariance: (variance) => variance }
  throw new LobError('LOB_BAD_OPTION', `Option measure: expected volatility or variance, got ${String(measure)}.`)
}
