import type { Predictor } from '@rxlob/core'
import { demand } from './demand.js'

/** Numbers in one output. */
export const outputWidth = ({ output }: Predictor): number => (output.kind === 'classes' ? output.classes.length : 2)

/** Throws unless these are probabilities, or a mean with a standard deviation. */
export function checkOutput(predictor: Predictor, values: Float32Array, where: string): void {
  const { name, output } = predictor
  demand(values instanceof Float32Array && values.length === outputWidth(predictor), () => `${name}: ${where}: expected a Float32Array of ${outputWidth(predictor)} numbers, got ${String(values)}.`)
  if (output.kind === 'classes') {
    demand(values.every((value) => value >= 0 && value <= 1), () => `${name}: ${where}: expected probabilities from 0 to 1, got ${values.join(', ')}.`)
    const sum = values.reduce((total, value) => total + value, 0)
    demand(Math.abs(sum - 1) < 1e-5, () => `${name}: ${where}: expected probabilities that sum to 1, got ${values.join(', ')}, which sum to ${sum}.`)
  } else {
    const [mean, deviation] = values as unknown as [number, number]
    demand(Number.isFinite(mean) && (Number.isNaN(deviation) || (deviation >= 0 && deviation < Infinity)), () => `${name}: ${where}: expected a mean and a standard deviation of 0 or more (or NaN), got ${mean}, ${deviation}.`)
  }
}

/** Throws at the first number that is not the same to the bit. */
export function checkSame({ name }: Predictor, actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  demand(actual.length === expected.length, () => `${name}: ${what}: expected ${expected.length} numbers, got ${actual.length}.`)
  for (let at = 0; at < expected.length; at++) {
    demand(Object.is(actual[at], expected[at]), () => `${name}: ${what}: number ${at}: expected ${expected[at]}, got ${actual[at]}.`)
  }
}
