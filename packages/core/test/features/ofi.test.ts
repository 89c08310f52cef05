import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { LobError, ofi, type NameOf, type Tick } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { mirrored, randomBook, randomTicks, scaled } from '../random-ticks.js'
import { runColumn } from '../run-feature.js'

/** Sum of the case table of quant.md 1.1.1 written out price case by price case, over the rows that are not dropped. */
function tableOfi(ticks: readonly Tick[], levels: number): number[] {
  let before: Tick['book'] | undefined
  return ticks.map(({ book }) => {
    if (!book.synced || book.crossed) return NaN
    const was = before
    before = book
    if (!was || [book, was].some((each) => each.bidDepth === 0 || each.askDepth === 0)) return NaN
    let sum = 0
    for (let m = 0; m < levels; m++) {
      if (m < book.bidDepth && m < was.bidDepth) {
        const [b, b1, q, q1] = [book.bidTicks(m), was.bidTicks(m), book.bidLots(m), was.bidLots(m)]
        sum += b > b1 ? q : b < b1 ? -q1 : q - q1
      }
      if (m < book.askDepth && m < was.askDepth) {
        const [a, a1, r, r1] = [book.askTicks(m), was.askTicks(m), book.askLots(m), was.askLots(m)]
        sum -= a > a1 ? -r1 : a < a1 ? r : r - r1
      }
    }
    return sum
  })
}

describe('ofi', () => {
  it('equals vector A1', () => {
    const ticks = quoteTicks([
      [100, 5, 102, 4], [100, 8, 102, 4], [101, 2, 102, 4], [101, 2, 102, 1],
      [101, 2, 103, 6], [100, 7, 103, 6], [100, 7, 102, 3], [100, 3, 102, 5],
    ])
    expect(runColumn(ofi(), ticks)).toEqual([NaN, 3, 2, 3, 1, -2, -3, -6])
  })

  it('sums vector A2 over its levels', () => {
    const asks = [[102, 4], [103, 9]] as const
    const ticks = [
      handTick({ bids: [[100, 5], [99, 10]], asks }),
      handTick({ bids: [[100, 8], [99, 10]], asks: [[102, 4], [103, 6]] }),
      handTick({ bids: [[101, 2], [100, 8]], asks: [[102, 4], [103, 6]] }),
    ]
    expect(runColumn(ofi({ levels: 2 }), ticks)).toEqual([NaN, 3 + 3, 2 + 8])
  })

  it('equals the case table on random books', () => {
    fc.assert(
      fc.property(randomTicks(), fc.integer({ min: 1, max: 5 }), (ticks, levels) => {
        expect(runColumn(ofi({ levels }), ticks)).toEqual(tableOfi(ticks, levels))
      }),
    )
  })

  it('changes its sign when the sides change places', () => {
    fc.assert(
      fc.property(fc.array(randomBook, { minLength: 1 }), (specs) => {
        const there = runColumn(ofi({ levels: 3 }), specs.map(handTick))
        const back = runColumn(ofi({ levels: 3 }), specs.map(mirrored).map(handTick))
        expect(back.map((value) => 0 - value)).toEqual(there.map((value) => value + 0))
      }),
    )
  })

  it('scales with the sizes', () => {
    fc.assert(
      fc.property(fc.array(randomBook, { minLength: 1 }), fc.integer({ min: 2, max: 1000 }), (specs, by) => {
        const once = runColumn(ofi({ levels: 2 }), specs.map(handTick))
        expect(runColumn(ofi({ levels: 2 }), specs.map((spec) => handTick(scaled(spec, by))))).toEqual(once.map((value) => value * by))
      }),
    )
  })

  it('is NaN where a side is or was empty, and compares over a crossed or unsynced row', () => {
    const book = (lots: number) => ({ bids: [[100, lots]], asks: [[102, 4]] }) as const
    const ticks = [
      handTick(book(5)), handTick({ bids: [[100, 5]], asks: [] }), handTick(book(6)), handTick(book(9)),
      handTick({ bids: [[103, 50]], asks: [[102, 4]] }), handTick({ ...book(1), synced: false }), handTick(book(12)),
    ]
    expect(runColumn(ofi(), ticks)).toEqual([NaN, NaN, NaN, 3, NaN, NaN, 3])
  })

  it('counts 0 for a deeper rank that is absent, NaN for one beyond the known depth', () => {
    const ticks = [
      handTick({ bids: [[100, 5]], asks: [[102, 4], [103, 7]] }),
      handTick({ bids: [[100, 5], [99, 3]], asks: [[102, 4], [103, 9]] }),
      handTick({ bids: [[100, 6], [99, 3]], asks: [[102, 4], [103, 9]], bidKnownDepth: 1 }),
      handTick({ bids: [[100, 6], [99, 3]], asks: [[102, 4], [103, 9]] }),
      handTick({ bids: [[100, 6], [99, 4]], asks: [[102, 4], [103, 9]] }),
    ]
    expect(runColumn(ofi({ levels: 2 }), ticks)).toEqual([NaN, -2, NaN, NaN, 1])
    expect(runColumn(ofi(), ticks)).toEqual([NaN, 0, 1, 0, 0])
  })

  it('refuses levels that are no count', () => {
    for (const levels of [0, -1, 1.5, NaN, Infinity, '2' as never]) {
      expect(() => ofi({ levels })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining('levels') }))
    }
    expect(() => ofi({ levels: 0 })).toThrow(LobError)
  })

  it('names its column by its levels', () => {
    expectTypeOf<NameOf<ReturnType<typeof ofi<5>>>>().toEqualTypeOf<'ofi_5'>()
    expect(ofi().columns).toEqual([{ name: 'ofi_1', unit: 'lots' }])
    expect(ofi({ levels: 5 }).fingerprint).not.toBe(ofi({ levels: 4 }).fingerprint)
    expect(ofi({ levels: 5 }).depth).toBe(5)
  })
})
