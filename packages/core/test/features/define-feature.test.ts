import { describe, expect, it } from 'vitest'
import { defineFeature, defineVectorFeature } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { runFeature } from '../run-feature.js'

const good = handTick({ bids: [[100, 1]], asks: [[101, 1]] })
const crossed = handTick({ bids: [[101, 1]], asks: [[101, 1]] })
const unsynced = handTick({ bids: [[100, 1]], asks: [[101, 1]], synced: false })

const rows = (depth: number) =>
  defineFeature({ name: 'rows', unit: 'count', depth, init: () => ({ rows: 0 }), step: (state) => ++state.rows })
const pair = (depth: number) =>
  defineVectorFeature({
    name: 'pair',
    columns: [{ name: 'rows', unit: 'count' }, { name: 'twice', unit: 'count' }],
    depth,
    init: () => ({ rows: 0 }),
    step: (state, _, out, at) => {
      out[at] = ++state.rows
      out[at + 1] = 2 * state.rows
    },
  })

describe('defineFeature', () => {
  it('drops crossed and unsynced rows and leaves the state as it was', () => {
    expect(runFeature(rows(1), [good, crossed, unsynced, good])).toEqual([[1], [NaN], [NaN], [2]])
    expect(runFeature(pair(1), [good, crossed, unsynced, good])).toEqual([[1, 2], [NaN, NaN], [NaN, NaN], [2, 4]])
  })

  it('runs on every row where the book is not read', () => {
    expect(runFeature(rows(0), [good, crossed, unsynced])).toEqual([[1], [2], [3]])
    expect(runFeature(pair(0), [crossed, unsynced])).toEqual([[1, 2], [2, 4]])
  })

  it('tells features of different options apart', () => {
    const of = (options?: object) =>
      defineFeature({ name: 'x', unit: 'count', depth: 0, ...(options && { options }), init: () => ({}), step: () => 0 }).fingerprint
    expect(new Set([of(), of({ levels: 1 }), of({ levels: 2 })]).size).toBe(3)
    expect(of({ levels: 1 })).toBe(of({ levels: 1 }))
  })

  it('keeps `this` of the spec', () => {
    const feature = defineFeature({ name: 'x', unit: 'count', depth: 0, init: () => ({}), step() { return this.depth + 41 } })
    expect(runFeature(feature, [good])).toEqual([[41]])
  })
})
