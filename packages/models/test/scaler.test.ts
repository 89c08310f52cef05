import { LobError } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { fitScaler } from '../src/scaler.js'

const frameOf = (rows: number[][]) => ({
  columns: rows[0]!.map((_, at) => ({ name: `x${at}`, unit: 'ratio' as const })),
  length: rows.length,
  values: Float64Array.from(rows.flat()),
})

describe('fitScaler', () => {
  it('by hand: mean 2 and variance 2/3 of 1, 2, 3; a constant column keeps scale 1', () => {
    expect(fitScaler(frameOf([[1, 5], [2, 5], [3, 5]]))).toEqual({ mean: [2, 5], scale: [Math.sqrt(2 / 3), 1] })
  })

  it('sees the rows it is given alone', () => {
    expect(fitScaler(frameOf([[1], [3], [1e9]]), { to: 2 })).toEqual({ mean: [2], scale: [1] })
    expect(fitScaler(frameOf([[1e9], [1], [3]]), { from: 1 })).toEqual({ mean: [2], scale: [1] })
  })

  it('leaves out what is not finite, column by column', () => {
    expect(fitScaler(frameOf([[NaN, 1], [1, 3], [3, Infinity]]))).toEqual({ mean: [2, 2], scale: [1, 1] })
  })

  // 1e9 + 0.01 x {1, 2, 3}: the sum of squares has no digits left for the variance.
  it('keeps small moves of large prices', () => {
    const { scale } = fitScaler(frameOf([[1e9 + 0.01], [1e9 + 0.02], [1e9 + 0.03]]))
    expect(scale[0]).toBeCloseTo(0.01 * Math.sqrt(2 / 3), 7)
  })

  it.each([[{ from: 2, to: 2 }], [{ to: 4 }], [{ from: -1 }], [{ from: 0.5 }]])('refuses rows %j of a frame of three', (options) => {
    expect(() => fitScaler(frameOf([[1], [2], [3]]), options)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })

  it('names the column that has no number', () => {
    expect(() => fitScaler(frameOf([[1, NaN], [2, NaN]]))).toThrow(/x1/)
    expect(() => fitScaler(frameOf([[1, NaN], [2, NaN]]))).toThrow(LobError)
  })
})
