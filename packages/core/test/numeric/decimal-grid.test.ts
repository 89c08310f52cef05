import { decimalGrid, LobError } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Tick and lot sizes of the venues, and how many decimals their text has. */
const steps = [['0.01', 2], ['0.0001', 4], ['0.00000001', 8], ['0.5', 1], ['0.25', 2], ['0.05', 2], ['1', 0], ['10', 0], ['0.000005', 6]] as const

/** Decimal text of `count` steps by integer arithmetic alone. */
function textOf(step: string, digits: number, count: number): string {
  const scaled = BigInt(step.replace('.', '')) * BigInt(count)
  if (digits === 0) return scaled.toString()
  const text = scaled.toString().padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

describe('decimalGrid', () => {
  it.each(steps)('text -> count -> text is the identity for a step of %s', (step, digits) => {
    const grid = decimalGrid(Number(step))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (count) => {
        const text = textOf(step, digits, count)
        expect(grid.toCount(Number(text))).toBe(count)
        expect(grid.toDecimal(count)).toBe(Number(text))
      }),
    )
  })

  it('leaves a price between ticks between ticks', () => {
    const grid = decimalGrid(0.01)
    expect(grid.toCount(579.405)).toBe(57940.5)
    expect(grid.toCount(10.005)).toBe(1000.5)
    expect(grid.holds(579.405)).toBe(false)
    expect(grid.holds(579.4)).toBe(true)
  })

  it('gives back the text of a price between ticks, to the 10,000th of a tick', () => {
    const grid = decimalGrid(0.01)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (parts) => {
        const value = Number(textOf('0.000001', 6, parts))
        expect(grid.toCount(value)).toBe(parts / 10_000)
        expect(grid.toDecimal(parts / 10_000)).toBe(value)
      }),
    )
    expect([-Infinity, Infinity, NaN].map((count) => grid.toDecimal(count))).toEqual([-Infinity, Infinity, NaN])
  })

  it('tells prices apart that are next to each other however large the count', () => {
    const grid = decimalGrid(1e-8)
    expect(grid.toCount(10.000000005)).toBe(1_000_000_000.5)
    expect(grid.holds(10.000000005)).toBe(false)
    expect(grid.toCount(0.1 + 0.2)).toBe(30_000_000)
  })

  it.each([0, -0.01, NaN, Infinity, 1e-20, 1e-16, 1e21, 2 ** 53, 1.0000000000000002])('refuses a step of %s', (step) => {
    expect(() => decimalGrid(step)).toThrow(LobError)
    expect(() => decimalGrid(step)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: `Expected a positive decimal step such as 0.01, got ${step}.` }))
  })

  it.each([[1e-15, 1, 1e15], [2.5e-7, 25, 1e8], [0.25, 25, 100], [1, 1, 1], [100, 100, 1], [2 ** 53 - 1, 2 ** 53 - 1, 1]])('takes a step of %d as %d / %d', (step, multiplier, divisor) => {
    expect(decimalGrid(step)).toMatchObject({ step, multiplier, divisor })
  })

  it('counts steps of 25 by 25, and the half of one as half', () => {
    const grid = decimalGrid(25)
    expect([grid.toCount(75), grid.toDecimal(3), grid.toDecimal(2.5), grid.toCount(62.5), grid.holds(62.5), grid.holds(75)]).toEqual([3, 75, 62.5, 2.5, false, true])
  })

  it('keeps what lies off the grid of parts as it is', () => {
    const grid = decimalGrid(2)
    expect(grid.toCount(2 / 3)).toBe(1 / 3)
    expect(grid.toDecimal(1 / 3)).toBe(2 / 3)
  })
})
