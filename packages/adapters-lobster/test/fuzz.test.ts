import { LobError, seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { openTexts } from './chunked.js'
import { csvLines } from './csv-lines.js'
import { madeUpDay } from './made-up-day.js'
import { mutateLine } from './mutate-line.js'
import { naiveMessage } from './naive-message.js'
import { messageBlock, parseMessages } from '../src/message-file.js'
import { messageLineError } from '../src/message-line-error.js'
import { parseOrderbookRow } from '../src/orderbook-file.js'
import { orderbookLineError } from '../src/orderbook-line-error.js'
import { planOf } from '../src/plan.js'
import { toBatches } from '../src/to-batches.js'

const rows = Number(process.env.RXLOB_FUZZ_ROWS ?? 20_000)
const seed = Number(process.env.RXLOB_FUZZ_SEED ?? 20120621)
const levels = 3
const linesAtOnce = 500
const timeoutMillis = 600_000

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
  }, timeoutMillis)

  it('on mutated order-book rows', () => {
    const counts = fuzz(day.orderbook.trimEnd().split('\n'), parseOrderbookLines, naiveOrderbook)
    expect(counts.valid).toBeGreaterThan(counts.rows / 4)
    expect(counts.refused).toBeGreaterThan(counts.rows / 4)
    report('made-up order-book rows', counts)
  }, timeoutMillis)

  it.skipIf(!process.env.RXLOB_DATA)('on mutated messages of a real day', () => {
    const lines = csvLines(`${process.env.RXLOB_DATA}/lobster/GOOG_2012-06-21_34200000_57600000_message_10.csv.zst`)
    report('GOOG messages', fuzz(lines, parseMessageLines, naiveMessage))
  }, timeoutMillis)
})

describe('a pair with one mutated line', () => {
  const pairs = Math.ceil(rows / 100)
  const good = madeUpDay({ levels, rows: 40, seed })
  const plan = planOf({ messages: 'm.csv', orderbook: 'b.csv', symbol: 'X', date: '2012-06-21', levels, rows: 1 })

  /** What each message became, as text, and what ended the reading. */
  async function read(messages: string, orderbook: string): Promise<{ events: string[]; error: unknown }> {
    const events: string[] = []
    try {
      for await (const { length, op, flags, tsLocal, ticks, lots, orderId } of toBatches(plan, {}, openTexts({ 'm.csv': messages, 'b.csv': orderbook }))) {
        events.push(Array.from({ length }, (_, row) => [op, flags, tsLocal, ticks, lots, orderId!].map((column) => column[row]).join()).join(' '))
      }
      return { events, error: undefined }
    } catch (error) {
      return { events, error }
    }
  }

  it('gives what comes before that line, then goes on or ends in a LobError', async () => {
    const random = seededRandom(seed)
    const whole = await read(good.messages, good.orderbook)
    const counts = { rows: pairs, valid: 0, refused: 0 }
    for (let pair = 0; pair < pairs; pair++) {
      const texts = { messages: good.messages.split('\n'), orderbook: good.orderbook.split('\n') }
      const lines = random() < 0.5 ? texts.messages : texts.orderbook
      const at = 1 + Math.floor(random() * 39)
      lines[at] = mutateLine(lines[at]!, random)
      const { events, error } = await read(texts.messages.join('\n'), texts.orderbook.join('\n'))
      expect(events.slice(0, at)).toEqual(whole.events.slice(0, at))
      if (error === undefined) expect(events.length).toBe(whole.events.length)
      else expect(error).toSatisfy((thrown) => thrown instanceof LobError && thrown.code === 'LOB_BAD_FILE' && Number(thrown.where.line) > at && thrown.message.includes(thrown.where.file!))
      counts[error === undefined ? 'valid' : 'refused']++
    }
    expect(Math.min(counts.valid, counts.refused)).toBeGreaterThan(pairs / 20)
    report('made-up pairs', counts)
  }, timeoutMillis)
})
