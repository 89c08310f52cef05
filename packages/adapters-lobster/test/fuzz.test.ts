import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { csvLines } from './csv-lines.js'
import { madeUpDay } from './made-up-day.js'
import { mutateLine } from './mutate-line.js'
import { naiveMessage } from './naive-message.js'
import { messageBlock, parseMessages } from '../src/message-file.js'
import { messageLineError } from '../src/message-line-error.js'
import { parseOrderbookRow } from '../src/orderbook-file.js'
import { orderbookLineError } from '../src/orderbook-line-error.js'

const rows = Number(process.env.RXLOB_FUZZ_ROWS ?? 20_000)
const seed = Number(process.env.RXLOB_FUZZ_SEED ?? 20120621)
const levels = 3
const linesAtOnce = 500

interface Counts {
  rows: number
  valid: number
  refused: number
}

const report = (what: string, counts: Counts): void => {
  if (process.env.RXLOB_FUZZ_ROWS !== undefined) console.log(`${what}: ${counts.rows} mutated rows, ${counts.valid} valid, ${counts.refused} refused, 0 differences, seed ${seed}`)
}

/** Mutated rows, joined and run through `parse`, which gives back one answer a line: the numbers, or undefined. */
function fuzz(lines: readonly string[], parse: (bytes: Uint8Array, texts: readonly string[]) => (readonly number[] | undefined)[], naive: (line: string) => readonly number[] | undefined): Counts {
  const random = seededRandom(seed)
  const counts = { rows: 0, valid: 0, refused: 0 }
  while (counts.rows < rows) {
    const texts = Array.from({ length: linesAtOnce }, () => {
      const line = lines[Math.floor(random() * lines.length)]!
      return random() < 0.2 ? line : mutateLine(line, random)
    })
    const found = parse(new TextEncoder().encode(texts.map((text) => `${text}\n`).join('')), texts)
    texts.forEach((text, i) => {
      const expected = naive(text)
      if (JSON.stringify(found[i]) !== JSON.stringify(expected)) expect({ text, numbers: found[i] }).toEqual({ text, numbers: expected })
      counts[expected === undefined ? 'refused' : 'valid']++
    })
    counts.rows += texts.length
  }
  return counts
}

function parseMessageLines(bytes: Uint8Array, texts: readonly string[]): (number[] | undefined)[] {
  const block = messageBlock(64)
  const found: (number[] | undefined)[] = []
  for (let at = 0; at < bytes.length; ) {
    at = parseMessages(bytes, at, bytes.length, block)
    for (let row = 0; row < block.length; row++) {
      found.push([block.micros, block.nanos, block.types, block.orderIds, block.sizes, block.prices, block.directions].map((column) => column[row]!))
    }
    if (block.length > 0) continue
    // The slow path must find a fault, and say in which column, wherever the fast path stopped.
    const error = messageLineError('m.csv', 7, texts[found.length]!.replace(/\r$/, ''))
    expect(error.where.line).toBe(7)
    expect(error.message).not.toContain('a line of at most')
    found.push(undefined)
    at = bytes.indexOf(10, at) + 1
  }
  return found
}

function parseOrderbookLines(bytes: Uint8Array, texts: readonly string[]): (number[] | undefined)[] {
  const row = new Float64Array(4 * levels)
  let at = 0
  return texts.map((text) => {
    const next = parseOrderbookRow(bytes, at, row)
    at = bytes.indexOf(10, at) + 1
    if (next < 0) {
      const error = orderbookLineError('b.csv', 7, text.replace(/\r$/, ''), levels)
      expect(error.where).not.toMatchObject({ column: 0 })
      return undefined
    }
    expect(next).toBe(at)
    return Array.from(row, exact)
  })
}

/** Beyond 2^53 the last digits may differ: the window refuses such a number anyway. */
const exact = (value: number): number => (Math.abs(value) > Number.MAX_SAFE_INTEGER ? Math.sign(value) * Infinity : value)

function naiveOrderbook(text: string): number[] | undefined {
  const fields = text.replace(/\r$/, '').split(',')
  return fields.length === 4 * levels && fields.every((field) => /^-?[0-9]+$/.test(field)) ? fields.map((field) => exact(Number(field))) : undefined
}

describe('the byte parsers agree with split and Number', () => {
  const day = madeUpDay({ levels, rows: 2000, seed })

  it('on mutated messages', () => {
    const counts = fuzz(day.messages.trimEnd().split('\n'), parseMessageLines, naiveMessage)
    expect(counts.valid).toBeGreaterThan(counts.rows / 4)
    expect(counts.refused).toBeGreaterThan(counts.rows / 4)
    report('made-up messages', counts)
  })

  it('on mutated order-book rows', () => {
    const counts = fuzz(day.orderbook.trimEnd().split('\n'), parseOrderbookLines, naiveOrderbook)
    expect(counts.valid).toBeGreaterThan(counts.rows / 4)
    expect(counts.refused).toBeGreaterThan(counts.rows / 4)
    report('made-up order-book rows', counts)
  })

  it.skipIf(!process.env.RXLOB_DATA)('on mutated messages of a real day', () => {
    const lines = csvLines(`${process.env.RXLOB_DATA}/lobster/GOOG_2012-06-21_34200000_57600000_message_10.csv.zst`)
    report('GOOG messages', fuzz(lines, parseMessageLines, naiveMessage))
  })
})
