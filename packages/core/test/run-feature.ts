import { expect } from 'vitest'
import type { Feature, Tick } from '../src/kernel.js'
import { handInstrument } from './hand-tick.js'

/** Every row of a feature. Its state goes through structuredClone half-way, which must change no bit. */
export function runFeature(feature: Feature, ticks: readonly Tick[]): number[][] {
  const out = new Float64Array(feature.columns.length + 2).fill(-777)
  let state = feature.init(ticks[0]?.instrument ?? handInstrument)
  const rows = ticks.map((tick, row) => {
    if (row === ticks.length >> 1) state = structuredClone(state)
    feature.step(state, tick, out, 1)
    return Array.from(out.subarray(1, 1 + feature.columns.length))
  })
  expect([out[0], out[out.length - 1]], 'writes outside its columns').toEqual([-777, -777])
  return rows
}

/** The rows of a feature with one column. */
export const runColumn = (feature: Feature, ticks: readonly Tick[]): number[] => runFeature(feature, ticks).map((row) => row[0]!)

/** Equal to `digits` places, NaN where NaN is expected. */
export function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length)
  actual.forEach((value, row) => {
    const wanted = expected[row]!
    if (Number.isNaN(wanted)) expect(value, `row ${row}`).toBeNaN()
    else expect(Math.abs(value - wanted), `row ${row}: ${value} against ${wanted}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)))
  })
}
