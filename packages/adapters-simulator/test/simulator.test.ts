import { BookTracker, Op, RowFlag, type EventBatch, type MarketEvent } from '@rxlob/core'
import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { simulator, type SimulatorOptions } from '../src/index.js'
import { naiveMarket } from './naive-market.js'

const minutes = (count: number): number => count * 60e6

async function batchesOf(options: SimulatorOptions): Promise<EventBatch[]> {
  const batches: EventBatch[] = []
  for await (const batch of simulator(options).batches()) batches.push(batch)
  return batches
}

const bitsOf = (batches: readonly EventBatch[]): Buffer =>
  Buffer.concat(batches.flatMap(({ length, op, flags, tsExchange, tsLocal, ticks, lots, seq, orderId, nanos }) =>
    [op, flags, tsExchange, tsLocal, ticks, lots, seq!, orderId!, nanos!].map((column) => {
      const used = column.subarray(0, length)
      return Buffer.from(used.buffer, used.byteOffset, used.byteLength)
    })))

describe.each([['reactive', {}], ['planted', { signal: {} }], ['windowed', { levels: 5 }]] as [string, SimulatorOptions][])('simulator, %s market', (_, kind) => {
  const options = { ...kind, durationMicros: minutes(5) }

  it('gives the same bits for the same seed, every time it is read', async () => {
    const source = simulator(options)
    const once: EventBatch[] = []
    const again: EventBatch[] = []
    for await (const batch of source.batches()) once.push(batch)
    for await (const batch of source.batches()) again.push(batch)
    expect(bitsOf(again).equals(bitsOf(once))).toBe(true)
    expect(bitsOf(await batchesOf(options)).equals(bitsOf(once))).toBe(true)
    expect(bitsOf(await batchesOf({ ...options, seed: 2 })).equals(bitsOf(once))).toBe(false)
  })

  it('begins with a snapshot with its orders, ends with `ended`, and never goes back in time', async () => {
    const batches = await batchesOf(options)
    const first = batches[0]!
    const last = batches.at(-1)!
    expect(first.op[0]).toBe(Op.clear)
    expect(first.tsExchange[0]).toBe(Date.parse('2024-01-02T14:30:00Z') * 1000)
    const snapshotRows = first.flags.findIndex((flags) => (flags & RowFlag.last) !== 0) + 1
    expect([...first.op.subarray(0, snapshotRows)].filter((op) => op === Op.add).length).toBeGreaterThan(10)
    expect([...first.flags.subarray(0, snapshotRows)].every((flags) => (flags & RowFlag.snapshot) !== 0)).toBe(true)
    expect(last.op[last.length - 1]).toBe(Op.status)
    expect(last.tsExchange[last.length - 1]).toBe(first.tsExchange[0]! + options.durationMicros)
    let before = 0
    let lastSeq = 0
    for (const { length, tsLocal, tsExchange, seq } of batches) {
      for (let row = 0; row < length; row++) {
        if (tsLocal[row]! < before || tsLocal[row] !== tsExchange[row] || seq![row]! < lastSeq) expect.unreachable()
        before = tsLocal[row]!
        lastSeq = seq![row]!
      }
    }
  })

  it('gives the same market as events', async () => {
    const events = await lastValueFrom(simulator(options).events().pipe(toArray()))
    const opening = events[0] as Extract<MarketEvent, { kind: 'instrument' }>
    expect(opening).toMatchObject({ kind: 'instrument', instrument: 'sim:DEMO', levels: kind.levels ?? Infinity })
    expect(events[1]).toMatchObject({ kind: 'snapshot', seq: 0 })
    expect(events.at(-1)).toMatchObject({ kind: 'status', status: 'ended', channel: 'all' })
    const fromEvents = new BookTracker(opening.definition, opening.levels)
    for (const event of events) fromEvents.apply(event)
    const fromRows = new BookTracker(opening.definition, opening.levels)
    for (const batch of await batchesOf(options)) for (let row = 0; row < batch.length; ) row = fromRows.applyRows(batch, row)
    const top = ({ book }: BookTracker): number[] => [0, 1, 2, 3, 4].flatMap((level) => [book.bidTicks(level), book.bidLots(level), book.askTicks(level), book.askLots(level)])
    expect(top(fromEvents)).toEqual(top(fromRows))
    expect(fromEvents.counts).toEqual(fromRows.counts)
    expect(fromRows.counts).toMatchObject({ ignored: 0, crossed: 0, faults: 0 })
    expect(fromRows.counts.inconsistentOrders).toBe(0)
  })

  it('goes on after a position with the rest of the same bits', async () => {
    const all = await batchesOf({ ...options, durationMicros: minutes(10) })
    expect(all.length).toBeGreaterThan(3)
    const rest: EventBatch[] = []
    for await (const batch of simulator({ ...options, durationMicros: minutes(10) }).batches({ from: all[1]!.position! })) rest.push(batch)
    expect(bitsOf(rest).equals(bitsOf(all.slice(2)))).toBe(true)
  })
})

describe('simulator', () => {
  it('keeps every order in agreement with a naive book', async () => {
    let events = 0
    for await (const { levels } of naiveMarket(simulator({ durationMicros: minutes(2) }).batches())) {
      if (events++ % 50 !== 0) continue
      expect(levels('bid')[0]![0]).toBeLessThan(levels('ask')[0]![0])
    }
    expect(events).toBeGreaterThan(10_000)
  })

  it('stops when its reader does', async () => {
    expect(await lastValueFrom(simulator().events().pipe(take(5), toArray()))).toHaveLength(5)
    const abort = new AbortController()
    let batches = 0
    for await (const _ of simulator().batches({ signal: abort.signal })) if (++batches === 2) abort.abort()
    expect(batches).toBe(2)
    expect((await firstValueFrom(simulator().events())).kind).toBe('instrument')
  })

  it('lets timers run while it is read', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 0)
    let batches = 0
    for await (const batch of simulator({ durationMicros: 600_000_000 }).batches!()) batches += Math.sign(batch.length)
    clearInterval(timer)
    expect(batches).toBeGreaterThan(5)
    expect(turns).toBeGreaterThan(2)
  })

  it('refuses a position that is none of its own', async () => {
    await expect(simulator().batches({ from: 'x' })[Symbol.asyncIterator]().next()).rejects.toThrow(/from/)
  })

  it('carries prices and sizes on the instrument\'s steps', async () => {
    const options = { tickSize: 0.25, lotSize: 0.001, price: 4000, durationMicros: minutes(1) }
    const events = await lastValueFrom(simulator(options).events().pipe(toArray()))
    for (const event of events) {
      if (event.kind !== 'order') continue
      expect(event.price * 4).toBe(Math.round(event.price * 4))
      expect(String(event.size).length).toBeLessThan(7)
    }
  })
})
