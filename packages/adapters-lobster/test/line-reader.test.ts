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

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text)
}

it('takes a line of 64 KiB and not a byte more', async () => {
  const reader = lineReader(pieces('1'.repeat(65_536), '\n'), 'x.csv')
  expect([await reader.fill(1), reader.to]).toEqual([true, 65_537])
  await expect(lineReader(pieces('1'.repeat(65_537), '\n'), 'x.csv').fill(1)).rejects.toThrow(
    'x.csv line 1: expected a line of at most 65536 bytes, found 65537 without a newline. This is not a LOBSTER csv file.',
  )
})

it('keeps one buffer as long as its room suffices', async () => {
  // The first chunk of 10 bytes makes room for it and a line.
  const reader = lineReader(pieces('123456789\n', 'abc\n', `${'1'.repeat(10)}\n`.repeat(5958) + '12345678', '\n', 'x'.repeat(70_000)), 'x.csv')
  await reader.fill(1)
  const { bytes } = reader
  expect(bytes.length).toBe(65_546)
  reader.at = reader.to
  await reader.fill(2)
  expect(reader.bytes).toBe(bytes)
  reader.at = reader.to
  // 65,538 + 8 bytes: just as much as there is.
  await reader.fill(3)
  expect([reader.bytes === bytes, reader.to]).toEqual([true, 65_538])
})

it('keeps the beginning of a line when it needs more room', async () => {
  const { lines } = await linesOf(`abc${'d'.repeat(10)}\n${'1234567\n'.repeat(20_000)}`, [3, 150_000])
  expect([lines[0], lines.length]).toEqual(['abcdddddddddd', 20_001])
})

it('closes a source that has nothing to close', async () => {
  const reader = lineReader({ [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }) }, 'x.csv')
  expect(await reader.fill(1)).toBe(false)
  expect(await reader.close()).toBeUndefined()
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
