import { BookTracker, countEvents, instrumentTrackers, type MarketEvent } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchesFrom, madeStream } from '../made-sources.js'
import { equity, session } from '../session.js'

/**
 * What a stream looks like to a reader of trackers, an entry for each event but the instruments' own. Of epochs only whether they
 * moved: a definition that is changed again before any event leaves no trace in batches.
 */
function seen(inputs: readonly Parameters<ReturnType<typeof instrumentTrackers<unknown>>['accept']>[0][]): unknown[] {
  const opened: string[] = []
  const log: unknown[] = []
  const trackers = instrumentTrackers((tracker) => {
    opened.push(tracker.instrument.id)
    return { id: tracker.instrument.id, epochs: [NaN, NaN, NaN] }
  })
  for (const input of inputs) {
    trackers.accept(input, ({ kind, instrument, tsLocal, book, ticked, tradeLots, bookEpoch, tradesEpoch, windowEpoch, levels, counts }, kept) => {
      if (kind === 'instrument') return
      const epochs = [bookEpoch, tradesEpoch, windowEpoch]
      log.push([kind, instrument, tsLocal, book.bidTicks(0), book.askLots(0), ticked, tradeLots, levels, { ...counts }, kept.id, ...epochs.map((epoch, n) => epoch !== kept.epochs[n])])
      kept.epochs = epochs
    })
  }
  return [...log, opened]
}

describe('instrumentTrackers', () => {
  it('sees the same in events and in their batches', async () => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 250, instruments: 4 }), fc.integer({ min: 1, max: 40 }), async (events, rows) => {
        expect(seen(await batchesFrom(events, rows))).toEqual(seen(events))
      }),
      { numRuns: 40 },
    )
  })

  it('calls back after each event of a batch, and takes on the instrument that the next batch has', async () => {
    const make = session()
    const finer = session({ ...equity, tickSize: 0.001 })
    const trackers = instrumentTrackers(() => ({ events: 0 }))
    const log: unknown[] = []
    for (const batch of [...await batchesFrom([make.instrument(), make.snapshot([[10, 1]], [[11, 1]]), make.trade(10, 1)], 100), ...await batchesFrom([finer.instrument(), finer.snapshot([[10, 1]], [[11, 1]])], 100)]) {
      trackers.accept(batch, ({ kind, book, bookEpoch }, kept) => log.push([kind, book.bidTicks(0), bookEpoch, ++kept.events]))
    }
    expect(log).toEqual([['snapshot', 1000, 0, 1], ['trade', 1000, 0, 2], ['snapshot', 10_000, 1, 3]])
  })

  it('keeps what was opened with each instrument apart', () => {
    const a = session()
    const b = session({ ...equity, id: 'test:XYZ', tickSize: 0.05 })
    const events = [a.instrument(), b.instrument(), a.snapshot([[10, 1]], []), b.snapshot([[10, 2]], []), a.trade(10, 1), b.trade(10, 1)]
    const trackers = instrumentTrackers((tracker) => ({ id: tracker.instrument.id, events: 0 }))
    const log: [string, number, number][] = []
    for (const event of events) {
      trackers.accept(event, ({ book }, kept) => {
        kept.events++
        log.push([kept.id, kept.events, book.bidTicks(0)])
      })
    }
    expect(log).toEqual([['test:ABC', 1, NaN], ['test:XYZ', 1, NaN], ['test:ABC', 2, 1000], ['test:XYZ', 2, 200], ['test:ABC', 3, 1000], ['test:XYZ', 3, 200]])
  })

  it('refuses an event before its instrument, and goes on with the others', () => {
    const make = session()
    const trackers = instrumentTrackers(() => 0)
    const stray = { ...make.trade(10, 1), instrument: 'test:XYZ' } as MarketEvent
    expect(() => trackers.accept(stray, () => {})).toThrow(expect.objectContaining({ code: 'LOB_BAD_MESSAGE', where: { stream: 'test:XYZ' }, message: 'Expected an instrument event of test:XYZ before its first trade.' }))
    trackers.accept(make.instrument(), () => {})
    expect(() => trackers.accept(stray, () => {})).toThrow(expect.objectContaining({ code: 'LOB_BAD_MESSAGE' }))
    let ticked = false
    trackers.accept(make.trade(10, 1), (tracker) => {
      ticked = tracker.ticked
    })
    expect(ticked).toBe(true)
  })

  it('reads a lent tracker as it is, and refuses a second book of its instrument', () => {
    const make = session()
    const lent = new BookTracker(equity)
    const trackers = instrumentTrackers(() => ({ events: 0 }))
    const log: unknown[] = []
    for (const event of [make.instrument(), make.snapshot([[10, 1]], [[11, 1]]), make.trade(10, 1)]) {
      lent.apply(event)
      trackers.accept(lent, (tracker, kept) => log.push([tracker === lent, tracker.kind, tracker.ordinal, ++kept.events]))
    }
    expect(log).toEqual([[true, 'instrument', 1, 1], [true, 'snapshot', 2, 2], [true, 'trade', 3, 3]])
    const refused = expect.objectContaining({ code: 'LOB_BAD_MESSAGE', where: { stream: equity.id } })
    expect(() => trackers.accept(make.trade(10, 1), () => {})).toThrow(refused)
    expect(() => trackers.accept(make.instrument(), () => {})).toThrow(refused)
    expect(() => trackers.accept(new BookTracker(equity), () => {})).toThrow(refused)
    const other = session({ ...equity, id: 'test:XYZ' })
    trackers.accept(other.instrument(), () => {})
    expect(() => trackers.accept(make.trade(10, 1), () => {})).toThrow(refused)
    expect(lent.ordinal).toBe(3)
    const own = instrumentTrackers(() => 0)
    own.accept(make.instrument(), () => {})
    expect(() => own.accept(lent, () => {})).toThrow(refused)
  })
})

describe('countEvents', () => {
  it('counts the events of a batch, an unclosed last one too', async () => {
    const make = session()
    const [batch] = await batchesFrom([make.instrument(), make.snapshot([[10, 1]], [[11, 1]]), make.trade(10, 1), make.status('ended')], 100)
    expect(countEvents(batch!)).toBe(3)
    expect(countEvents({ ...batch!, length: 2 })).toBe(1)
    expect(countEvents({ ...batch!, length: 0 })).toBe(0)
  })
})
