import { defineFeature, defineVectorFeature, midPrice, ofi, ofiByLevel, queueImbalance, type BookView, type Feature, type Tick } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { makeEvents, testFeature, type TestFeatureOptions } from '../src/index.js'
import { brokenChecks } from './broken-checks.js'

const streams = [makeEvents({ seed: 1, events: 700, book: 'l3', levels: 10, instruments: 2 }), makeEvents({ seed: 2, events: 700, book: 'l2', rates: { redefinitions: 0 } })]
const broken = (feature: Feature, options: TestFeatureOptions = {}): Promise<Record<string, string>> => brokenChecks(testFeature(feature, { streams, ...options }))
const names = async (feature: Feature, options: TestFeatureOptions = {}): Promise<string[]> => Object.keys(await broken(feature, options))

/** Change of the spread: right in everything, and with a state. */
const spreadChange = (over: Partial<Feature> = {}): Feature => ({
  ...defineFeature({
    name: 'spread_change',
    unit: 'ticks',
    depth: 1,
    init: () => ({ last: NaN }),
    step(state, { book }) {
      const spread = book.askTicks(0) - book.bidTicks(0)
      const change = spread - state.last
      state.last = spread
      return change
    },
  }),
  ...over,
})

const scalar = (step: (tick: Tick, state: any) => number, depth = 1, init: () => any = () => ({})): Feature =>
  defineFeature({ name: 'suspect', unit: 'ticks', depth, init, step: (state: any, tick) => step(tick, state) })

describe('good features pass', () => {
  it('one with a state', async () => expect(await broken(spreadChange(), { mirror: 'keeps' })).toEqual({}))
  it('one of trades alone', async () => expect(await broken(scalar(({ tradeLots }) => tradeLots, 0), { mirror: 'flips' })).toEqual({}))
  it.each<[string, Feature, TestFeatureOptions]>([
    ['ofi', ofi({ levels: 5 }), { mirror: 'flips', variant: ofi() }],
    ['ofiByLevel', ofiByLevel({ levels: 3 }), { mirror: 'flips', variant: ofiByLevel({ levels: 4 }) }],
    ['queueImbalance', queueImbalance(), { mirror: 'flips' }],
    ['midPrice', midPrice(), {}],
  ])('%s, over the streams that come with the suite', async (_, feature, options) => expect(await brokenChecks(testFeature(feature, options))).toEqual({}))
})

describe('broken features fail', () => {
  it('camel-case and double columns', async () => {
    const column = (name: string) => ({ name, unit: 'ticks' as const })
    const vector = (...columns: string[]) => defineVectorFeature({ name: 'v', columns: columns.map(column), depth: 1, init: () => 0, step: (_, __, out, at) => void out.fill(1, at, at + columns.length) })
    const rule = 'has a fingerprint and snake_case columns, each named once'
    expect(await names(vector('spreadTicks'))).toEqual([rule])
    expect(await names(vector('a_1', 'a_1'))).toEqual([rule])
    expect((await broken(vector('a', 'a')))[rule]).toBe('v: a column name occurs twice in a, a.')
  })

  it('one fingerprint for several options', async () => {
    const make = (levels: number): Feature => defineFeature({ name: 'x', unit: 'lots', depth: levels, init: () => 0, step: (_, { book }) => book.bidLots(levels - 1) })
    expect(await names(make(1), { variant: make(2) })).toEqual(['has a fingerprint and snake_case columns, each named once'])
  })

  it('a column left unwritten', async () => {
    const feature = spreadChange({ step: (_, { book }, out, at) => { if (book.synced) out[at] = book.crossed ? NaN : 1 } })
    expect(await names(feature)).toContain('writes each of its columns, finite or NaN, and nothing else')
  })

  it('one number too many', async () => {
    const good = spreadChange()
    const feature = spreadChange({ step: (state, tick, out, at) => { good.step(state, tick, out, at); out[at + 1] = 7 } })
    const messages = await broken(feature)
    expect(messages['writes each of its columns, finite or NaN, and nothing else']).toBe('spread_change: row 0: told to write 1 numbers from out[4], it also wrote out[5].')
  })

  it('an infinite number', async () => {
    expect(await names(scalar(({ tradeSize }) => Math.log(tradeSize), 0))).toEqual(['writes each of its columns, finite or NaN, and nothing else'])
  })

  it('never a number', async () => {
    expect(await names(scalar(() => NaN))).toEqual(['writes each of its columns, finite or NaN, and nothing else'])
  })

  it('memory outside the state', async () => {
    let highest = 0
    expect(await names(scalar(({ book }) => (highest = Math.max(highest, book.bidLots(0)))))).toEqual(expect.arrayContaining(['gives the same bits for the same ticks', 'starts afresh with init']))
  })

  it('random numbers', async () => expect(await names(scalar(() => Math.random()))).toContain('gives the same bits for the same ticks'))

  it('a changed tick', async () => {
    const feature = scalar((tick) => { (tick as { tradeTicks: number }).tradeTicks = 0; return 1 })
    expect((await broken(feature))['changes nothing but its state']).toMatch(/^suspect changes the tick that it reads: Cannot assign to read only property/)
  })

  it('repainting: a row corrected once the next is known', async () => {
    const good = spreadChange()
    const feature = spreadChange({
      step(state, tick, out, at) {
        good.step(state, tick, out, at)
        if (at > 0 && tick.book.bidLots(0) > 5) out[at - 1] = 42
      },
    })
    expect(await names(feature)).toContain('does not see the future')
  })

  it('a look at ticks remembered from an earlier run', async () => {
    const spreads: number[] = []
    let row = 0
    const feature = scalar(({ book }, state) => {
      if (state.fresh) row = 0
      state.fresh = false
      spreads[row] = book.askTicks(0) - book.bidTicks(0)
      return spreads[++row] ?? NaN
    }, 1, () => ({ fresh: true }))
    expect(await names(feature)).toContain('does not see the future')
  })

  it('the book kept until the next call', async () => {
    const feature = scalar((tick, state) => {
      const before: BookView | undefined = state.book
      state.book = tick.book
      return before ? tick.book.bidTicks(0) - before.bidTicks(0) : NaN
    })
    expect(await names(feature)).toContain('keeps nothing of what it was lent')
  })

  it('the output of the row before read as state', async () => {
    const feature = spreadChange({ step: (state, { book }, out, at) => {
      const before = state.out?.[state.at] ?? 0
      Object.assign(state, { out, at })
      out[at] = book.synced && !book.crossed ? before + 1 : NaN
    } })
    expect(await names(feature)).toContain('keeps nothing of what it was lent')
  })

  it('a state that cannot be cloned, and one that is something else when cloned', async () => {
    const uncloneable = scalar((_, state) => state.next(), 0, () => { let count = 0; return { next: () => ++count } })
    expect((await broken(uncloneable))['goes on with a cloned state']).toMatch(/^suspect: its state cannot be cloned/)
    class Counter { count = 0; next(): number { return ++this.count } }
    const methodless = scalar((_, state) => (state.next ? state.next() : -1), 0, () => new Counter())
    expect(await names(methodless)).toEqual(['goes on with a cloned state'])
  })

  it('init that does not begin anew', async () => {
    const state = { count: 0 }
    expect(await names(scalar((_, kept) => kept.count++ % 50, 0, () => state))).toEqual(expect.arrayContaining(['starts afresh with init', 'gives the same bits for the same ticks']))
  })

  it('deeper levels than said', async () => {
    expect((await broken(scalar(({ book }) => book.bidLots(1))))['reads the first 1 levels and none below']).toMatch(/levels deeper than its depth of 1 matter: row \d+, column suspect: expected/)
    expect(await names(scalar(({ book }) => Math.min(book.bidDepth, 5)))).toEqual(['reads the first 1 levels and none below'])
  })

  it('the book, where it says it reads trades alone', async () => {
    expect((await broken(scalar(({ book }) => book.bidLots(0), 0)))['reads trades alone, as its depth of 0 says']).toMatch(/its depth is 0 \(trades alone\), but it reads book.bidLots/)
  })

  it('numbers from a crossed book', async () => {
    const feature = spreadChange({ step: (_, { book }, out, at) => { out[at] = book.askTicks(0) - book.bidTicks(0) } })
    expect((await broken(feature))['is NaN while the book is unsynced or crossed']).toMatch(/the book is crossed, expected NaN, got -?\d/)
  })

  it('numbers before the first snapshot', async () => {
    const feature = spreadChange({ step: (_, { book }, out, at) => { out[at] = book.crossed ? NaN : 1 } })
    expect((await broken(feature))['is NaN while the book is unsynced or crossed']).toMatch(/the book is unsynced, expected NaN, got 1/)
  })

  it('a lopsided formula', async () => {
    const lopsided = scalar(({ book }) => book.bidLots(0) - 0.999 * book.askLots(0))
    expect(await names(lopsided, { mirror: 'flips' })).toEqual(['mirrors bid and ask: flips'])
    expect(await names(lopsided, { mirror: 'keeps' })).toEqual(['mirrors bid and ask: keeps'])
    const mid = scalar(({ book }) => (book.bidTicks(0) + book.askTicks(0)) / 2)
    expect(await names(mid, { mirror: ([value], axisTicks) => [axisTicks - value!] })).toEqual([])
    expect(await names(mid, { mirror: ([value], axisTicks) => [axisTicks - value! + 0.5] })).toEqual(['mirrors bid and ask'])
  })
})
