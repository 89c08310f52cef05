import { describe, expect, it } from 'vitest'
import { columnsOf, type MarketEvent } from '../../src/kernel.js'
import { catalogue } from '../catalogue.js'
import { rowsOf } from './rows-of.js'
import { afterGap, badInput, calmMarket } from './bad-input.js'

const names = columnsOf(catalogue).map(({ name }) => name)
const factoryOf = catalogue.flatMap((feature) => feature.columns.map(() => feature.name))

/** The last of the rows, by the feature's name: `all` of its columns are numbers, `none` or `some`. */
function lastRow(events: readonly MarketEvent[]): Map<string, 'all' | 'some' | 'none'> {
  const row = rowsOf(events, catalogue).at(-1)!
  const found = new Map<string, boolean[]>()
  row.forEach((value, column) => {
    expect(Math.abs(value), names[column]).not.toBe(Infinity)
    found.set(factoryOf[column]!, [...(found.get(factoryOf[column]!) ?? []), !Number.isNaN(value)])
  })
  return new Map([...found].map(([name, numbers]) => [name, numbers.every(Boolean) ? 'all' : numbers.some(Boolean) ? 'some' : 'none']))
}

const withNumbers = (rows: Map<string, string>): string[] => [...rows].filter(([, how]) => how !== 'none').map(([name, how]) => (how === 'some' ? `${name} (some)` : name)).sort()
/** These have a number in rows that trade, or come and go with the prices. */
const fickle = /^trade_sign|^depth_within|^two_scale_2_vol_6x7|^mid_return_2s/
const steady = (list: readonly string[]): string[] => list.filter((name) => !fickle.test(name))
/** All but `midReturn`, which compares the mids at both ends. */
const windows = catalogue.map(({ name }) => name).filter((name) => /_(40|2s|6x7|6x2s)$/.test(name) && !name.startsWith('mid_return'))
const trades = catalogue.filter(({ depth }) => depth === 0).map(({ name }) => name).sort()

describe('a calm market', () => {
  it('defines every feature', () => {
    expect(steady(withNumbers(lastRow(calmMarket())))).toEqual(steady(catalogue.map(({ name }) => name).sort()))
  })

  it('leaves every feature whose window it does not fill undefined', () => {
    const few = withNumbers(lastRow(calmMarket().slice(0, 6)))
    for (const { name, fingerprint } of catalogue) if (/_(40|2s|6x7|6x2s|4x60)$/.test(name) && !/decay|^decaying/.test(fingerprint)) expect(few).not.toContain(name)
  })
})

describe.each(Object.entries(badInput))('%s', (_, { events, numbers, without }) => {
  it('gives numbers where it should and NaN elsewhere, never an exception or an infinity', () => {
    const expected = numbers === 'calm' ? catalogue.map(({ name }) => name).filter((name) => !without?.test(name)) : numbers === 'trades' ? trades : [...numbers, ...trades, ...windows]
    expect(steady(withNumbers(lastRow([...calmMarket(), ...events()])))).toEqual(steady([...new Set(expected)].sort()))
  })
})

describe('a gap', () => {
  it('starts everything again', () => {
    expect(withNumbers(lastRow([...calmMarket(), ...afterGap()]))).toEqual(['hawkes_intensity', 'trade_flow'])
  })
})

describe('sizes of 2^53', () => {
  const events = [...calmMarket(), ...badInput['sizes of 2^53']!.events()]

  it('keep ratios within their ranges', () => {
    const row = rowsOf(events, catalogue).at(-1)!
    names.forEach((name, column) => {
      if (/imbalance|share|hhi|gini|entropy|vpin|profile_/.test(name) && !/size_increase|trade_flow_imbalance_40/.test(name)) expect(Math.abs(row[column]!), name).toBeLessThanOrEqual(1)
    })
  })

  it('leave nothing behind in windows that they have left', () => {
    const windowed = catalogue.filter(({ fingerprint, name }) => /"ticks"/.test(fingerprint) && !/vpin|queue|sign|lee_ready|bars/.test(name))
    const [start, ...calm] = calmMarket()
    const [clean, after] = [rowsOf([start!, ...calm], windowed), rowsOf([...events, ...calm.map((event) => ({ ...event, tsExchange: event.tsExchange + 1e9, tsLocal: event.tsLocal + 1e9 }))], windowed)]
    const [expected, seen] = [clean.at(-1)!, after.at(-1)!]
    columnsOf(windowed).forEach(({ name, unit }, column) => {
      if (/_6x/.test(name)) return
      expect(Math.abs(seen[column]! - expected[column]!), `${name}: ${seen[column]} against ${expected[column]}`).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(expected[column]!), unit === 'lots' ? 1 : 1e-3))
    })
    expect(columnsOf(windowed).length).toBeGreaterThan(15)
  })
})

describe('prices a thousand times as high', () => {
  it('are taken as they are', () => {
    const row = rowsOf([...calmMarket(), ...badInput['prices a thousand times as high']!.events()], catalogue).at(-1)!
    const of = (name: string): number => row[names.indexOf(name)]!
    expect(of('mid_price')).toBe(100_000)
    expect(of('mid_return_40')).toBeCloseTo(Math.log(1000), 2)
    expect(of('realized_vol_40')).toBeCloseTo(Math.log(1000), 2)
    expect(of('spread')).toBe(2)
  })
})
