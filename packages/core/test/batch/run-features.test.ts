import { BookTracker, everyMicros, everyMidMove, everyTrade, featurePanel, midPrice, ofi, rollingOfi, runFeatures, tradeFlow, type EventBatch, type FeatureFrame, type InstrumentId, type MarketEvent, type Sampler } from '@rxlob/core'
import fc from 'fast-check'
import { NEVER } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { all, batchesFrom, batchSource, eventSource, madeStream, pushSource } from '../made-sources.js'
import { session } from '../session.js'

const list = [midPrice(), ofi(), rollingOfi({ ticks: 20 }), tradeFlow()]

interface Rows {
  tsExchange: number[]
  tsLocal: number[]
  values: number[]
}

/** By an event at a time. */
function rowsNaively(events: readonly MarketEvent[], sample?: Sampler): Map<InstrumentId, Rows> {
  const trackers = new Map<InstrumentId, { tracker: BookTracker; panel: ReturnType<typeof featurePanel> }>()
  const rows = new Map<InstrumentId, Rows>()
  for (const event of events) {
    if (event.kind === 'instrument' && !trackers.has(event.instrument)) {
      const tracker = new BookTracker(event.definition, event.levels)
      trackers.set(event.instrument, { tracker, panel: featurePanel(list, tracker, sample) })
      rows.set(event.instrument, { tsExchange: [], tsLocal: [], values: [] })
    }
    const { tracker, panel } = trackers.get(event.instrument)!
    tracker.apply(event)
    const out = new Float64Array(list.length)
    if (!panel.step(out, 0)) continue
    const kept = rows.get(event.instrument)!
    kept.tsExchange.push(event.tsExchange)
    kept.tsLocal.push(event.tsLocal)
    kept.values.push(...out)
  }
  return rows
}

function joined(frames: readonly FeatureFrame[]): Map<InstrumentId, Rows> {
  const rows = new Map<InstrumentId, Rows>()
  for (const frame of frames) {
    let kept = rows.get(frame.instrument)
    if (kept === undefined) rows.set(frame.instrument, (kept = { tsExchange: [], tsLocal: [], values: [] }))
    expect(frame.firstRow).toBe(kept.tsLocal.length)
    expect([frame.tsExchange.length, frame.tsLocal.length, frame.values.length]).toEqual([frame.length, frame.length, frame.length * list.length])
    expect(frame.length).toBeGreaterThan(0)
    kept.tsExchange.push(...frame.tsExchange)
    kept.tsLocal.push(...frame.tsLocal)
    kept.values.push(...frame.values)
  }
  return rows
}

const withRows = (rows: Map<InstrumentId, Rows>): Map<InstrumentId, Rows> => new Map([...rows].filter(([, { tsLocal }]) => tsLocal.length > 0))

describe('runFeatures', () => {
  it.each([
    ['every event', undefined],
    ['trades', everyTrade()],
    ['mid moves', everyMidMove()],
    ['a grid of time', everyMicros(50_000)],
  ])('gives the rows of a loop over the events, numbered by instrument, whatever the batches: %s', async (_, sample) => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 300, instruments: 3 }), fc.integer({ min: 1, max: 50 }), fc.boolean(), async (events, rows, own) => {
        const source = own ? batchSource(await batchesFrom(events, rows)) : eventSource(events)
        const frames = await all(runFeatures(source, list, { rows, ...(sample && { sample }) }))
        // Map equality is Object.is on every number.
        expect(joined(frames)).toEqual(withRows(rowsNaively(events, sample)))
      }),
      { numRuns: 25 },
    )
  })

  it('names its columns in order', async () => {
    const make = session()
    const [frame] = await all(runFeatures(eventSource([make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]])]), list))
    expect(frame!.columns.map(({ name }) => name)).toEqual(['mid_price', 'ofi_1', 'rolling_ofi_1_20', 'trade_flow'])
    expect([...frame!.values]).toEqual([10.01, NaN, NaN, 0])
  })

  it('reads an event that its batch does not close as one', async () => {
    const make = session()
    const [batch] = (await batchesFrom([make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), make.trade(10, 1), make.trade(10, 2)], 100)) as [EventBatch]
    const [frame] = await all(runFeatures(batchSource([{ ...batch, length: batch.length - 2 }, { ...batch, length: 2 }]), [midPrice()]))
    expect(frame!.length).toBe(1)
    const [open] = await all(runFeatures(batchSource([{ ...batch, length: 2 }]), [midPrice()]))
    expect([open!.length, open!.tsLocal[0]]).toEqual([1, batch.tsLocal[0]])
  })

  it('fails where a source shows fewer levels than a feature reads, or from then on does', async () => {
    const make = session(undefined, 5)
    const deep = [ofi({ levels: 5 })]
    const events = [make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]])]
    expect(await all(runFeatures(eventSource(events), deep))).toHaveLength(1)
    const shallower = { ...session(undefined, 4).instrument(), tsLocal: 2e15 }
    const later = session(undefined, 4).snapshot([[10, 5]], [[10.02, 7]])
    const frames: FeatureFrame[] = []
    await expect((async () => {
      for await (const frame of runFeatures(eventSource([...events, shallower, later]), deep)) frames.push(frame)
    })()).rejects.toMatchObject({ code: 'LOB_DEPTH_TOO_SHALLOW', message: expect.stringContaining('shows 4') as unknown })
    expect(frames).toHaveLength(1)
    await expect(all(runFeatures(eventSource([shallower, later]), deep))).rejects.toMatchObject({ code: 'LOB_DEPTH_TOO_SHALLOW' })
  })

  it('ends quietly where it is aborted', async () => {
    const abort = new AbortController()
    const rows = all(runFeatures(pushSource(() => NEVER), list, { signal: abort.signal }))
    abort.abort()
    expect(await rows).toEqual([])
  })

  it('refuses an empty list and a column that comes twice', async () => {
    await expect(all(runFeatures(eventSource([]), []))).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(all(runFeatures(eventSource([]), [ofi(), ofi()]))).rejects.toMatchObject({ code: 'LOB_BAD_OPTION', message: expect.stringContaining('ofi_1') as unknown })
  })
})
