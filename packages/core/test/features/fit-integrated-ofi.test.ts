import { describe, expect, it } from 'vitest'
import { fitIntegratedOfi } from '../../src/kernel.js'
import { expectClose } from '../run-feature.js'

const rows = [[4, 6, 5], [-2, -1, -3], [1, 3, 2], [0, -2, -1], [-3, -4, -2], [2, 1, 3]]
const data = { instrument: 'hand:ABC', from: 1, to: 9 } as const

describe('fitIntegratedOfi', () => {
  it('equals vector A3', () => {
    const { parameters, ...rest } = fitIntegratedOfi(rows, data)
    expectClose(parameters.weights, [0.2770290266, 0.3872200702, 0.3357509032])
    expectClose([parameters.explained], [0.9374719554])
    expect(parameters.scaling).toBe('none')
    expect(rest).toEqual({ ...data, rows: 6 })
    const projected = rows.map((row) => row.reduce((sum, x, level) => sum + x * parameters.weights[level]!, 0))
    expectClose(projected, [5.1101910436, -1.948530833, 2.1101910436, -1.1101910436, -3.0514691670, 1.948530833])
  })

  it('gives weights whose sum is positive, whichever way the windows point', () => {
    const { weights } = fitIntegratedOfi(rows.map((row) => row.map((x) => -x)), data).parameters
    expectClose(weights, [0.2770290266, 0.3872200702, 0.3357509032])
  })

  it('divides each window by its depth', () => {
    const depths = [1, 2, 4, 8, 16, 32]
    const scaled = fitIntegratedOfi(rows.map((row, i) => row.map((x) => x * depths[i]!)), { ...data, depths })
    expectClose(scaled.parameters.weights, [0.2770290266, 0.3872200702, 0.3357509032])
    expect(scaled.parameters.scaling).toBe('depth')
  })

  it('leaves out windows with a NaN or without depth, and counts the others', () => {
    const fitted = fitIntegratedOfi([...rows, [NaN, 1, 1], [9, 9, -9], [9, -9, 9]], { ...data, depths: [...Array(7).fill(1), 0, NaN] })
    expectClose(fitted.parameters.weights, [0.2770290266, 0.3872200702, 0.3357509032])
    expect(fitted.rows).toBe(6)
  })

  it('refuses windows that it cannot fit', () => {
    const code = expect.objectContaining({ code: 'LOB_BAD_OPTION' })
    expect(() => fitIntegratedOfi([], data)).toThrow(code)
    expect(() => fitIntegratedOfi([[1, 2], [NaN, 1]], data)).toThrow(/two or more windows.*1 of 2/)
    expect(() => fitIntegratedOfi([[1, 2], [1, 2]], data)).toThrow(/vary/)
    expect(() => fitIntegratedOfi([[1, 2], [1]], data)).toThrow(/Window 1.*2 levels/)
    expect(() => fitIntegratedOfi(rows, { ...data, depths: [1] })).toThrow(/depths.*6.*1/)
  })
})
