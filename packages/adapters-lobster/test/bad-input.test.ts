import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { EventBatch, LobError } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { lobster, type LobsterOptions } from '../src/index.js'
import { messageName, nineMessages, nineRows, orderbookName } from './nine-messages.js'
import { tempFolder } from './temp-folder.js'
import { madeUpDay } from './made-up-day.js'
import { zipOf } from './zip-of.js'

/** What a reader gets before the error, as plain rows, and the error. */
async function read(options: LobsterOptions): Promise<{ rows: string[]; error: LobError | undefined }> {
  const rows: string[] = []
  const keep = ({ length, op, flags, tsLocal, ticks, lots, orderId, nanos }: EventBatch): void => {
    for (let row = 0; row < length; row++) rows.push([op, flags, tsLocal, ticks, lots, orderId!, nanos!].map((column) => column[row]).join())
  }
  try {
    for await (const batch of lobster(options).batches!()) keep(batch)
    return { rows, error: undefined }
  } catch (error) {
    return { rows, error: error as LobError }
  }
}

const nineDay = (changes: Partial<Record<'messages' | 'rows', (text: string) => string | Uint8Array>>): { messages: string; orderbook: string } => {
  const folder = tempFolder({ [messageName]: changes.messages?.(nineMessages) ?? nineMessages, [orderbookName]: changes.rows?.(nineRows) ?? nineRows })
  return { messages: join(folder, messageName), orderbook: join(folder, orderbookName) }
}
const setLine = (line: number, text: string) => (all: string) => all.split('\n').with(line - 1, text).join('\n')
const setField = (line: number, column: number, text: string) => (all: string) => {
  const lines = all.split('\n')
  return setLine(line, lines[line - 1]!.split(',').with(column - 1, text).join())(all)
}

/** Rows of the batch that the good files give for their first messages. */
async function rowsBefore(line: number): Promise<string[]> {
  const { rows } = await read(nineDay({}))
  let events = 0
  const end = rows.findIndex((row) => Number(row.split(',')[1]) & 1 && ++events === line)
  return line === 1 ? [] : rows.slice(0, end + 1)
}

interface Case {
  readonly what: string
  readonly messages?: (text: string) => string
  readonly rows?: (text: string) => string
  readonly where: 'messages' | 'orderbook'
  readonly line: number
  readonly column?: number
  readonly says: string
}

const cases: Case[] = [
  { what: 'a letter in a time', messages: setField(4, 1, '3420l.5'), where: 'messages', line: 4, column: 1, says: 'seconds after midnight' },
  { what: 'a time past midnight', messages: setField(9, 1, '86400.0'), where: 'messages', line: 9, column: 1, says: 'seconds after midnight' },
  { what: 'time going back', messages: setField(5, 1, '34201.499999999'), where: 'messages', line: 5, column: 1, says: 'a time not before 34201.500000000' },
  { what: 'time going back by a nanosecond', messages: setField(5, 1, '34201.499999999'), where: 'messages', line: 5, column: 1, says: 'found 34201.499999999' },
  { what: 'an unknown type', messages: setField(3, 2, '8'), where: 'messages', line: 3, column: 2, says: 'a message type from 1 to 7, found "8"' },
  { what: 'a type of two digits', messages: setField(3, 2, '22'), where: 'messages', line: 3, column: 2, says: 'a message type from 1 to 7' },
  { what: 'an order id below 1', messages: setField(2, 3, '0'), where: 'messages', line: 2, column: 3, says: 'an order id of 1 or more' },
  { what: 'an order id above 2^53', messages: setField(2, 3, '9007199254740992'), where: 'messages', line: 2, column: 3, says: 'below 2^53' },
  { what: 'a size of 0', messages: setField(2, 4, '0'), where: 'messages', line: 2, column: 4, says: 'a size from 1' },
  { what: 'a size out of range', messages: setField(2, 4, '4294967296'), where: 'messages', line: 2, column: 4, says: 'to 4294967295 shares' },
  { what: 'a negative size', messages: setField(2, 4, '-80'), where: 'messages', line: 2, column: 4, says: 'a size from 1' },
  { what: 'a price of 0', messages: setField(2, 5, '0'), where: 'messages', line: 2, column: 5, says: 'a price in dollars x 10000 from 1' },
  { what: 'the dummy price in a message', messages: setField(2, 5, '9999999999'), where: 'messages', line: 2, column: 5, says: 'to 9999999998' },
  { what: 'a visible price between ticks', messages: setField(2, 5, '1000150'), where: 'messages', line: 2, column: 5, says: 'on the grid of 0.01 dollars, found 1000150. Set the option tickSize' },
  { what: 'an unknown halt code', messages: setField(7, 5, '2'), where: 'messages', line: 7, column: 5, says: 'a halt code' },
  { what: 'a direction of 0', messages: setField(2, 6, '0'), where: 'messages', line: 2, column: 6, says: 'a direction: 1' },
  { what: 'five columns', messages: setLine(2, '34200.2,1,5000002,80,1000100'), where: 'messages', line: 2, says: 'at least 6 columns' },
  { what: 'an empty line', messages: setLine(2, ''), where: 'messages', line: 2, column: 1, says: 'found ""' },
  { what: 'a header', messages: (text) => `time,type,id,size,price,direction\n${text}`, where: 'messages', line: 1, column: 1, says: 'found "time"' },
  { what: 'half a last line', messages: (text) => text.slice(0, -12), where: 'messages', line: 9, says: 'at least 6 columns' },
  { what: 'a level that would become negative', messages: setField(4, 4, '51'), where: 'messages', line: 4, column: 4, says: 'at most the 50 shares that the ask level 1000100 has in order-book line 3, found 51' },
  { what: 'a deletion where no level is', messages: setField(6, 5, '999800'), where: 'messages', line: 6, column: 4, says: 'at most the 0 shares' },
  { what: 'fewer messages than rows', messages: (text) => text.split('\n').slice(0, 8).join('\n'), where: 'orderbook', line: 9, says: 'the end of the file after 8 rows' },
  { what: 'a letter in a row', rows: setField(3, 2, '5O'), where: 'orderbook', line: 3, column: 2, says: 'an integer, found "5O"' },
  { what: 'a fraction in a row', rows: setField(3, 1, '1000100.0'), where: 'orderbook', line: 3, column: 1, says: 'an integer' },
  { what: 'a column too few', rows: setLine(3, '1000100,50,999900,50,1000200,100,-9999999999'), where: 'orderbook', line: 3, says: '8 columns' },
  { what: 'a column too many', rows: setLine(3, '1000100,50,999900,50,1000200,100,-9999999999,0,7'), where: 'orderbook', line: 3, says: '8 columns' },
  { what: 'half a last row', rows: (text) => text.slice(0, -20), where: 'orderbook', line: 9, says: '8 columns' },
  { what: 'a crossed row', rows: setField(3, 3, '1000100'), where: 'orderbook', line: 3, column: 3, says: 'a best bid below the best ask' },
  { what: 'a size of 0 at a price', rows: setField(3, 2, '0'), where: 'orderbook', line: 3, column: 2, says: 'a size of ask level 1 from 1' },
  { what: 'a size at the dummy price', rows: setField(3, 8, '5'), where: 'orderbook', line: 3, column: 8, says: 'size 0 in the unoccupied bid level 2' },
  { what: 'a size out of range', rows: setField(3, 2, '4294967296'), where: 'orderbook', line: 3, column: 2, says: 'to 4294967295' },
  { what: 'a negative size', rows: setField(3, 2, '-50'), where: 'orderbook', line: 3, column: 2, says: 'a size of ask level 1' },
  { what: 'a price out of range', rows: setField(3, 5, '99999999990'), where: 'orderbook', line: 3, column: 5, says: 'a price of ask level 2' },
  { what: 'a negative price', rows: setField(3, 3, '-999900'), where: 'orderbook', line: 3, column: 3, says: 'a price of bid level 1' },
  { what: 'a price between ticks', rows: setField(3, 5, '1000250'), where: 'orderbook', line: 3, column: 5, says: 'on the grid of 0.01 dollars' },
  { what: 'a price between ticks that scrolls into view', rows: setField(4, 5, '1000550'), where: 'orderbook', line: 4, column: 5, says: 'on the grid of 0.01 dollars' },
  { what: 'levels out of order', rows: setField(3, 5, '1000000'), where: 'orderbook', line: 3, column: 5, says: 'above the 1000100 of level 1' },
  { what: 'a level after an unoccupied one', rows: (text) => setField(3, 7, '999800')(setField(3, 8, '5')(setField(3, 3, '-9999999999')(setField(3, 4, '0')(text)))), where: 'orderbook', line: 3, column: 7, says: 'a price of bid level 2' },
  { what: 'fewer rows than messages', rows: (text) => text.split('\n').slice(0, 8).join('\n'), where: 'orderbook', line: 9, says: 'one more row' },
  { what: 'more rows than messages', rows: (text) => `${text}1000200,100,-9999999999,0,1000500,200,-9999999999,0\n`, where: 'orderbook', line: 10, says: 'the end of the file after 9 rows' },
]

describe('a pair of files is refused, after all events before the fault, because of', () => {
  it.each(cases)('$what', async ({ messages, rows, where, line, column, says }) => {
    const day = nineDay({ ...(messages && { messages }), ...(rows && { rows }) })
    const { rows: found, error } = await read(day)
    expect(error).toMatchObject({ name: 'LobError', code: 'LOB_BAD_FILE', where: { file: day[where], line, ...(column !== undefined && { column }) } })
    expect(error!.message).toContain(says)
    expect(error!.message).toContain(day[where])
    // Where a count is wrong, everything was delivered; else the events before the line, the snapshot being one.
    expect(found).toEqual(await rowsBefore(line))
  })

  it('swapped files', async () => {
    const folder = tempFolder({ 'a.csv': nineMessages, 'b.csv': nineRows, 'c.csv': '1000200,100,999900,50\n', 'd.csv': nineMessages.replaceAll('\n', ',a,b\n') })
    const options = { symbol: 'X', date: '2012-06-21', levels: 2 }
    const swapped = await read({ ...options, messages: join(folder, 'b.csv'), orderbook: join(folder, 'a.csv') })
    expect(swapped).toMatchObject({ rows: [], error: { code: 'LOB_BAD_FILE', where: { line: 1 } } })
    expect(swapped.error!.message).toContain('swapped')
    expect((await read({ ...options, levels: 1, messages: join(folder, 'c.csv'), orderbook: join(folder, 'a.csv') })).error!.message).toContain('swapped')
    expect((await read({ ...options, messages: join(folder, 'a.csv'), orderbook: join(folder, 'a.csv') })).error!.message).toContain('swapped')
    expect((await read({ ...options, messages: join(folder, 'a.csv'), orderbook: join(folder, 'd.csv') })).error!.message).toContain('swapped')
  })

  it('files that are missing, empty, or not files', async () => {
    const folder = tempFolder({ [messageName]: nineMessages, 'e.csv': '' })
    mkdirSync(join(folder, 'sub'))
    const options = { symbol: 'X', date: '2012-06-21', levels: 2 }
    const good = join(folder, messageName)
    const empty = join(folder, 'e.csv')
    for (const [messages, orderbook, file, says] of [
      [join(folder, 'none.csv'), empty, join(folder, 'none.csv'), 'expected a file, found none'],
      [good, join(folder, 'none.csv'), join(folder, 'none.csv'), 'expected a file, found none'],
      [empty, empty, empty, 'found an empty file'],
      [good, empty, empty, 'found an empty file'],
      [join(folder, 'sub'), empty, join(folder, 'sub'), 'cannot be read'],
    ] as const) {
      const { rows, error } = await read({ ...options, messages, orderbook })
      expect(rows).toEqual([])
      expect(error).toMatchObject({ code: 'LOB_BAD_FILE', where: { file } })
      expect(error!.message).toContain(says)
    }
  })

  it('ten megabytes without a newline, in either file, from where they begin', async () => {
    const long = Buffer.alloc(10_000_000, '1')
    for (const [changes, where] of [
      [{ messages: (text: string) => Buffer.concat([Buffer.from(text.slice(0, 78)), long]) }, 'messages'],
      [{ rows: (text: string) => Buffer.concat([Buffer.from(text.split('\n').slice(0, 2).join('\n') + '\n'), long]) }, 'orderbook'],
    ] as const) {
      const day = nineDay(changes)
      const { rows, error } = await read(day)
      expect(error).toMatchObject({ code: 'LOB_BAD_FILE', where: { file: day[where], line: 3 } })
      expect(error!.message).toContain('without a newline')
      expect(rows).toEqual(await rowsBefore(3))
    }
  })
})

describe('a compressed pair is refused, after what can be read of it, because it was', () => {
  const day = madeUpDay({ levels: 2, rows: 15_000, seed: 1 })
  const pack = { gz: (text: string) => gzipSync(text), zst: (text: string) => zstdCompressSync(text) }
  const cut = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length * 0.6)

  it.each([['gz', 'messages'], ['gz', 'orderbook'], ['zst', 'messages'], ['zst', 'orderbook']] as const)('cut in the middle (%s, %s)', async (ending, which) => {
    const packed = { messages: pack[ending](day.messages), orderbook: pack[ending](day.orderbook) }
    packed[which] = cut(packed[which]) as typeof packed.messages
    const folder = tempFolder({ [`m.csv.${ending}`]: packed.messages, [`b.csv.${ending}`]: packed.orderbook, 'm.csv': day.messages, 'b.csv': day.orderbook })
    const options = (suffix: string) => ({ messages: join(folder, `m.csv${suffix}`), orderbook: join(folder, `b.csv${suffix}`), symbol: 'X', date: '2012-06-21', levels: 2 })
    const { rows, error } = await read(options(`.${ending}`))
    expect(error).toMatchObject({ code: 'LOB_BAD_FILE', where: { file: options(`.${ending}`)[which] } })
    expect(error!.message).toContain('cut short')
    const whole = await read(options(''))
    expect(rows.length).toBeGreaterThan(whole.rows.length / 3)
    expect(rows).toEqual(whole.rows.slice(0, rows.length))
  })

  it('cut in the middle or damaged (zip)', async () => {
    const zip = zipOf({ 'X_2012-06-21_34200000_57600000_message_2.csv': day.messages, 'X_2012-06-21_34200000_57600000_orderbook_2.csv': day.orderbook })
    const damaged = Buffer.from(zip)
    damaged[zip.length >> 2]! ^= 0xff
    const folder = tempFolder({ 'X_2012-06-21_2.zip': cut(zip), 'Y_2012-06-21_2.zip': damaged })
    for (const name of ['X_2012-06-21_2.zip', 'Y_2012-06-21_2.zip']) {
      expect((await read({ messages: join(folder, name) })).error).toMatchObject({ code: 'LOB_BAD_FILE', where: { file: join(folder, name) } })
    }
  })

  it('something else under that name', async () => {
    const folder = tempFolder({ 'm.csv.gz': 'hello', 'm.csv.zst': 'hello', 'm.zip': 'hello' })
    for (const name of ['m.csv.gz', 'm.csv.zst', 'm.zip']) {
      const { rows, error } = await read({ messages: join(folder, name), symbol: 'X', date: '2012-06-21', levels: 2 })
      expect(rows).toEqual([])
      expect(error).toMatchObject({ code: 'LOB_BAD_FILE', where: { file: join(folder, name) } })
    }
  })
})

it('lets orders cross while trading is halted', async () => {
  const folder = tempFolder({ 'm.csv': '34200,7,0,0,-1,-1\n34201,1,1,5,1000300,1\n34202,3,1,5,1000300,1\n34203,7,0,0,1,-1\n34204,1,2,5,1000300,1\n', 'b.csv': '1000200,10,999900,5\n1000200,10,1000300,5\n1000200,10,999900,5\n1000200,10,999900,5\n1000200,10,1000300,5\n' })
  const { rows, error } = await read({ messages: join(folder, 'm.csv'), orderbook: join(folder, 'b.csv'), symbol: 'X', date: '2012-06-21', levels: 1 })
  expect(error).toMatchObject({ where: { line: 5, column: 3 } })
  expect(rows.length).toBeGreaterThan(5)
})

it('does not take files of successive days in which time goes back', async () => {
  const { messages, orderbook } = nineDay({})
  const { rows, error } = await read({ days: [{ messages, orderbook }, { messages, orderbook }] })
  expect(error).toMatchObject({ code: 'LOB_BAD_FILE', where: { file: messages, line: 1, column: 1 } })
  expect(rows).toEqual((await read({ messages, orderbook })).rows)
})
