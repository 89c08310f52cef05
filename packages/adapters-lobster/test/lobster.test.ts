import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { EventBatch, MarketEvent, Source } from '@rxlob/core'
import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { lobster, type LobsterFileRead } from '../src/index.js'
import { madeUpDay } from './made-up-day.js'
import { messageName, nineMessages, nineRows, orderbookName } from './nine-messages.js'
import { tempFolder } from './temp-folder.js'
import { zipOf } from './zip-of.js'

const eventsOf = (source: Source): Promise<MarketEvent[]> => lastValueFrom(source.events().pipe(toArray()))
const ninePair = { [messageName]: nineMessages, [orderbookName]: nineRows }
const nineDay = (): { messages: string; orderbook: string } => {
  const folder = tempFolder(ninePair)
  return { messages: join(folder, messageName), orderbook: join(folder, orderbookName) }
}

const header = (micros: number, nanos = 0) => ({ instrument: 'nasdaq:DEMO', tsExchange: 1_340_285_400_000_000 + micros, tsLocal: 1_340_285_400_000_000 + micros, nanos })

// Worked by hand from the two files: the order-book row of the first message less that message is the snapshot.
const expectedEvents = [
  { kind: 'snapshot', ...header(17_459, 617), bids: [], asks: [[100.02, 100], [100.05, 200]] },
  { kind: 'order', ...header(17_459, 617), action: 'add', orderId: 5000001, side: 'bid', price: 99.99, size: 50 },
  { kind: 'order', ...header(189_608, 68), action: 'add', orderId: 5000002, side: 'ask', price: 100.01, size: 80, scrolled: { bids: [], asks: [[100.05, 0]] } },
  { kind: 'order', ...header(250_000, 1), action: 'reduce', orderId: 5000002, side: 'ask', price: 100.01, size: 30 },
  { kind: 'order', ...header(1_500_000), action: 'fill', orderId: 5000002, side: 'ask', price: 100.01, size: 50, scrolled: { bids: [], asks: [[100.05, 200]] } },
  { kind: 'trade', ...header(2_123_456, 789), price: 100.01, size: 25, aggressor: 'sell', print: 'hidden' },
  { kind: 'order', ...header(3_000_000, 1), action: 'remove', orderId: 5000001, side: 'bid', price: 99.99, size: 50 },
  { kind: 'status', ...header(10_500_000), status: 'halted', channel: 'all' },
  { kind: 'status', ...header(70_500_000), status: 'halted', channel: 'all', reason: 'quoting resumes' },
  { kind: 'status', ...header(80_500_000), status: 'resumed', channel: 'all' },
]

describe('the nine messages', () => {
  it('become an instrument, the book before them, and one event each', async () => {
    const [instrument, ...events] = await eventsOf(lobster(nineDay()))
    expect(instrument).toMatchObject({
      kind: 'instrument',
      levels: 2,
      definition: { id: 'nasdaq:DEMO', venue: 'nasdaq', symbol: 'DEMO', kind: 'equity', quote: 'USD', tickSize: 0.01, lotSize: 1 },
    })
    expect(events).toEqual(expectedEvents)
  })

  it('say the same in lines that end as on Windows, have a seventh column, or end without a newline', async () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n')
    const variants = [
      { [messageName]: crlf(nineMessages), [orderbookName]: crlf(nineRows) },
      { [messageName]: nineMessages.replaceAll('\n', ',null\n'), [orderbookName]: nineRows },
      { [messageName]: nineMessages.trimEnd(), [orderbookName]: nineRows.trimEnd() },
    ]
    for (const files of variants) {
      const folder = tempFolder(files)
      expect((await eventsOf(lobster({ folder, symbol: 'DEMO', levels: 2 }))).slice(1)).toEqual(expectedEvents)
    }
  })

  it('say the same compressed', async () => {
    const folder = tempFolder({
      [`${messageName}.gz`]: gzipSync(nineMessages),
      [`${orderbookName}.gz`]: gzipSync(nineRows),
      [`${messageName}.zst`]: zstdCompressSync(nineMessages),
      [`${orderbookName}.zst`]: zstdCompressSync(nineRows),
      'LOBSTER_SampleFile_DEMO_2012-06-21_2.zip': zipOf({ ...ninePair, 'LOBSTER_SampleFiles_ReadMe.txt': 'hello' }),
      'DEMO_2012-06-21_2.zip': zipOf(ninePair, { stored: true }),
    })
    const of = (ending: string) => ({ messages: join(folder, messageName + ending), orderbook: join(folder, orderbookName + ending) })
    for (const options of [of('.gz'), of('.zst'), { messages: join(folder, 'LOBSTER_SampleFile_DEMO_2012-06-21_2.zip') }, { messages: join(folder, 'DEMO_2012-06-21_2.zip') }]) {
      expect((await eventsOf(lobster(options))).slice(1)).toEqual(expectedEvents)
    }
  })

  it('keep the aggressor of a hidden execution to themselves on request', async () => {
    const events = await eventsOf(lobster({ ...nineDay(), hiddenSide: 'unknown' }))
    expect(events.filter((event) => event.kind === 'trade')).toMatchObject([{ aggressor: 'unknown', print: 'hidden' }])
  })

  it('are found under any name when the options say what the name would', async () => {
    const folder = tempFolder({ 'm.csv': nineMessages, 'b.csv': nineRows })
    const options = { messages: join(folder, 'm.csv'), orderbook: join(folder, 'b.csv'), symbol: 'demo', levels: 2, date: '2012-06-21' }
    expect((await eventsOf(lobster(options))).slice(1)).toEqual(expectedEvents)
  })

  it('report their files with the hash that sha256sum gives', async () => {
    const files: LobsterFileRead[] = []
    const day = nineDay()
    await eventsOf(lobster({ ...day, onFileRead: (file) => files.push(file) }))
    const sha256sum = (path: string): string => execFileSync('sha256sum', [path]).toString().slice(0, 64)
    expect(files).toEqual([
      { path: day.messages, kind: 'message', rows: 9, bytes: nineMessages.length, sha256: sha256sum(day.messages) },
      { path: day.orderbook, kind: 'orderbook', rows: 9, bytes: nineRows.length, sha256: sha256sum(day.orderbook) },
    ])
  })
})

it('shows a message file alone as orders and trades, and says what it cannot know', async () => {
  const folder = tempFolder({ [messageName]: nineMessages })
  const source = lobster({ folder, symbol: 'DEMO', levels: 2 })
  expect(source.supports).toMatchObject({ book: 'none', levels: 0, trades: true, detects: { gaps: false } })
  const [, gap, ...events] = await eventsOf(source)
  expect(gap).toMatchObject({ kind: 'status', status: 'gap', channel: 'book', reason: expect.stringContaining('no order-book file') as string })
  const withoutScrolls = expectedEvents.slice(1).map((event) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'scrolled')))
  expect(events).toEqual(withoutScrolls)
})

it('says what it can and cannot show', () => {
  expect(lobster(nineDay())).toMatchObject({
    contract: 1,
    name: 'lobster:DEMO',
    supports: { timing: 'replay', book: 'l3', levels: 2, trades: true, detects: { gaps: true, staleness: false, lostTrades: false } },
  })
})

describe('the opening book', () => {
  const events = async (messages: string, rows: string, levels: number): Promise<MarketEvent[]> => {
    const folder = tempFolder({ 'm.csv': messages, 'b.csv': rows })
    return (await eventsOf(lobster({ messages: join(folder, 'm.csv'), orderbook: join(folder, 'b.csv'), symbol: 'X', date: '2012-06-21', levels }))).slice(1)
  }

  it('has back what the first message took, and less what it pushed into view', async () => {
    const [snapshot, order, ...rest] = await events('34200,4,1,7,1000100,-1\n', '1000200,10,999900,5,1000300,20,999800,6\n', 2)
    expect(snapshot).toMatchObject({ kind: 'snapshot', asks: [[100.01, 7], [100.02, 10]], bids: [[99.99, 5], [99.98, 6]] })
    expect(order).toMatchObject({ action: 'fill', price: 100.01, size: 7, scrolled: { bids: [], asks: [[100.03, 20]] } })
    expect(rest).toEqual([])
  })

  it('takes only its size off a level that stays', async () => {
    const [snapshot, order] = await events('34200,1,1,7,1000200,-1\n', '1000200,10,999900,5,1000300,20,999800,6\n', 2)
    expect(snapshot).toMatchObject({ asks: [[100.02, 3], [100.03, 20]] })
    expect(order).not.toHaveProperty('scrolled')
  })

  it('does not know what a first message pushed out of view, and says so', async () => {
    const [snapshot, order] = await events('34200,1,1,10,1000200,-1\n', '1000200,10,999900,5,1000300,20,999800,6\n', 2)
    expect(snapshot).toMatchObject({ asks: [[100.03, 20]], bids: [[99.99, 5], [99.98, 6]], scrolled: { asks: [[100.04, 0]], bids: [] } })
    expect(order).toMatchObject({ kind: 'order', scrolled: { asks: [[100.04, 0]], bids: [] } })
  })

  it('is the first row where the first message leaves the book alone', async () => {
    const [snapshot] = await events('34200,5,0,7,1000150,-1\n', '1000200,10,999900,5\n', 1)
    expect(snapshot).toMatchObject({ asks: [[100.02, 10]], bids: [[99.99, 5]] })
  })

  it('is the first row, and a gap follows, where the first message contradicts it', async () => {
    const all = await events('34200,1,1,7,1000300,-1\n', '1000200,10,999900,5,1000400,20,999800,6\n', 2)
    expect(all.map(({ kind }) => kind)).toEqual(['snapshot', 'order', 'status', 'snapshot'])
    expect(all[3]).toMatchObject({ asks: [[100.02, 10], [100.04, 20]] })
  })
})

it('says that nothing lies beyond the last level once an emptied level shows it', async () => {
  const folder = tempFolder({
    'm.csv': '34200,5,0,1,1000150,1\n34201,3,9,20,1000300,-1\n34202,1,10,4,1000500,-1\n',
    'b.csv': '1000200,10,999900,5,1000300,20,999800,6\n1000200,10,999900,5,9999999999,0,999800,6\n1000200,10,999900,5,1000500,4,999800,6\n',
  })
  const [, , , removed, added] = await eventsOf(lobster({ messages: join(folder, 'm.csv'), orderbook: join(folder, 'b.csv'), symbol: 'X', date: '2012-06-21', levels: 2 }))
  expect(removed).toMatchObject({ action: 'remove', scrolled: { bids: [], asks: [[Infinity, 0]] } })
  // The window is full again: deeper orders may now come unseen.
  expect(added).toMatchObject({ action: 'add', scrolled: { bids: [], asks: [[100.06, 0]] } })
})

it('prints crosses as such, whatever their direction, unless nothing traded', async () => {
  const folder = tempFolder({ 'm.csv': '34200,6,-1,1000,1000100,-1\n34200,6,-2,0,0,1\n', 'b.csv': '1000200,10,999900,5\n'.repeat(2) })
  const events = await eventsOf(lobster({ messages: join(folder, 'm.csv'), orderbook: join(folder, 'b.csv'), symbol: 'X', date: '2012-06-21', levels: 1 }))
  expect(events.slice(2)).toMatchObject([
    { kind: 'trade', print: 'cross', aggressor: 'unknown', price: 100.01, size: 1000 },
    { kind: 'delta', bids: [], asks: [] },
  ])
})

it('counts prices in the tick size given', async () => {
  const folder = tempFolder({ 'm.csv': '34200,1,1,7,5005,1\n34201,5,0,7,50075,1\n', 'b.csv': '10000,1,5005,7\n'.repeat(2) })
  const options = { messages: join(folder, 'm.csv'), orderbook: join(folder, 'b.csv'), symbol: 'X', date: '2012-06-21', levels: 1, tickSize: 0.0005 }
  const batches: EventBatch[] = []
  for await (const batch of lobster(options).batches!()) batches.push(batch)
  const [{ ticks, length } = { ticks: [], length: 0 }] = batches
  expect(Array.from(ticks).slice(0, length)).toEqual([0, 2000, 1000, 1001, 1000, 10015])
  expect(await eventsOf(lobster(options))).toMatchObject([{}, {}, { price: 0.5005 }, { price: 5.0075 }])
})

describe('several days', () => {
  const days = ['2012-06-21', '2012-06-22', '2012-11-05'].map((date, i) => ({ date, ...madeUpDay({ levels: 3, rows: 50, seed: i }) }))
  const files = Object.fromEntries(
    days.flatMap(({ date, messages, orderbook }) => [
      [`X_${date}_34200000_57600000_message_3.csv`, messages],
      [`X_${date}_34200000_57600000_orderbook_3.csv`, orderbook],
    ]),
  )

  it('follow one another, each with a session status and a book of its own', async () => {
    const folder = tempFolder(files)
    const events = await eventsOf(lobster({ folder, symbol: 'X', levels: 3 }))
    const sessions = events.flatMap(({ kind }, i) => (kind === 'status' && events[i]!.kind === 'status' && (events[i] as { status: string }).status === 'session' ? [i] : []))
    expect(sessions).toHaveLength(2)
    for (const at of sessions) {
      expect(events[at]).toMatchObject({ channel: 'all' })
      expect(events[at + 1]!.kind).toBe('snapshot')
      expect(events[at]!.tsExchange).toBe(events[at + 1]!.tsExchange)
    }
    expect(events.filter(({ kind }) => kind === 'instrument')).toHaveLength(1)
    for (let i = 1; i < events.length; i++) expect(events[i]!.tsLocal).toBeGreaterThanOrEqual(events[i - 1]!.tsLocal)
    // The third day is in winter time: 14:30 UTC.
    expect(new Date(events.at(-1)!.tsExchange / 1000).toISOString()).toMatch(/^2012-11-05T14:30/)
  })

  it('are the days named, or the one day asked for', async () => {
    const folder = tempFolder(files)
    const one = await eventsOf(lobster({ folder, symbol: 'X', levels: 3, date: '2012-06-22' }))
    const paths = { messages: join(folder, 'X_2012-06-22_34200000_57600000_message_3.csv'), orderbook: join(folder, 'X_2012-06-22_34200000_57600000_orderbook_3.csv') }
    expect(await eventsOf(lobster({ days: [paths] }))).toEqual(one)
    expect(await eventsOf(lobster(paths))).toEqual(one)
  })
})

it('is cold: every subscription reads from the start, and unsubscribing stops the reading', async () => {
  const source = lobster(nineDay())
  expect(await firstValueFrom(source.events())).toMatchObject({ kind: 'instrument' })
  expect(await lastValueFrom(source.events().pipe(take(3), toArray()))).toHaveLength(3)
  expect((await eventsOf(source)).slice(1)).toEqual(expectedEvents)
})
