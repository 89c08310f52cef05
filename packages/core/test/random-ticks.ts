import fc from 'fast-check'
import type { RollingSpan, Tick } from '../src/kernel.js'
import { handTick, type HandChange, type HandLevel, type HandTickSpec } from './hand-tick.js'

const side = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 3 }), lots: fc.integer({ min: 1, max: 40 }) }), { minLength: 0, maxLength: 4 })

/** Books around 1000 ticks with up to four levels a side: now and then empty, crossed or locked. */
export const randomBook: fc.Arbitrary<HandTickSpec> = fc
  .record({
    bestBid: fc.integer({ min: 995, max: 1000 }),
    bestAsk: fc.integer({ min: 1000, max: 1004 }),
    bids: side,
    asks: side,
    synced: fc.integer({ min: 0, max: 15 }).map((n) => n > 0),
  })
  .map(({ bestBid, bestAsk, bids, asks, synced }) => ({ bids: ladder(bestBid, bids, -1), asks: ladder(bestAsk, asks, 1), synced }))

function ladder(best: number, levels: readonly { gap: number; lots: number }[], step: 1 | -1): HandLevel[] {
  let ticks = best - step * (levels[0]?.gap ?? 0)
  return levels.map(({ gap, lots }) => [(ticks += step * gap), lots])
}

/** Ticks with clocks that rise by 0 to 400 microseconds. */
export const randomTicks = (specs: fc.Arbitrary<HandTickSpec> = randomBook, maxLength = 60): fc.Arbitrary<Tick[]> =>
  fc.array(fc.tuple(specs, fc.integer({ min: 0, max: 400 })), { minLength: 1, maxLength }).map((rows) => {
    let at = 1_000_000
    return rows.map(([spec, wait]) => handTick({ ...spec, at: (at += wait) }))
  })

/** The same market seen from the other side: bids become asks at negated prices. */
export const mirrored = (spec: HandTickSpec): HandTickSpec => ({
  ...spec,
  bids: (spec.asks ?? []).map(([ticks, lots]) => [-ticks, lots]),
  asks: (spec.bids ?? []).map(([ticks, lots]) => [-ticks, lots]),
})

/** The same market with every size multiplied. */
export const scaled = (spec: HandTickSpec, by: number): HandTickSpec => ({
  ...spec,
  bids: (spec.bids ?? []).map(([ticks, lots]) => [ticks, lots * by]),
  asks: (spec.asks ?? []).map(([ticks, lots]) => [ticks, lots * by]),
})

const randomChange: fc.Arbitrary<HandChange> = fc.tuple(
  fc.constantFrom(1 as const, -1 as const),
  fc.integer({ min: 990, max: 1010 }),
  fc.integer({ min: 0, max: 9 }),
  fc.integer({ min: 0, max: 9 }),
  fc.constantFrom('set', 'add', 'cancel', 'fill', 'replace', 'snapshot', 'scroll'),
)

/** Random books with changes of any cause, and now and then a fill. */
export const randomChanges: fc.Arbitrary<HandTickSpec> = fc
  .tuple(randomBook, fc.array(randomChange, { maxLength: 4 }), fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined }))
  .map(([book, changes, lots]) => ({ ...book, kind: 'order', changes, ...(lots !== undefined && { trade: { lots, ticks: 1000 } }) }))

/** Windows of a few rows, or of a few hundred microseconds. */
export const randomSpan: fc.Arbitrary<RollingSpan> = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((ticks) => ({ ticks })),
  fc.integer({ min: 1, max: 1500 }).map((micros) => ({ micros })),
)
