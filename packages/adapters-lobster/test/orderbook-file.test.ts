import { expect, it } from 'vitest'
import { parseOrderbookRow } from '../src/orderbook-file.js'
import { nineRows } from './nine-messages.js'

const parse = (text: string, levels: number, from = 0): { row: Float64Array; next: number } => {
  const row = new Float64Array(4 * levels)
  return { row, next: parseOrderbookRow(new TextEncoder().encode(text), from, row) }
}

it('decodes a row with a dummy level, and says where the next one begins', () => {
  const { row, next } = parse(nineRows, 2)
  expect(Array.from(row)).toEqual([1000200, 100, 999900, 50, 1000500, 200, -9999999999, 0])
  expect(next).toBe(nineRows.indexOf('\n') + 1)
  expect(Array.from(parse(nineRows, 2, next).row.subarray(0, 2))).toEqual([1000100, 80])
})

it('decodes fifty levels and a carriage return', () => {
  const numbers = Array.from({ length: 200 }, (_, i) => 5_800_000 + i)
  const text = `${numbers.join()}\r\n`
  const { row, next } = parse(text, 50)
  expect(Array.from(row)).toEqual(numbers)
  expect(next).toBe(text.length)
})

it.each(['', '1,2,3', '1,2,3,', '1,2,3,4,5', '1,2,3,4,', '1,,3,4', '1,2,3,x', '1.5,2,3,4', ' 1,2,3,4', '1,2,3,4 ', '--1,2,3,4', '-,2,3,4', '+1,2,3,4', '1:,2,3,4', '1;2;3;4', '1,2,3,4\r\r'])(
  'refuses the line %j of one level',
  (line) => expect(parse(`${line}\n1,2,3,4\n`, 1).next).toBe(-1),
)
