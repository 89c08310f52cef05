import { BookTracker, Op, type EventBatch } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planOf, type Plan } from '../src/plan.js'
import { toBatches } from '../src/to-batches.js'
import { openTexts } from './chunked.js'
import { madeUpDay, type MadeUpDay } from './made-up-day.js'

const planFor = (levels: number, rows = 4096, orderbook = true): Plan =>
  planOf({ messages: 'm.csv', ...(orderbook && { orderbook: 'b.csv' }), symbol: 'X', date: '2012-06-21', levels, rows })
const texts = ({ messages, orderbook }: MadeUpDay): Record<string, string> => ({ 'm.csv': messages, 'b.csv': orderbook })

async function collect(batches: AsyncIterable<EventBatch>): Promise<EventBatch[]> {
  const all: EventBatch[] = []
  for await (const batch of batches) all.push(batch)
  return all
}

/** The rows of a batch as plain data. */
const plain = ({ length, op, flags, tsExchange, tsLocal, ticks, lots, orderId, nanos, position, details }: EventBatch): unknown => ({
  columns: [op, flags, tsExchange, tsLocal, ticks, lots, orderId!, nanos!].map((column) => Array.from(column.subarray(0, length))),
  position,
  details,
})

/** What a book shows of the best levels, in the words of the order-book file. */
function shown({ book }: BookTracker, levels: number): string {
  const row: number[] = []
  for (let rank = 0; rank < levels; rank++) {
    const [ask, bid] = [book.askTicks(rank), book.bidTicks(rank)]
    row.push(Number.isNaN(ask) ? 9999999999 : ask * 100, book.askLots(rank), Number.isNaN(bid) ? -9999999999 : bid * 100, book.bidLots(rank))
  }
  return row.join()
}

const oneMessage = (op: number): boolean => op >= Op.trade && op !== Op.none

describe('the published book', () => {
  it.each([1, 2, 3, 10, 50])('of %d levels is the row of the file after every message of a made-up day', async (levels) => {
    const day = madeUpDay({ levels, rows: 1500, seed: levels })
    const rows = day.orderbook.trimEnd().split('\n')
    let line = 0
    let tracker: BookTracker | undefined
    for (const batch of await collect(toBatches(planFor(levels), {}, openTexts(texts(day))))) {
      tracker ??= new BookTracker(batch.instrument, batch.levels)
      expect(batch.details?.filter(({ reason }) => reason?.includes('is not line'))).toEqual(batch.details && [])
      for (let row = 0; row < batch.length; ) {
        const op = batch.op[row]!
        row = tracker.applyRows(batch, row)
        if (oneMessage(op)) expect(shown(tracker, levels), `line ${line + 1}`).toBe(rows[line++])
      }
    }
    expect(line).toBe(1500)
    expect(tracker!.counts).toMatchObject({ faults: 0, ignored: 0, inconsistentOrders: 0 })
  })
})

it('makes the same batches however the files are cut into chunks', () => {
  const day = madeUpDay({ levels: 2, rows: 120, seed: 5 })
  const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 })
  return fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 1, max: 200 }), async (chunks, rows) => {
      const whole = await collect(toBatches(planFor(2, rows), {}, openTexts(texts(day))))
      const cut = await collect(toBatches(planFor(2, rows), {}, openTexts(texts(day), chunks)))
      expect(cut.map(plain)).toEqual(whole.map(plain))
    }),
    { numRuns: 40 },
  )
})

it('ends a batch with the event that fills it', async () => {
  const batches = await collect(toBatches(planFor(2, 10), {}, openTexts(texts(madeUpDay({ levels: 2, rows: 100, seed: 5 })))))
  expect(batches.length).toBeGreaterThan(10)
  for (const { length } of batches.slice(0, -1)) {
    expect(length).toBeGreaterThanOrEqual(10)
    expect(length).toBeLessThan(16)
  }
})

describe('a position', () => {
  const levels = 3
  const day = madeUpDay({ levels, rows: 300, seed: 11 })
  const open = openTexts(texts(day))

  it.each([true, false])('resumes with the very batches that would have followed (order book: %s)', async (orderbook) => {
    const batches = await collect(toBatches(planFor(levels, 50, orderbook), {}, open))
    expect(batches.length).toBeGreaterThan(5)
    for (const [i, { position }] of batches.entries()) {
      const resumed = await collect(toBatches(planFor(levels, 50, orderbook), { from: position! }, open))
      expect(resumed.map(plain)).toEqual(batches.slice(i + 1).map(plain))
    }
  })

  it('resumes on a later day, and goes on to the one after it', async () => {
    const days = [0, 1, 2].map((i) => ({ messages: `m${i}.csv`, orderbook: `b${i}.csv`, date: `2012-06-2${i}` }))
    const files = openTexts(Object.fromEntries(days.flatMap(({ messages, orderbook }, i) => {
      const made = madeUpDay({ levels, rows: 60, seed: i })
      return [[messages, made.messages], [orderbook, made.orderbook]]
    })))
    const plan = planOf({ days, symbol: 'X', levels, rows: 40 })
    const batches = await collect(toBatches(plan, {}, files))
    for (const [i, { position }] of batches.entries()) {
      expect((await collect(toBatches(plan, { from: position! }, files))).map(plain)).toEqual(batches.slice(i + 1).map(plain))
    }
  })

  it('remembers that trading was halted', async () => {
    const crossed = '1000200,10,999900,5\n1000200,10,999900,5\n1000200,10,1000300,5\n1000200,10,1000300,5\n'
    const files = openTexts({ 'm.csv': '34200,5,0,1,1000000,1\n34201,7,0,0,-1,-1\n34202,1,1,5,1000300,1\n34203,5,0,1,1000000,1\n', 'b.csv': crossed })
    const batches = await collect(toBatches(planFor(1, 2), {}, files))
    const halted = batches.findIndex(({ op, length }) => op.subarray(0, length).includes(Op.status))
    expect((await collect(toBatches(planFor(1, 2), { from: batches[halted]!.position! }, files))).map(plain)).toEqual(batches.slice(halted + 1).map(plain))
  })

  it.each(['', 'x', '0:0:0:0:0', '1:1:0:0:0', '0:1:0:0', '0:1:0:0:2', '-1:1:0:0:0'])('is refused where it is %j', async (from) => {
    await expect(collect(toBatches(planFor(levels), { from }, open))).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })

  it('is refused beyond the end of the file', async () => {
    await expect(collect(toBatches(planFor(levels), { from: '0:999:99999:99999:0' }, open))).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })
})

it('stops at an abort, between batches, and closes its files', async () => {
  const day = madeUpDay({ levels: 2, rows: 200, seed: 3 })
  const abort = new AbortController()
  let closed = 0
  const files = openTexts(texts(day), [50])
  const open: typeof files = async function* (path, kind, start) {
    try {
      yield* files(path, kind, start)
    } finally {
      closed++
    }
  }
  let batches = 0
  for await (const batch of toBatches(planFor(2, 20), { signal: abort.signal }, open)) {
    expect(batch.length).toBeGreaterThan(0)
    if (++batches === 3) abort.abort()
  }
  expect([batches, closed]).toEqual([3, 2])
})

it('closes its files when the reader stops', async () => {
  let closed = 0
  const files = openTexts(texts(madeUpDay({ levels: 2, rows: 200, seed: 3 })), [50])
  const open: typeof files = async function* (path, kind, start) {
    try {
      yield* files(path, kind, start)
    } finally {
      closed++
    }
  }
  for await (const batch of toBatches(planFor(2, 20), {}, open)) {
    expect(batch.length).toBeGreaterThan(0)
    break
  }
  expect(closed).toBe(2)
})

it('reads no further ahead of its reader than a chunk of each file', async () => {
  const day = madeUpDay({ levels: 2, rows: 500, seed: 3 })
  let read = 0
  const files = openTexts(texts(day), [100])
  const open: typeof files = async function* (path, kind, start) {
    for await (const chunk of files(path, kind, start)) {
      read += chunk.length
      yield chunk
    }
  }
  for await (const batch of toBatches(planFor(2, 20), {}, open)) {
    expect(batch.length).toBeGreaterThan(0)
    break
  }
  expect(read).toBeLessThan(4000)
})

it('publishes the file where a message does not explain it, after a gap that says how', async () => {
  const rows = ['1000200,10,999900,5,1000300,20,999800,6', '1000200,10,999900,5,1000300,20,999800,6', '1000200,11,999900,5,1000300,20,999800,6', '1000200,11,999900,5,1000300,21,999800,6']
  const files = openTexts({ 'm.csv': '34200,5,0,1,1000000,1\n'.repeat(4), 'b.csv': `${rows.join('\n')}\n` })
  const [batch] = await collect(toBatches(planFor(2), {}, files))
  expect(batch!.details).toEqual([
    { reason: 'b.csv line 3 is not line 2 changed by message 3: ask level 1 expected 10 at 1000200, found 11 at 1000200' },
    { reason: 'b.csv line 4 is not line 3 changed by message 4: ask level 2 expected 20 at 1000300, found 21 at 1000300' },
  ])
  const tracker = new BookTracker(batch!.instrument, 2)
  for (let row = 0; row < batch!.length; ) row = tracker.applyRows(batch!, row)
  expect([tracker.book.synced, shown(tracker, 2)]).toEqual([true, rows[3]])
})
