import { describe, expect, it } from 'vitest'
import { orderbookRowError } from '../src/orderbook-row-error.js'

const inOrder = 'Check that the file was copied whole and that its levels are in order.'

/** Two levels of a stock on the cent. */
const row = (changes: Readonly<Record<number, number>> = {}): Float64Array => {
  const numbers = [1000200, 10, 999900, 5, 1000300, 20, 999800, 6]
  for (const [column, number] of Object.entries(changes)) numbers[Number(column)] = number
  return Float64Array.from(numbers)
}

describe('orderbookRowError', () => {
  it.each([
    [1, 0, 'a size of ask level 1 from 1 to 4294967295 shares', inOrder],
    [3, 4294967296, 'a size of bid level 1 from 1 to 4294967295 shares', inOrder],
    [5, -1, 'a size of ask level 2 from 1 to 4294967295 shares', inOrder],
    [7, 0, 'a size of bid level 2 from 1 to 4294967295 shares', inOrder],
    [0, 0, 'a price of ask level 1 in dollars x 10000 from 1 to 9999999998, or 9999999999 where there is no level', inOrder],
    [0, -50, 'a price of ask level 1 in dollars x 10000 from 1 to 9999999998, or 9999999999 where there is no level', inOrder],
    [0, 10000000000, 'a price of ask level 1 in dollars x 10000 from 1 to 9999999998, or 9999999999 where there is no level', inOrder],
    // The other side's dummy, and not on the grid of a cent either: what it cannot be comes first.
    [2, 9999999999, 'a price of bid level 1 in dollars x 10000 from 1 to 9999999998, or -9999999999 where there is no level', inOrder],
    [4, 1000200, 'a price of ask level 2 in dollars x 10000 from 1 to 9999999998, or 9999999999 where there is no level, above the 1000200 of level 1', inOrder],
    [6, 999900, 'a price of bid level 2 in dollars x 10000 from 1 to 9999999998, or -9999999999 where there is no level, below the 999900 of level 1', inOrder],
    [0, 1000250, 'a price of ask level 1 on the grid of 0.01 dollars', 'Set the option tickSize to the smallest price step of this stock.'],
    [6, 1, 'a price of bid level 2 on the grid of 0.01 dollars', 'Set the option tickSize to the smallest price step of this stock.'],
    [2, 9999999998, 'a price of bid level 1 on the grid of 0.01 dollars', 'Set the option tickSize to the smallest price step of this stock.'],
  ])('says why the number of column %d cannot be %d', (column, number, expected, advice) => {
    const { code, message, where } = orderbookRowError('b.csv', 4, row({ [column]: number }), column, 100)
    expect({ code, message, where }).toEqual({
      code: 'LOB_BAD_FILE',
      message: `b.csv line 4 column ${column + 1}: expected ${expected}, found ${number}. ${advice}`,
      where: { file: 'b.csv', line: 4, column: column + 1 },
    })
  })

  it.each([
    [row({ 4: 9999999999 }), 5, 'size 0 in the unoccupied ask level 2'],
    [row({ 2: -9999999999 }), 3, 'size 0 in the unoccupied bid level 1'],
    // Each side has a dummy of its own.
    [row({ 4: -9999999999 }), 5, 'a size of ask level 2 from 1 to 4294967295 shares'],
    [row({ 2: 9999999999 }), 3, 'a size of bid level 1 from 1 to 4294967295 shares'],
  ])('wants no size at the dummy price of a side (%#)', (numbers, column, expected) => {
    expect(orderbookRowError('b.csv', 4, numbers, column, 100).message).toContain(`expected ${expected}, found`)
  })

  it('knows grids finer than the cent', () => {
    expect(orderbookRowError('b.csv', 4, row({ 0: 1000251 }), 0, 5).message).toContain('on the grid of 0.0005 dollars')
    expect(orderbookRowError('b.csv', 4, row({ 4: 1000001 }), 4, 1).message).toContain('above the 1000200 of level 1')
  })
})
