import {
  BookTracker, columnsOf, feature, featurePanel, features, runFeatures, trackBook,
  type EventBatch, type Feature, type FeaturePanel, type InstrumentEvent, type InstrumentId, type MarketEvent,
} from '@rxlob/core'
import fc from 'fast-check'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { catalogue, featuresWithin } from './catalogue.js'
import { goldenSessions } from './golden-sessions.js'
import { batchesFrom, batchSource, eventSource, madeStream } from './made-sources.js'
import { naiveRows } from './naive-rows.js'

/** By instrument the numbers of its rows, one row after the other. */
type Table = Map<InstrumentId, number[]>

const add = (table: Table, id: InstrumentId, numbers: Iterable<number>): void => {
  const held = table.get(id)
  if (held === undefined) table.set(id, [...numbers])
  else held.push(...numbers)
}

/** Where two tables differ by Object.is; undefined where no number does. */
function difference(one: Table, other: Table, columns: readonly string[]): unknown {
  if ([...one.keys()].sort().join() !== [...other.keys()].sort().join()) return [[...one.keys()], [...other.keys()]]
  for (const [id, numbers] of one) {
    const others = other.get(id)!
    for (let at = 0; at < Math.max(numbers.length, others.length); at++) {
      if (!Object.is(numbers[at], others[at])) return { id, row: Math.floor(at / columns.length), column: columns[at % columns.length], one: numbers[at], other: others[at] }
    }
  }
  return undefined
}

/** A loop over the events and trackers of one's own. */
function byEvents(events: readonly MarketEvent[], list: readonly Feature[]): Table {
  const out = new Float64Array(columnsOf(list).length)
  const kept = new Map<InstrumentId, { tracker: BookTracker; panel: FeaturePanel }>()
  const table: Table = new Map()
  for (const event of events) {
    if (event.kind === 'instrument' && !kept.has(event.instrument)) kept.set(event.instrument, opened(event, list))
    const { tracker, panel } = kept.get(event.instrument)!
    tracker.apply(event)
    if (panel.step(out, 0)) add(table, event.instrument, out)
  }
  return table
}

function opened({ definition, levels }: Pick<InstrumentEvent, 'definition' | 'levels'>, list: readonly Feature[]): { tracker: BookTracker; panel: FeaturePanel } {
  const tracker = new BookTracker(definition, levels)
  return { tracker, panel: featurePanel(list, tracker) }
}

/** The same over the rows of batches. */
function byRows(batches: readonly EventBatch[], list: readonly Feature[]): Table {
  const out = new Float64Array(columnsOf(list).length)
  const kept = new Map<InstrumentId, { tracker: BookTracker; panel: FeaturePanel }>()
  const table: Table = new Map()
  for (const batch of batches) {
    const { instrument, levels } = batch
    if (!kept.has(instrument.id)) kept.set(instrument.id, opened({ definition: instrument, levels }, list))
    const { tracker, panel } = kept.get(instrument.id)!
    tracker.redefine(instrument, levels)
    for (let row = 0; row < batch.length; ) {
      row = tracker.applyRows(batch, row)
      if (panel.step(out, 0)) add(table, instrument.id, out)
    }
  }
  return table
}

async function byFrames(source: Parameters<typeof runFeatures>[0], list: readonly Feature[], rows: number): Promise<Table> {
  const table: Table = new Map()
  for await (const frame of runFeatures(source, list, { rows })) add(table, frame.instrument, frame.values)
  return table
}

function byRx(inputs: readonly (MarketEvent | EventBatch)[], list: readonly Feature[]): Table {
  const table: Table = new Map()
  from(inputs).pipe(features(list)).subscribe((row) => add(table, row.instrument, row.toArray()))
  return table
}

/** The first column of one feature, step by step. */
function byTicks(events: readonly MarketEvent[], one: Feature): number[] {
  const numbers: number[] = []
  from(events).pipe(trackBook({ depth: Math.max(1, one.depth) }), feature(one)).subscribe((value) => numbers.push(value))
  return numbers
}

async function expectOneTruth(events: readonly MarketEvent[], list: readonly Feature[], sizes: readonly number[]): Promise<void> {
  const columns = columnsOf(list).map(({ name }) => name)
  const truth = byEvents(events, list)
  const agrees = (face: string, table: Table): void => expect([face, difference(truth, table, columns)]).toEqual([face, undefined])

  const naive: Table = new Map()
  for (const { instrument, values } of naiveRows(events, list)) add(naive, instrument, values)
  agrees('the reference book', naive)
  agrees('events through RxJS', byRx(events, list))
  for (const size of sizes) {
    const batches = await batchesFrom(events, size)
    agrees(`rows of batches of ${size}`, byRows(batches, list))
    agrees(`frames of batches of ${size}`, await byFrames(batchSource(batches), list, size))
    agrees(`frames of events gathered by ${size}`, await byFrames(eventSource(events, 'later'), list, size))
    agrees(`batches of ${size} through RxJS`, byRx(batches, list))
  }
}

describe('the catalogue', () => {
  it('is defined in one golden session or another', () => {
    const seen = new Set<string>()
    for (const { events, levels } of goldenSessions()) {
      const columns = columnsOf(featuresWithin(levels))
      const numbers = [...byEvents(events, featuresWithin(levels)).values()].flat()
      numbers.forEach((value, at) => !Number.isNaN(value) && seen.add(columns[at % columns.length]!.name))
    }
    expect(columnsOf(featuresWithin(10)).map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([])
  })

  it('fits one stream: no column comes twice, no feature reads deeper than ten levels', () => {
    expect(columnsOf(featuresWithin(10)).length).toBeGreaterThan(30)
    expect(catalogue.filter(({ depth }) => depth > 10)).toEqual([])
  })
})

describe.each(goldenSessions())('$name, every feature', ({ events, levels }) => {
  const list = featuresWithin(levels)

  it('is the same in every bit, by loop, by batch and by RxJS', async () => {
    await expectOneTruth(events, list, [1, 97])
  })

  it('is the same in every bit step by step', () => {
    const rows = naiveRows(events, list)
    let column = 0
    for (const one of list) {
      const numbers = byTicks(events, one)
      const wrong = rows.findIndex(({ values }, row) => !Object.is(values[column], numbers[row]))
      expect([one.name, wrong, numbers.length]).toEqual([one.name, -1, rows.length])
      column += one.columns.length
    }
  })
})

describe('streams of everything that goes wrong, every feature', () => {
  it('is the same in every bit, by loop, by batch and by RxJS', async () => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 400, instruments: 3, minLevels: 10 }), fc.integer({ min: 1, max: 60 }), (events, size) => expectOneTruth(events, featuresWithin(10), [size])),
      { numRuns: 15 },
    )
  })
})
