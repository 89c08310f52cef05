import { trackBook, type FrozenTick, type MarketEvent } from '@rxlob/core'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { batchesFrom } from '../made-sources.js'
import { equity, session } from '../session.js'
import { operatorSuite } from './operator-suite.js'

const brief = ({ instrument, kind, book }: FrozenTick): unknown => [instrument.symbol, kind, book.synced, book.bidTicks(0), book.askTicks(0)]

const ticksOf = (inputs: readonly Parameters<ReturnType<typeof trackBook>>[0][] | readonly MarketEvent[]): unknown[] => {
  const ticks: FrozenTick[] = []
  from(inputs as MarketEvent[]).pipe(trackBook()).subscribe((tick) => ticks.push(tick))
  return ticks.map(brief)
}

/** Two instruments by turns, with a gap in one of them. */
function interleaved(): MarketEvent[] {
  const a = session()
  const b = session({ ...equity, id: 'test:XYZ', symbol: 'XYZ', tickSize: 0.05 })
  return [
    a.instrument(), b.instrument(), a.snapshot([[10, 5]], [[10.02, 7]]), b.snapshot([[10, 5]], [[10.1, 7]]),
    a.status('gap'), a.trade(10, 1), b.delta([[10.05, 1]], []), a.snapshot([[9.99, 5]], [[10.02, 7]]), b.order('add', 1, 'ask', 10.1, 2), a.status('ended'),
  ]
}
const interleavedTicks = [
  undefined, undefined, ['ABC', 'snapshot', true, 1000, 1002], ['XYZ', 'snapshot', true, 200, 202],
  undefined, ['ABC', 'trade', false, NaN, NaN], ['XYZ', 'delta', true, 201, 202], ['ABC', 'snapshot', true, 999, 1002], ['XYZ', 'order', true, 201, 202], undefined,
]

describe('trackBook', () => {
  operatorSuite({ operator: () => trackBook(), inputs: interleaved, outputs: interleavedTicks, project: brief })

  it('gives the same ticks of batches', async () => {
    expect(ticksOf((await batchesFrom(interleaved(), 2)) as never)).toEqual(interleavedTicks.filter((tick) => tick !== undefined))
  })

  it('copies ten levels, or as many as are asked for', () => {
    const make = session()
    const events = [make.instrument(), make.snapshot(Array.from({ length: 12 }, (_, level) => [10 - level / 100, 1]), [])]
    const known = (options?: { depth: number }): number[] => {
      const depths: number[] = []
      from(events).pipe(trackBook(options)).subscribe(({ book }) => depths.push(book.bidKnownDepth))
      return depths
    }
    expect(known()).toEqual([10])
    expect(known({ depth: 12 })).toEqual([12])
  })

  it('ends with an error where an event comes before its instrument', () => {
    const make = session()
    const errors: unknown[] = []
    from([make.instrument(), { ...make.trade(10, 1), instrument: 'test:XYZ' } as MarketEvent, make.trade(10, 1)]).pipe(trackBook()).subscribe({ next: () => errors.push('a tick'), error: (error) => errors.push(error) })
    expect(errors).toMatchObject([{ code: 'LOB_BAD_MESSAGE' }])
  })

  it.each([0, 1.5, NaN])('refuses a depth of %d at once', (depth) => {
    expect(() => trackBook({ depth })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
