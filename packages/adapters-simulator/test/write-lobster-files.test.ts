import { Op, RowFlag, type MarketEvent, type Source } from '@rxlob/core'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { from } from 'rxjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { simulator, writeLobsterFiles, type SimulatorOptions } from '../src/index.js'
import { naiveMarket } from './naive-market.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rxlob-lobster-'))
})
afterAll(() => rm(folder, { recursive: true }))

const rowsOf = async (file: string): Promise<number[][]> => (await readFile(file, 'utf8')).trimEnd().split('\n').map((line) => line.split(',').map(Number))

/** Rows that the book file should have: the best levels of the naive book after every event that LOBSTER would tell. */
async function expectedRows(options: SimulatorOptions, levels: number): Promise<{ messages: string[]; books: number[][] }> {
  const messages: string[] = []
  const books: number[][] = []
  const held = new Map<number, { ticks: number; lots: number }>()
  const top = (side: [number, number][], sign: 1 | -1, level: number): number[] => side[level] === undefined ? [sign * 9999999999, 0] : [side[level][0] * 100, side[level][1]]
  let bids: [number, number][] = []
  let asks: [number, number][] = []
  const inside = (side: 'bid' | 'ask', ticks: number, book: [number, number][]): boolean => {
    const last = book[levels - 1]
    return last === undefined || (side === 'bid' ? ticks >= last[0] : ticks <= last[0])
  }
  for await (const { op, side, orderId, ticks, lots, seq, tsExchange, nanos, levels: levelsOf } of naiveMarket(simulator(options).batches())) {
    const before = side === 'bid' ? bids : asks
    if (seq > 0 && op !== Op.status) {
      bids = levelsOf('bid')
      asks = levelsOf('ask')
      const after = side === 'bid' ? bids : asks
      const nanosOfDay = (tsExchange - Date.parse('2024-01-02T05:00:00Z') * 1000) * 1000 + nanos
      const time = `${Math.floor(nanosOfDay / 1e9)}.${String(nanosOfDay % 1e9).padStart(9, '0')}`
      const tell = (fields: string, bidSide = bids, askSide = asks): void => {
        messages.push(`${time},${fields}`)
        books.push(Array.from({ length: levels }, (_, level) => [...top(askSide, 1, level), ...top(bidSide, -1, level)]).flat())
      }
      const direction = side === 'bid' ? 1 : -1
      const told = (type: number, size: number, price: number): string => `${type},${orderId},${size},${price * 100},${direction}`
      if (op === Op.trade) tell(`5,0,${lots},${ticks * 100},${side === 'ask' ? 1 : -1}`)
      else if (op === Op.replace) {
        const old = held.get(orderId)!
        const between = before.map(([price, size]): [number, number] => [price, price === old.ticks ? size - old.lots : size]).filter(([, size]) => size > 0)
        const [betweenBids, betweenAsks] = side === 'bid' ? [between, asks] : [bids, between]
        if (inside(side, old.ticks, before)) tell(told(3, old.lots, old.ticks), betweenBids, betweenAsks)
        if (inside(side, ticks, after)) tell(told(1, lots, ticks))
      } else if (inside(side, ticks, op === Op.add ? after : before)) tell(told({ [Op.add]: 1, [Op.reduce]: 2, [Op.remove]: 3, [Op.fill]: 4 }[op]!, lots, ticks))
    } else {
      bids = levelsOf('bid')
      asks = levelsOf('ask')
      if (seq === 0) for await (const order of snapshotOrders(options)) held.set(order.orderId, order)
    }
    if (op === Op.add || op === Op.replace) held.set(orderId, { ticks, lots })
    else if (held.has(orderId) && seq > 0) held.get(orderId)!.lots -= lots
  }
  return { messages, books }
}

async function* snapshotOrders(options: SimulatorOptions): AsyncGenerator<{ orderId: number; ticks: number; lots: number }> {
  for await (const { op, flags, orderId, ticks, lots, length } of simulator(options).batches()) {
    for (let row = 0; row < length && flags[row]! & RowFlag.snapshot; row++) if (op[row] === Op.add) yield { orderId: orderId![row]!, ticks: ticks[row]!, lots: lots[row]! }
    return
  }
}

const thin = { limitOrders: 8, marketOrders: 2, cancellations: 0.9, hiddenShare: 0.5 }

describe('writeLobsterFiles', () => {
  it.each<[string, number, SimulatorOptions]>([
    ['liquid', 1, {}],
    ['liquid', 10, {}],
    ['thin', 5, { rates: thin }],
    ['thin', 60, { rates: thin }],
    ['planted', 3, { signal: { horizonEvents: 8 } }],
  ])('tells a %s market at %i levels as LOBSTER would', async (name, levels, market) => {
    const options = { ...market, symbol: `${name}${levels}`, durationMicros: 90e6, seed: 4 }
    const files = await writeLobsterFiles(simulator(options), { folder, levels })
    const expected = await expectedRows(options, levels)
    expect(files.rows).toBe(expected.books.length)
    expect(files.rows).toBeGreaterThan(500)
    expect((await readFile(files.messageFile, 'utf8')).trimEnd().split('\n')).toEqual(expected.messages)
    expect(await rowsOf(files.orderBookFile)).toEqual(expected.books)
    expect(basename(files.messageFile)).toBe(`${options.symbol.toUpperCase()}_2024-01-02_34200000_34290000_message_${levels}.csv`)
    expect(basename(files.orderBookFile)).toBe(`${options.symbol.toUpperCase()}_2024-01-02_34200000_34290000_orderbook_${levels}.csv`)
    expect((await readdir(folder)).filter((entry) => entry.startsWith('.'))).toEqual([])
  })

  it('gives row k from row k-1 and message k at every rank but the deepest', async () => {
    const levels = 4
    const files = await writeLobsterFiles(simulator({ symbol: 'STEP', durationMicros: 120e6, rates: thin }), { folder, levels })
    const messages = await rowsOf(files.messageFile)
    const books = await rowsOf(files.orderBookFile)
    let hidden = 0
    for (let k = 1; k < books.length; k++) {
      const [, type, , size, price, direction] = messages[k]!
      const sides = [new Map<number, number>(), new Map<number, number>()]
      books[k - 1]!.forEach((value, n, row) => {
        if (n % 2 === 0 && row[n + 1]! > 0) sides[n % 4 === 0 ? 0 : 1]!.set(value, row[n + 1]!)
      })
      if (type === 5) hidden++
      else {
        const side = sides[direction === -1 ? 0 : 1]!
        const left = (side.get(price!) ?? 0) + (type === 1 ? size! : -size!)
        if (left === 0) side.delete(price!)
        else side.set(price!, left)
      }
      const asks = [...sides[0]!].sort(([a], [b]) => a - b)
      const bids = [...sides[1]!].sort(([a], [b]) => b - a)
      for (let level = 0; level < levels - 1; level++) {
        expect([k, asks[level], bids[level]].flat()).toEqual([k, ...books[k]!.slice(4 * level, 4 * level + 4)])
      }
    }
    expect(hidden).toBeGreaterThan(3)
  })
})

const instrument = { id: 'sim:X', venue: 'sim', symbol: 'X', kind: 'equity', base: 'X', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.01, lotSize: 1, multiplier: 1 } as const
const at = (second: number, nanos?: number) => {
  const ts = Date.parse('2012-06-21T13:30:00Z') * 1000 + second * 1e6
  return { instrument: instrument.id, tsExchange: ts, tsLocal: ts, ...(nanos !== undefined && { nanos }) } as const
}
const opening: MarketEvent[] = [
  { kind: 'instrument', ...at(0), definition: instrument, levels: Infinity },
  { kind: 'snapshot', ...at(0), bids: [[100, 5]], asks: [[100.02, 7]], orders: [{ orderId: 1, side: 'bid', price: 100, size: 5 }, { orderId: 2, side: 'ask', price: 100.02, size: 7 }] },
]
const sourceOf = (events: readonly MarketEvent[], supports: Partial<Source['supports']> = {}): Source => ({
  contract: 1, name: 'made', supports: { timing: 'replay', book: 'l3', levels: Infinity, trades: true, detects: { gaps: false, staleness: false, lostTrades: false }, ...supports },
  events: () => from(events),
})
const status = (name: 'halted' | 'resumed' | 'gap' | 'connected' | 'ended', second: number): MarketEvent => ({ kind: 'status', ...at(second), status: name, channel: 'all' })

describe('writeLobsterFiles of other sources', () => {
  it('writes halts, crosses and hidden executions, and has no row for what says nothing of the market', async () => {
    const files = await writeLobsterFiles(sourceOf([
      ...opening,
      status('connected', 1),
      { kind: 'trade', ...at(1.5, 7), price: 100.01, size: 3, aggressor: 'unknown', print: 'hidden' },
      status('halted', 2),
      status('resumed', 3),
      { kind: 'trade', ...at(3.5), price: 100.015, size: 4, aggressor: 'buy', print: 'hidden' },
      { kind: 'trade', ...at(4), price: 100.01, size: 30, aggressor: 'unknown', print: 'cross' },
      { kind: 'order', ...at(5, 999), action: 'fill', orderId: 2, side: 'ask', price: 100.02, size: 7 },
      status('ended', 6.5),
    ]), { folder, levels: 1 })
    expect(basename(files.messageFile)).toBe('X_2012-06-21_34200000_34206500_message_1.csv')
    expect(await readFile(files.messageFile, 'utf8')).toBe(
      '34201.500000007,5,0,3,1000100,1\n34202.000000000,7,0,0,-1,-1\n34203.000000000,7,0,0,1,-1\n34203.500000000,5,0,4,1000150,-1\n34204.000000000,6,-1,30,1000100,1\n34205.000000999,4,2,7,1000200,-1\n')
    expect(await readFile(files.orderBookFile, 'utf8')).toBe(`${'1000200,7,1000000,5\n'.repeat(5)}9999999999,0,1000000,5\n`)
  })

  it.each<[string, Source, string, RegExp]>([
    ['a book by level', sourceOf(opening, { book: 'l2' }), 'LOB_BAD_OPTION', /l3/],
    ['a source of ten levels', sourceOf(opening, { levels: 10 }), 'LOB_BAD_OPTION', /Infinity/],
    ['no event at all', sourceOf([]), 'LOB_SINK', /no events/],
    ['no snapshot', sourceOf([opening[0]!, status('ended', 1)]), 'LOB_SINK', /snapshot/],
    ['a second snapshot', sourceOf([...opening, opening[1]!]), 'LOB_SINK', /second snapshot/],
    ['a gap', sourceOf([...opening, status('gap', 1)]), 'LOB_SINK', /gap/],
    ['an off-book print', sourceOf([...opening, { kind: 'trade', ...at(1), price: 100, size: 1, aggressor: 'buy', print: 'off-book' }]), 'LOB_SINK', /off-book/],
    ['a level delta', sourceOf([...opening, { kind: 'delta', ...at(1), bids: [[100, 1]], asks: [] }]), 'LOB_SINK', /level/],
    ['a session past midnight', sourceOf([...opening, status('halted', 60_000)]), 'LOB_SINK', /one trading day/],
    ['a second instrument', sourceOf([...opening, { ...opening[0]!, instrument: 'sim:Y', definition: { ...instrument, id: 'sim:Y' } } as MarketEvent, { ...opening[1]!, instrument: 'sim:Y' }]), 'LOB_SINK', /one instrument/],
    ['prices finer than a hundredth of a cent', simulator({ tickSize: 0.00001, price: 1 }), 'LOB_BAD_OPTION', /0\.0001/],
    ['fractions of shares', simulator({ lotSize: 0.5 }), 'LOB_BAD_OPTION', /whole shares/],
  ])('refuses %s and leaves nothing behind', async (_, source, code, message) => {
    const before = await readdir(folder)
    await expect(writeLobsterFiles(source, { folder })).rejects.toThrow(message)
    await expect(writeLobsterFiles(source, { folder })).rejects.toMatchObject({ name: 'LobError', code })
    expect(await readdir(folder)).toEqual(before)
  })

  it('refuses a folder that is a file, and levels out of range', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expect(writeLobsterFiles(simulator({ durationMicros: 1e6 }), { folder: file })).rejects.toMatchObject({ code: 'LOB_SINK' })
    await expect(writeLobsterFiles(simulator(), { folder, levels: 201 })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })

  it('stops on request and leaves nothing behind', async () => {
    const before = await readdir(folder)
    await expect(writeLobsterFiles(simulator(), { folder, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
    expect(await readdir(folder)).toEqual(before)
  })
})
