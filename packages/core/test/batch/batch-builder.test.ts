import { batchToEvents, growingBatch, noNanos, Op, RowFlag, type EventBatch } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equity } from '../session.js'

interface Row {
  readonly op: number
  readonly flags: number
  readonly ticks: number
  readonly lots: number
  readonly orderId: number
  readonly tsExchange: number
  readonly tsLocal: number
  readonly seq: number
  readonly nanos: number
}

const rowsOf = (batch: EventBatch): Row[] =>
  Array.from({ length: batch.length }, (_, row) => ({
    op: batch.op[row]!, flags: batch.flags[row]!, ticks: batch.ticks[row]!, lots: batch.lots[row]!, orderId: batch.orderId![row]!,
    tsExchange: batch.tsExchange[row]!, tsLocal: batch.tsLocal[row]!, seq: batch.seq![row]!, nanos: batch.nanos![row]!,
  }))

type Step = { readonly kind: 'rows'; readonly count: number } | { readonly kind: 'status' | 'end' | 'cancel' | 'take' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }).map((count) => ({ kind: 'rows' as const, count })) },
    { weight: 1, arbitrary: fc.constant({ kind: 'status' as const }) },
    { weight: 4, arbitrary: fc.constant({ kind: 'end' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'cancel' as const }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'take' as const }) },
  ),
  { maxLength: 60 },
)

describe('growingBatch', () => {
  it('hands out every closed event whole and once, in order, wherever it is taken, and nothing that was cancelled', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 8 }), (script, rows) => {
        const out = growingBatch({ instrument: equity, rows, orders: true, sequences: true, nanos: true })
        const expected: Row[] = []
        const reasons: string[] = []
        let open: Row[] = []
        let openReasons: string[] = []
        const given: EventBatch[] = []
        let clock = 0
        for (const step of [...script, { kind: 'take' } as const]) {
          clock++
          if (step.kind === 'rows') {
            for (let n = 0; n < step.count; n++) {
              out.row(Op.setBid, clock, n, RowFlag.scroll, clock + n)
              open.push({ op: Op.setBid, flags: RowFlag.scroll, ticks: clock, lots: n, orderId: clock + n, tsExchange: 0, tsLocal: 0, seq: 0, nanos: 0 })
            }
          } else if (step.kind === 'status') {
            out.status('gap', 'trades', { reason: `at ${clock}` })
            openReasons.push(`at ${clock}`)
            open.push({ op: Op.status, flags: 0, ticks: 1, lots: 2, orderId: 0, tsExchange: 0, tsLocal: 0, seq: 0, nanos: 0 })
          } else if (step.kind === 'end') {
            const nanos = clock % 3 === 0 ? undefined : clock
            out.end(clock, clock + 0.5, clock % 2 === 0 ? undefined : clock, nanos)
            expected.push(...open.map((row, n) => ({
              ...row, tsExchange: clock, tsLocal: clock + 0.5, seq: clock % 2 === 0 ? NaN : clock, nanos: nanos ?? noNanos,
              flags: n === open.length - 1 ? row.flags | RowFlag.last : row.flags,
            })))
            reasons.push(...openReasons)
            open = []
            openReasons = []
          } else if (step.kind === 'cancel') {
            out.cancel()
            open = []
            openReasons = []
          } else {
            const waiting = out.length
            const batch = out.take()
            expect(batch.length).toBe(waiting)
            expect(out.length).toBe(0)
            given.push(batch)
          }
        }
        // Read after all of it: a batch belongs to its taker.
        expect(given.flatMap(rowsOf)).toEqual(expected)
        expect(given.flatMap(({ details = [] }) => details.map(({ reason }) => reason))).toEqual(reasons)
        for (const batch of given) if (batch.length > 0) expect(batch.flags[batch.length - 1]! & RowFlag.last).toBe(RowFlag.last)
      }),
      { numRuns: 300 },
    )
  })

  it('leaves out the columns that nobody asked for', () => {
    const out = growingBatch({ instrument: equity })
    out.row(Op.trade, 1000, 5, RowFlag.sell, 99)
    out.end(1, 2, 3, 4)
    const batch = out.take('17')
    expect(Object.keys(batch).sort()).toEqual(['flags', 'instrument', 'length', 'levels', 'lots', 'op', 'position', 'ticks', 'tsExchange', 'tsLocal'])
    expect(batch).toMatchObject({ levels: Infinity, position: '17' })
    expect([...batchToEvents(batch)]).toEqual([{ kind: 'trade', instrument: equity.id, tsExchange: 1, tsLocal: 2, price: 10, size: 5, aggressor: 'sell', print: 'regular' }])
  })

  it('holds little memory in a small batch, however large the batches before it were', () => {
    const out = growingBatch({ instrument: equity })
    for (let row = 0; row < 100_000; row++) out.row(Op.setBid, row, 1)
    out.end(1, 1)
    out.take()
    out.row(Op.trade, 1000, 5)
    out.end(2, 2)
    expect(out.take().ticks.buffer.byteLength).toBeLessThan(100)
  })

  it('makes nothing of an event without rows', () => {
    const out = growingBatch({ instrument: equity })
    out.end(1, 1)
    expect(out.take()).toMatchObject({ length: 0 })
  })

  it.each([0, -1, 1.5, NaN])('refuses %d rows', (rows) => {
    expect(() => growingBatch({ instrument: equity, rows })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })

  it('writes an event of one row at once as it does in two calls', () => {
    const options = { instrument: equity, rows: 2, orders: true, sequences: true, nanos: true }
    const atOnce = growingBatch(options)
    const inTwo = growingBatch(options)
    for (let n = 0; n < 9; n++) {
      atOnce.event(Op.fill, n, 2 * n + 1, n % 2 === 0 ? RowFlag.sell : 0, 100 + n, 1000 + n, 2000 + n, n)
      inTwo.row(Op.fill, n, 2 * n + 1, n % 2 === 0 ? RowFlag.sell : 0, 100 + n)
      inTwo.end(1000 + n, 2000 + n, NaN, n)
    }
    expect(atOnce.length).toBe(9)
    expect(rowsOf(atOnce.take())).toEqual(rowsOf(inTwo.take()))
  })
})
