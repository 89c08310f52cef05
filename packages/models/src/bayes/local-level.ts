import { logGammaStep, numberOption } from '@rxlob/core'
import { standardNormal } from './standard-normal.js'
import type { HiddenModel } from './particle-cloud.js'

export interface LocalLevelOptions {
  /** Variance of the level's step from one observation to the next, above 0, squared units of the data. */
  readonly levelVariance: number
  /** Squared scale of the observation's noise, above 0, squared units of the data. */
  readonly noiseVariance: number
  /** Degrees of freedom of the noise, above 0: a Student-t forgives outliers. Default Infinity: Gaussian. */
  readonly noiseDegrees?: number
  /** Mean of the level before the first step. Default 0. */
  readonly startMean?: number
  /** Its variance, 0 or more. Default 1. */
  readonly startVariance?: number
}

/**
 * A level that wanders and is seen through noise.
 *
 *   x_t = x_(t-1) + N(0, levelVariance),  y_t = x_t + sqrt(noiseVariance) * t(noiseDegrees)
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 * @see Durbin and Koopman (2012), Time Series Analysis by State Space Methods, chapter 2
 */
export function localLevel(options: LocalLevelOptions): HiddenModel {
  const step = Math.sqrt(numberOption('levelVariance', options.levelVariance, Number.MIN_VALUE, Number.MAX_VALUE))
  const noise = numberOption('noiseVariance', options.noiseVariance, Number.MIN_VALUE, Number.MAX_VALUE)
  const degrees = numberOption('noiseDegrees', options.noiseDegrees ?? Infinity, Number.MIN_VALUE, Infinity)
  const mean = numberOption('startMean', options.startMean ?? 0, -Number.MAX_VALUE, Number.MAX_VALUE)
  const start = Math.sqrt(numberOption('startVariance', options.startVariance ?? 1, 0, Number.MAX_VALUE))
  const gaussian = degrees === Infinity
  const norm = gaussian ? -0.5 * Math.log(2 * Math.PI * noise) : logGammaStep(degrees / 2) - 0.5 * Math.log(Math.PI * degrees * noise)
  return {
    start: (random) => mean + start * standardNormal(random),
    propagate: (x, random) => x + step * standardNormal(random),
    logLikelihood: (y, x) => {
      const square = (y - x) ** 2 / noise
      return norm - (gaussian ? 0.5 * square : 0.5 * (degrees + 1) * Math.log1p(square / degrees))
    },
  }
}
