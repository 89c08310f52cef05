import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lineReader } from '../src/line-reader.js'
import { chunked } from './chunked.js'

async function linesOf(text: string, sizes: readonly number[]): Promise<{ lines: string[]; offsets: number[] }> {
  const reader = lineReader(chunked(text, sizes), 'x.csv')
  const lines: string[] = []
  const offsets: number[] = []
  while (await reader.fill(lines.length + 1)) {
    while (reader.at < reader.to) {
      const end = reader.bytes.indexOf(10, reader.at)
      offsets.push(reader.offset + reader.at)
      lines.push(new TextDecoder().decode(reader.bytes.subarray(reader.at, end)))
      reader.at = end + 1
    }
  }
  return { lines, offsets }
}

it('gives the same lines and offsets however the file is cut, with or without a last newline', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '1', ',', '\r'), maxLength: 12 })
  return fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }).filter((sizes) => sizes.some((size) => size > 0)), fc.boolean(), async (expected, sizes, closed) => {
      const text = expected.join('\n') + (closed || expected.at(-1) === '' ? '\n' : '')
      const { lines, offsets } = await linesOf(text, sizes)
      expect(lines).toEqual(expected)
      expect(offsets).toEqual(expected.map((_, i) => expected.slice(0, i).reduce((sum, before) => sum + before.length + 1, 0)))
    }),
  )
})

it('has nothing to give of an empty file, again and again', async () => {
  const reader = lineReader(chunked('', [10]), 'x.csv')
  expect([await reader.fill(1), await reader.fill(1)]).toEqual([false, false])
})

it('refuses a line without end once it is longer than 64 KiB, having read no more than that', async () => {
  let read = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('first\n')
    for (;;) {
      read += 10_000
      yield new Uint8Array(10_000).fill(49)
    }
  }
  const reader = lineReader(endless(), 'x.csv')
  expect(await reader.fill(1)).toBe(true)
  reader.at = reader.to
  await expect(reader.fill(2)).rejects.toMatchObject({ code: 'LOB_BAD_FILE', where: { file: 'x.csv', line: 2 } })
  expect(read).toBe(70_000)
})

it('closes the file it reads', async () => {
  let closed = false
  async function* file(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Uint8Array.of(10)
    } finally {
      closed = true
    }
  }
  const reader = lineReader(file(), 'x.csv')
  await reader.fill(1)
  await reader.close()
  expect(closed).toBe(true)
})
