import type { Random } from '@rxlob/core'
import { systematicResample } from './systematic-resample.js'

/** A hidden Markov model of one number. */
export interface HiddenModel {
  /** Draws the hidden number before the first observation. */
  start(random: Random): number
  /** Draws its next value. */
  propagate(x: number, random: Random): number
  /** Log density of an observation, up to nothing: the evidence sums these. */
  logLikelihood(observation: number, x: number): number
}

/** Weighted draws of the hidden number: plain data. */
export interface ParticleCloud {
  readonly x: Float64Array
  /** Summing to 1. */
  readonly weights: Float64Array
  readonly moved: Float64Array
  readonly picks: Int32Array
}

export function particleCloud(particles: number, model: HiddenModel, random: Random): ParticleCloud {
  const x = new Float64Array(particles)
  for (let i = 0; i < particles; i++) x[i] = model.start(random)
  return { x, weights: new Float64Array(particles).fill(1 / particles), moved: new Float64Array(particles), picks: new Int32Array(particles) }
}

/** 1 / sum of squared weights: how many equally weighted draws the cloud is worth. */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  let squares = 0
  for (let i = 0; i < weights.length; i++) squares += weights[i]! * weights[i]!
  return 1 / squares
}

export function cloudMean({ x, weights }: ParticleCloud): number {
  let mean = 0
  for (let i = 0; i < x.length; i++) mean += weights[i]! * x[i]!
  return mean
}

export function cloudVariance(cloud: ParticleCloud): number {
  const { x, weights } = cloud
  const mean = cloudMean(cloud)
  let variance = 0
  for (let i = 0; i < x.length; i++) variance += weights[i]! * (x[i]! - mean) ** 2
  return variance
}

/**
 * One step of the bootstrap filter, in place: resample where the cloud is worth less than `resampleBelow` of its size, propagate, weight.
 * Returns the log likelihood of the observation given those before, minus infinity where no particle explains it; the weights are then left as they were.
 */
export function stepCloud({ x, weights, moved, picks }: ParticleCloud, model: HiddenModel, observation: number, resampleBelow: number, random: Random): number {
  const count = x.length
  if (effectiveSampleSize(weights) < resampleBelow * count) {
    systematicResample(weights, random(), picks)
    for (let i = 0; i < count; i++) moved[i] = x[picks[i]!]!
    x.set(moved)
    weights.fill(1 / count)
  }
  let top = -Infinity
  for (let i = 0; i < count; i++) {
    x[i] = model.propagate(x[i]!, random)
    moved[i] = model.logLikelihood(observation, x[i]!)
    if (moved[i]! > top) top = moved[i]!
  }
  if (!(top > -Infinity)) return -Infinity
  let sum = 0
  for (let i = 0; i < count; i++) sum += moved[i] = weights[i]! * Math.exp(moved[i]! - top)
  for (let i = 0; i < count; i++) weights[i] = moved[i]! / sum
  return top + Math.log(sum)
}
