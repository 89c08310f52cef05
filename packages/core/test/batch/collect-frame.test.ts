import { collectFrame, everyMidMove, midMove, midPrice, spread, type Labeler, type MarketEvent, type StatusName, type Tick } from '@rxlob/core'
import { naiveTicks } from '@rxlob/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchesFrom, batchSource, eventSource, madeStream } from '../made-sources.js'
import { equity, session } from '../session.js'

const breaking: readonly StatusName[] = ['disconnected', 'gap', 'stale', 'dropped', 'session', 'halted', 'resumed', 'ended']

const midOf = ({ book }: Tick): number => {
  const mid = (book.bidTicks(0) + book.askTicks(0)) / 2
  return book.synced && !book.crossed ? mid : NaN
}

/** Rows, and before which of them something broke, by the reference book. */
function rowsNaively(events: readonly MarketEvent[]): { mids: number[]; breaks: number[]; tsLocal: number[] } {
  const ticks = naiveTicks(events)
  const mids: number[] = []
  const breaks: number[] = []
  let epoch = ticks[0]?.bookEpoch
  let broken = false
  for (const event of events) {
    if (event.kind === 'status') broken ||= breaking.includes(event.status)
    if (event.kind === 'status' || event.kind === 'instrument') continue
    const { tick, bookEpoch } = ticks[mids.length]!
    if ((broken || bookEpoch !== epoch) && mids.length > 0) breaks.push(mids.length)
    broken = false
    epoch = bookEpoch
    mids.push(midOf(tick))
  }
  return { mids, breaks, tsLocal: ticks.map(({ tick }) => tick.tsLocal) }
}

/** The move of the mid `rows` rows on, NaN where a break lies between. */
function movesNaively(mids: readonly number[], breaks: readonly number[], rows: number): number[] {
  return mids.map((mid, row) => (breaks.some((before) => before > row && before <= row + rows) ? NaN : (mids[row + rows] ?? NaN) - mid))
}

/** Settles each row with the next one, and every third row with none. */
const thirdIsVoid: Labeler<{ row: number }> = {
  name: 'third_is_void',
  output: { kind: 'value', unit: 'ticks', horizon: { rows: 1 } },
  init: () => ({ row: 0 }),
  step(state, _, emit) {
    if (state.row > 0) emit(1, state.row % 3 === 0 ? NaN : state.row)
    state.row++
  },
}

describe('collectFrame', () => {
  it('keeps every row with its targets, who settled them, and what broke, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 400 }), fc.integer({ min: 1, max: 60 }), fc.boolean(), async (events, rows, own) => {
        const source = own ? batchSource(await batchesFrom(events, rows)) : eventSource(events)
        const frame = await collectFrame(source, [midPrice(), spread()], { labelers: { near: midMove({ rows: 1, kind: 'value' }), far: midMove({ rows: 13, kind: 'value' }) } })
        const { mids, breaks, tsLocal } = rowsNaively(events)
        expect([...frame.tsLocal]).toEqual(tsLocal)
        expect(frame.breaks).toEqual(breaks)
        expect(frame).toMatchObject({ length: mids.length, firstRow: 0, instrument: events[0]!.instrument })
        expect(frame.values).toHaveLength(2 * mids.length)
        for (const [name, horizon] of [['near', 1], ['far', 13]] as const) {
          const moves = movesNaively(mids, breaks, horizon)
          expect([...frame.targets[name]!]).toEqual(moves)
          expect([...frame.settledRows[name]!]).toEqual(moves.map((move, row) => (Number.isNaN(move) ? NaN : row + horizon)))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('counts rows, horizons and breaks in rows of the sampler', async () => {
    const make = session()
    const events = [
      make.instrument(),
      make.snapshot([[10, 5]], [[10.02, 7]]),
      make.delta([[10, 6]], []),
      make.delta([[10.01, 6]], []),
      make.status('halted'),
      make.delta([[10.01, 7]], []),
      make.delta([[10.01, 0]], []),
      make.delta([[9.99, 1], [10, 0]], []),
    ]
    const frame = await collectFrame(eventSource(events), [midPrice()], { sample: everyMidMove(), labelers: { move: midMove({ rows: 1, kind: 'value' }) } })
    expect([...frame.values]).toEqual([10.01, 10.015, 10.01, 10.005])
    expect(frame.breaks).toEqual([2])
    expect([...frame.targets.move!]).toEqual([0.5, NaN, -0.5, NaN])
    expect([...frame.settledRows.move!]).toEqual([1, NaN, 3, NaN])
  })

  it('names no break where nothing came before it or comes after', async () => {
    const make = session()
    const events = [make.instrument(), make.status('session'), make.snapshot([[10, 5]], [[10.02, 7]]), make.status('halted'), make.status('resumed'), make.trade(10, 1), make.status('ended')]
    expect((await collectFrame(eventSource(events), [midPrice()])).breaks).toEqual([1])
  })

  it('takes a target of NaN to mean none', async () => {
    const make = session()
    const events = [make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), ...Array.from({ length: 5 }, (_, n) => make.trade(10, n + 1))]
    const { targets, settledRows } = await collectFrame(eventSource(events), [midPrice()], { labelers: { third: thirdIsVoid } })
    expect([...targets.third!]).toEqual([1, 2, NaN, 4, 5, NaN])
    expect([...settledRows.third!]).toEqual([1, 2, NaN, 4, 5, NaN])
  })

  it('says how far it has come after each batch', async () => {
    const make = session()
    const events = [make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), make.trade(10, 1), make.status('ended')]
    const progress: number[][] = []
    await collectFrame(batchSource(await batchesFrom(events, 1)), [midPrice()], { onProgress: (rows, tsLocal) => progress.push([rows, tsLocal]) })
    expect(progress).toEqual([[1, events[1]!.tsLocal], [2, events[2]!.tsLocal], [2, events[3]!.tsLocal]])
  })

  it('refuses several instruments and none', async () => {
    const make = session()
    const other = session({ ...equity, id: 'test:XYZ' }).instrument()
    const events = [make.instrument(), make.snapshot([], []), other, { ...make.snapshot([], []), instrument: 'test:XYZ' } as MarketEvent]
    await expect(collectFrame(eventSource(events), [midPrice()])).rejects.toMatchObject({ code: 'LOB_BAD_OPTION', message: expect.stringContaining('test:XYZ') as unknown })
    await expect(collectFrame(eventSource([]), [midPrice()])).rejects.toMatchObject({ code: 'LOB_BAD_FILE' })
  })
})
