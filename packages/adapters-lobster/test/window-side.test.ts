import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { windowSide, type WindowSide } from '../src/window-side.js'

const nothing = 9_999_999_999

/** The side of a row of `levels` levels that shows these levels, best first. */
function rowOf(side: 'bid' | 'ask', levels: number, shown: readonly (readonly [number, number])[]): Float64Array {
  const row = new Float64Array(4 * levels)
  for (let rank = 0; rank < levels; rank++) {
    const [price, size] = shown[rank] ?? [side === 'ask' ? nothing : -nothing, 0]
    row[4 * rank + (side === 'ask' ? 0 : 2)] = price
    row[4 * rank + (side === 'ask' ? 1 : 3)] = size
  }
  return row
}
const levelsOf = (window: WindowSide): [number, number][] => Array.from({ length: window.count }, (_, rank) => [window.price(rank), window.size(rank)])

describe.each(['bid', 'ask'] as const)('the %s side', (side) => {
  const sorted = (book: ReadonlyMap<number, number>): [number, number][] => [...book].sort(([a], [b]) => (side === 'ask' ? a - b : b - a))

  it('follows a whole book of which it sees the best levels', () => {
    const change = fc.record({ price: fc.integer({ min: 1, max: 8 }).map((n) => n * 100), size: fc.integer({ min: 1, max: 3 }), add: fc.boolean() })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(change, { maxLength: 60, size: 'max' }), (levels, changes) => {
        const book = new Map<number, number>()
        const window = windowSide(side, levels)
        window.load(rowOf(side, levels, []))
        for (const { price, size, add } of changes) {
          const before = sorted(book).slice(0, levels)
          const held = book.get(price) ?? 0
          const inView = before.some(([seen]) => seen === price)
          if (add) {
            book.set(price, held + size)
            const after = sorted(book).slice(0, levels)
            const left = before.find(([seen]) => !after.some(([now]) => now === seen))?.[0]
            // An order beyond a full window goes straight out of view.
            const hidden = !after.some(([now]) => now === price) ? price : undefined
            expect(window.add(price, size)).toBe(left ?? hidden ?? NaN)
          } else {
            expect(window.sizeAt(price)).toBe(inView ? held : 0)
            const taken = inView && held >= size
            expect(window.take(price, size)).toBe(taken)
            if (!taken) continue
            if (held === size) book.delete(price)
            else book.set(price, held - size)
            const row = rowOf(side, levels, sorted(book).slice(0, levels))
            expect(window.deepestUnknown).toBe(before.length === levels && held === size)
            expect(window.firstDifference(row)).toBe(levels)
            if (window.deepestUnknown) expect(window.settleDeepest(row)).toBe(sorted(book)[levels - 1]?.[0] ?? NaN)
          }
          expect(levelsOf(window)).toEqual(sorted(book).slice(0, levels))
          expect(window.firstDifference(rowOf(side, levels, sorted(book).slice(0, levels)))).toBe(levels)
        }
      }),
    )
  })

  it('finds the first rank that differs, in price or in size', () => {
    const shown = side === 'ask' ? [[100, 5], [200, 6], [300, 7]] as const : [[300, 5], [200, 6], [100, 7]] as const
    const window = windowSide(side, 3)
    window.load(rowOf(side, 3, shown))
    expect(window.firstDifference(rowOf(side, 3, shown))).toBe(3)
    for (let rank = 0; rank < 3; rank++) {
      for (const [price, size] of [[1, 0], [0, 1]] as const) {
        const row = rowOf(side, 3, shown.map(([p, s], r) => (r === rank ? [p + price, s + size] : [p, s])))
        expect(window.firstDifference(row)).toBe(rank)
      }
    }
    expect(window.firstDifference(rowOf(side, 3, shown.slice(0, 2)))).toBe(2)
  })

  it('undoes a message: what was before, or false where the row denies it', () => {
    const level = fc.tuple(fc.integer({ min: 1, max: 6 }).map((n) => n * 100), fc.integer({ min: 1, max: 5 }))
    const book = fc.uniqueArray(level, { selector: ([price]) => price, maxLength: 6 }).map((levels) => new Map(levels))
    fc.assert(
      fc.property(book, level, fc.boolean(), fc.integer({ min: 1, max: 4 }), (before, [price, size], add, levels) => {
        const after = new Map(before)
        const change = (before.get(price) ?? 0) + (add ? size : -size)
        fc.pre(change >= 0)
        if (change === 0) after.delete(price)
        else after.set(price, change)
        const seen = sorted(after).slice(0, levels)
        const mattered = JSON.stringify(seen) !== JSON.stringify(sorted(before).slice(0, levels))
        fc.pre(mattered)
        const window = windowSide(side, levels)
        window.load(rowOf(side, levels, seen))
        expect(window.undo(add, price, size)).toBe(true)
        const expected = sorted(before).slice(0, levels)
        // A new level may have pushed one out of view that no row shows.
        const lost = add && !before.has(price) && after.size > levels
        expect(levelsOf(window)).toEqual(lost ? expected.slice(0, -1) : expected)
      }),
    )
    const window = windowSide(side, 1)
    window.load(rowOf(side, 1, [[500, 3]]))
    expect(window.undo(true, 500, 4)).toBe(false)
    expect(window.undo(true, 600, 1)).toBe(false)
    expect(window.undo(false, side === 'ask' ? 600 : 400, 1)).toBe(false)
    expect(levelsOf(window)).toEqual([[500, 3]])
  })

  it('names the first column that cannot be', () => {
    const shown = side === 'ask' ? [[100, 5], [200, 6], [300, 7]] as const : [[300, 5], [200, 6], [100, 7]] as const
    const offset = side === 'ask' ? 0 : 2
    const bad = (rank: number, price: number, size: number): number =>
      windowSide(side, 3).badColumn(rowOf(side, 3, shown.map(([p, s], r) => (r === rank ? [price, size] : [p, s]))), 100, 0)
    const dummy = side === 'ask' ? nothing : -nothing
    expect(windowSide(side, 3).badColumn(rowOf(side, 3, shown), 100, 0)).toBe(-1)
    expect(windowSide(side, 3).badColumn(rowOf(side, 3, []), 100, 0)).toBe(-1)
    expect(bad(1, 250, 6)).toBe(4 + offset) // off the grid
    expect(bad(1, 0, 6)).toBe(4 + offset)
    expect(bad(1, -200, 6)).toBe(4 + offset)
    expect(bad(1, -dummy, 6)).toBe(4 + offset)
    expect(bad(1, side === 'ask' ? 100 : 300, 6)).toBe(4 + offset) // not deeper than the level before
    expect(bad(1, 200, 0)).toBe(5 + offset)
    expect(bad(1, 200, 4_294_967_296)).toBe(5 + offset)
    expect(bad(2, dummy, 1)).toBe(9 + offset)
    expect(bad(1, dummy, 0)).toBe(8 + offset) // a level after an unoccupied place
  })
})
