import { expect, it } from 'vitest'
import { csvRows } from '../src/csv-rows.js'
import { chunked } from './chunked.js'

async function rowsOf(text: string, sizes: readonly number[]): Promise<number[][]> {
  const rows: number[][] = []
  for await (const row of csvRows(chunked(text, sizes))) rows.push(row)
  return rows
}

it.each([[[1]], [[2, 5]], [[7]], [[100]]])('reads the same rows in chunks of %j bytes, with or without a last newline', async (sizes) => {
  const expected = [[34200.5, 1, -7], [0], [1000200, 100, -9999999999, 0]]
  expect(await rowsOf('34200.5,1,-7\n0\n1000200,100,-9999999999,0\n', sizes)).toEqual(expected)
  expect(await rowsOf('34200.5,1,-7\n0\n1000200,100,-9999999999,0', sizes)).toEqual(expected)
})

it('has no rows of an empty file, and one NaN for what is no number', async () => {
  expect(await rowsOf('', [10])).toEqual([])
  expect(await rowsOf('1,x\n', [10])).toEqual([[1, NaN]])
})

it('keeps a character whole that two chunks share', async () => {
  // A two-byte space, which Number passes over where it is whole.
  expect(await rowsOf('\u00a05\n', [1])).toEqual([[5]])
})
