import type { OutputSpec } from '@rxlob/core'

/**
 * What a change detector watches: 1 where the class called came true, else 0 (`bernoulliRuns`); of a value the error in deviations
 * (`gaussianRuns`), NaN where the forecast has no deviation.
 */
export function forecastSurprise(output: OutputSpec, forecast: Float32Array, target: number): number {
  if (output.kind === 'value') return forecast[1]! > 0 ? (target - forecast[0]!) / forecast[1]! : NaN
  let call = 0
  for (let k = 1; k < forecast.length; k++) if (forecast[k]! > forecast[call]!) call = k
  return call === target ? 1 : 0
}
