import { frameBars, LobError, type FeatureFrame } from '@rxlob/core'
import { describe, expect, it } from 'vitest'

const frame: FeatureFrame<'flow' | 'mid'> = {
  instrument: 'test:ABC',
  columns: [{ name: 'flow', unit: 'lots' }, { name: 'mid', unit: 'ticks' }],
  length: 6,
  firstRow: 0,
  tsExchange: Float64Array.of(100, 101, 109, 110, 135, 139),
  tsLocal: Float64Array.of(100, 101, 109, 110, 135, 139),
  values: Float64Array.of(NaN, 50, 1, 51, 2, NaN, 4, 53, 8, 52, NaN, 54),
}

describe('frameBars', () => {
  it('adds up and closes half-open bars, carries closes through empty ones, counts what is undefined', () => {
    const bars = frameBars(frame, { micros: 10, sum: ['flow'], close: ['mid'] })
    expect(bars.length).toBe(4)
    expect([...bars.tsStart]).toEqual([100, 110, 120, 130])
    expect([...bars.columns.flow]).toEqual([3, 4, 0, 8])
    expect([...bars.columns.mid]).toEqual([51, 53, 53, 54])
    expect(bars.undefinedRows.flow).toBe(2)
  })

  it('starts after the rows it is told to pass over', () => {
    const bars = frameBars(frame, { micros: 10, origin: 95, skipRows: 2, sum: ['flow'], close: ['mid'] })
    expect([...bars.columns.flow]).toEqual([0, 6, 0, 0, 8])
    expect(bars.before.mid).toBe(51)
    expect([...bars.columns.mid]).toEqual([51, 53, 53, 53, 54])
  })

  it('refuses bars of no length and rows before the origin', () => {
    expect(() => frameBars(frame, { micros: 0 })).toThrow(LobError)
    expect(() => frameBars(frame, { micros: 10, origin: 200 })).toThrow(/before/)
  })
})
