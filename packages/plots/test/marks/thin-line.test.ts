import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlotScale } from '../../src/draw/mark.js'
import { thinLine } from '../../src/marks/thin-line.js'

const scale: PlotScale = { rect: { left: 0, top: 0, width: 100, height: 100 }, x: (value) => value, y: (value) => value }

describe('thinLine', () => {
  it('keeps the ends, the extremes of every pixel and every break', () => {
    const steps = fc.array(fc.tuple(fc.double({ min: 0, max: 0.4, noNaN: true }), fc.oneof({ weight: 9, arbitrary: fc.double({ min: 0, max: 100, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) })), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(steps, (points) => {
        let place = 0
        const x = points.map(([step]) => (place += step))
        const y = points.map(([, value]) => value)
        const kept = thinLine(x, y, scale)
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
        expect(kept.at(-1)).toBe(x.length - 1)
        expect(kept[0]).toBe(0)
        for (const [i, value] of y.entries()) if (Number.isNaN(value)) expect(kept).toContain(i)
        // What a pixel column spans is the same to half a pixel.
        const spans = (indices: readonly number[]): Map<number, number[]> => {
          const columns = new Map<number, number[]>()
          for (const i of indices) if (!Number.isNaN(y[i] ?? 0)) columns.set(Math.floor(x[i] ?? 0), [...(columns.get(Math.floor(x[i] ?? 0)) ?? []), i])
          return columns
        }
        const [all, few] = [spans([...y.keys()]), spans(kept)]
        for (const [column, indices] of all) {
          const extremes = (members: readonly number[]): [number, number] => [Math.min(...members.map((i) => y[i] ?? 0)), Math.max(...members.map((i) => y[i] ?? 0))]
          const [full, thinned] = [extremes(indices), extremes(few.get(column) ?? [])]
          expect(Math.abs(full[0] - thinned[0])).toBeLessThan(0.5)
          expect(Math.abs(full[1] - thinned[1])).toBeLessThan(0.5)
        }
      }),
    )
  })

  it('leaves out most points of a long line', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, i) => i / 1000)
    expect(thinLine(x, x.map((value, i) => Math.sin(i) * 50 + value), scale).length).toBeLessThanOrEqual(401)
  })
})
