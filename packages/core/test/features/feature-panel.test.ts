import { BookTracker, columnsOf, defineFeature, defineVectorFeature, featurePanel, type Feature, type MarketEvent, type Sampler } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { equity, session } from '../session.js'

/** Ticks since its state began. */
const age = (name: string, depth: number): Feature => ({
  ...defineFeature({ name, unit: 'count', depth, init: () => ({ ticks: 0 }), step: (state: { ticks: number }) => ++state.ticks }),
  step: (state: { ticks: number }, _, out, at) => {
    out[at] = ++state.ticks
  },
})
const pair = defineVectorFeature({
  name: 'pair', columns: [{ name: 'one', unit: 'count' }, { name: 'two', unit: 'count' }], depth: 0, init: () => ({}),
  step: (_, __, out, at) => {
    out[at] = 1
    out[at + 1] = 2
  },
})
/** Every second tick since the book's states began. */
const everySecond: Sampler<{ ticks: number }> = { name: 'every_second', init: () => ({ ticks: 0 }), step: (state) => state.ticks++ % 2 === 0 }

function rowsOf(events: readonly MarketEvent[], sampler?: Sampler): [made: boolean, book: number, trades: number][] {
  const tracker = new BookTracker(equity)
  const panel = featurePanel([age('book_age', 1), age('trades_age', 0)], tracker, sampler)
  return events.map((event) => {
    tracker.apply(event)
    const out = new Float64Array(2)
    return [panel.step(out, 0), out[0]!, out[1]!]
  })
}

describe('featurePanel', () => {
  it('steps every feature at each event that makes a row, and at no other', () => {
    const make = session()
    expect(rowsOf([make.instrument(), make.snapshot([], []), make.status('crossed'), make.trade(10, 1), make.delta([], []), make.order('add', 1, 'bid', 10, 1)])).toEqual([
      [false, 0, 0], [true, 1, 1], [false, 0, 0], [true, 2, 2], [true, 3, 3], [true, 4, 4],
    ])
  })

  it('starts states again after a gap of the channel that they follow', () => {
    const make = session()
    const events = [make.snapshot([], []), make.status('gap', 'trades'), make.trade(10, 1), make.status('gap', 'book'), make.snapshot([], []), make.status('session'), make.trade(10, 1)]
    expect(rowsOf(events).filter(([made]) => made)).toEqual([[true, 1, 1], [true, 2, 1], [true, 1, 2], [true, 1, 1]])
  })

  it('starts states again where the instrument changes and where the book proves wrong', () => {
    const make = session()
    const other = session({ ...equity, tickSize: 0.05 })
    const events = [make.snapshot([[10, 5]], []), make.delta([[10, NaN]], []), make.trade(10, 1), other.instrument(), make.trade(10, 1)]
    expect(rowsOf(events).filter(([made]) => made)).toEqual([[true, 1, 1], [true, 1, 2], [true, 2, 3], [true, 1, 1]])
  })

  it('steps features where the sampler takes no row, and starts the sampler with the book', () => {
    const make = session()
    const events = [make.snapshot([], []), make.status('gap', 'trades'), make.trade(10, 1), make.trade(10, 1), make.status('gap', 'book'), make.trade(10, 1)]
    expect(rowsOf(events, everySecond)).toEqual([[true, 1, 1], [false, 0, 0], [false, 2, 1], [true, 3, 2], [false, 0, 0], [true, 1, 3]])
  })

  it('writes columns in order from where it is told', () => {
    const tracker = new BookTracker(equity)
    const panel = featurePanel([pair, age('age', 0)], tracker)
    tracker.apply(session().trade(10, 1))
    const out = new Float64Array(6).fill(-1)
    panel.step(out, 2)
    expect([...out]).toEqual([-1, -1, 1, 2, 1, -1])
  })

  it('runs a sampler over no features at all', () => {
    const tracker = new BookTracker(equity)
    const panel = featurePanel([], tracker)
    tracker.apply(session().trade(10, 1))
    expect(panel.step(new Float64Array(0), 0)).toBe(true)
  })

  it('repeats the numbers of a feature of levels while its levels stand, and steps it again where one of them moves or states start again', () => {
    // Two columns: how often it was stepped, and that times ten. It reads the first two levels.
    const steps = defineVectorFeature({
      name: 'steps', columns: [{ name: 'steps', unit: 'count' }, { name: 'tenfold', unit: 'count' }], depth: 2, levelsOnly: true, init: () => ({ count: 0 }),
      step: (state, _, out, at) => {
        out[at] = ++state.count
        out[at + 1] = 10 * state.count
      },
    })
    const make = session()
    const bids: [number, number][] = [[10, 1], [9.99, 1], [9.98, 1], [9.97, 1]]
    const events: readonly [MarketEvent, ...number[]][] = [
      [make.snapshot(bids, []), 1], [make.trade(10, 1), 1], [make.delta([[9.98, 2]], []), 1], [make.delta([[9.99, 2]], []), 2], [make.delta([[9.97, 5]], []), 2],
      [make.delta([[10, 2]], []), 3], [make.status('gap', 'trades'), NaN], [make.trade(10, 1), 4], [make.status('gap', 'book'), NaN], [make.snapshot(bids, []), 1], [make.delta([[9.98, 2]], []), 1],
    ]
    const tracker = new BookTracker(equity)
    const panel = featurePanel([age('age', 1), steps], tracker)
    const rows = events.map(([event]) => {
      tracker.apply(event)
      const out = new Float64Array(7).fill(-1)
      return panel.step(out, 3) ? [...out.subarray(0, 3), ...out.subarray(4)] : NaN
    })
    expect(rows).toEqual(events.map(([, count]) => (Number.isNaN(count) ? NaN : [-1, -1, -1, count, 10 * count!, -1])))
  })

  it('steps a feature of levels on the first row, whatever that row changed', () => {
    const tracker = new BookTracker(equity)
    const level: Feature = { ...age('level', 1), levelsOnly: true }
    const panel = featurePanel([level], tracker)
    const out = new Float64Array(1)
    tracker.apply(session().trade(10, 1))
    panel.step(out, 0)
    expect(out[0]).toBe(1)
    // Of a tracker whose best level stands and whose second has moved.
    const make = session()
    const other = new BookTracker(equity)
    other.apply(make.snapshot([[10, 1], [9.99, 1]], []))
    other.apply(make.delta([[9.99, 2]], []))
    featurePanel([level], other).step(out, 0)
    expect(out[0]).toBe(1)
  })

  it('repeats the numbers of a feature until the time that it says, unless its levels change, something trades or states start again', () => {
    const day = session()
    const { tsLocal: first } = day.snapshot([[10, 1]], [])
    // Stands until a fixed time: how often it was stepped. It reads the first level.
    const steps: Feature = { ...age('steps', 1), standsUntil: (state: { ticks: number }) => (state.ticks === 1 ? NaN : first + 100) }
    const at = (event: MarketEvent, tsLocal: number): MarketEvent => ({ ...event, tsLocal })
    const events: readonly [MarketEvent, number][] = [
      [at(day.snapshot([[10, 1], [9.99, 1]], []), first), 1], [at(day.delta([[9.99, 2]], []), first), 2], [at(day.delta([[9.99, 3]], []), first + 1), 2], [at(day.trade(10, 1), first + 1), 3],
      [at(day.delta([[10, 2]], []), first + 2), 4], [at(day.delta([[9.99, 4]], []), first + 99), 4], [at(day.delta([[9.99, 5]], []), first + 100), 5], [at(day.delta([[9.99, 5]], []), first + 101), 6],
      [at(day.status('gap', 'book'), first + 50), NaN], [at(day.snapshot([[10, 1]], []), first + 50), 1], [at(day.delta([], []), first + 50), 2], [at(day.delta([], []), first + 50), 2],
      // A gap of the other channel keeps the state, and what stood is reckoned again.
      [at(day.status('gap', 'trades'), first + 51), NaN], [at(day.delta([], []), first + 51), 3],
    ]
    const tracker = new BookTracker(equity)
    const panel = featurePanel([steps], tracker)
    const rows = events.map(([event]) => {
      tracker.apply(event)
      const out = new Float64Array(1)
      return panel.step(out, 0) ? out[0] : NaN
    })
    expect(rows).toEqual(events.map(([, count]) => count))
  })

  it('refuses features that read deeper than the source shows, now or from some event on', () => {
    const tracker = new BookTracker(equity, 5)
    expect(() => featurePanel([age('deep', 6)], tracker)).toThrow(expect.objectContaining({ code: 'LOB_DEPTH_TOO_SHALLOW', where: { stream: 'test:ABC' }, message: expect.stringMatching(/^deep reads 6 levels a side but test:ABC shows 5/) as unknown }))
    const panel = featurePanel([age('deep', 5)], tracker)
    tracker.apply(session(equity, 4).instrument())
    expect(() => panel.step(new Float64Array(1), 0)).toThrow(expect.objectContaining({ code: 'LOB_DEPTH_TOO_SHALLOW' }))
  })
})

describe('columnsOf', () => {
  it('lists the columns of all features', () => {
    expect(columnsOf([pair, age('age', 0)]).map(({ name }) => name)).toEqual(['one', 'two', 'age'])
  })

  it('refuses an empty list and a column that comes twice', () => {
    expect(() => columnsOf([])).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    expect(() => columnsOf([pair, age('two', 0)])).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining('two') as unknown }))
  })
})
