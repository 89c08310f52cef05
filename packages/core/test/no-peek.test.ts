import {
  collectBars, collectFrame, columnsOf, everyMidMove, features, inputOf, label, predict, predictAndLearn, runFeatures,
  type Label, type Labeler, type LabelledFrame, type MarketEvent, type Prediction, type Predictor, type Sampler, type Settled,
} from '@rxlob/core'
import fc from 'fast-check'
import { firstValueFrom, from, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { featuresWithin, labelers } from './catalogue.js'
import { batchesFrom, batchSource, eventSource, madeStream } from './made-sources.js'
import { moveOutput, recordingLearner } from './recording-learner.js'

/** The same stream up to some event, and from there nothing, or another future. */
interface Futures {
  readonly events: readonly MarketEvent[]
  readonly other: readonly MarketEvent[]
  /** What both begin with. */
  readonly past: readonly MarketEvent[]
  /** Rows that it makes. */
  readonly rows: number
}

const isRow = ({ kind }: MarketEvent): boolean => kind !== 'instrument' && kind !== 'status'

/** Another future: sizes grow, trades turn round, every seventh event is missing, a gap comes early. */
function altered(events: readonly MarketEvent[]): MarketEvent[] {
  return events.flatMap((event, n): MarketEvent[] => {
    if (n === 3) return [{ kind: 'status', instrument: event.instrument, tsExchange: event.tsExchange, tsLocal: event.tsLocal, status: 'gap', channel: 'all' }, event]
    if (n % 7 === 6) return []
    if (event.kind === 'delta' || event.kind === 'snapshot') return [{ ...event, bids: event.bids.map(([price, size]) => [price, size * 3] as const), asks: event.asks.slice(1) }]
    if (event.kind === 'trade') return [{ ...event, size: event.size * 5, aggressor: event.aggressor === 'buy' ? 'sell' : 'buy' }]
    if (event.kind === 'order') return [{ ...event, size: event.size * 2, tsLocal: event.tsLocal + 1 }]
    return [event]
  })
}

const futures: fc.Arbitrary<Futures> = fc
  .tuple(madeStream({ events: 300, minLevels: 4 }), fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.boolean())
  .map(([events, share, cut]) => {
    const at = Math.max(5, Math.floor(events.length * share))
    const past = events.slice(0, at)
    return { events, past, other: cut ? past : [...past, ...altered(events.slice(at))], rows: past.filter(isRow).length }
  })

const list = featuresWithin(4)
const width = columnsOf(list).length
const allLabelers = Object.fromEntries(Object.values(labelers).flat().map((labeler, n): [string, Labeler] => [`${labeler.name} ${n}`, labeler]))
const allOf = (events: readonly MarketEvent[], operator: ReturnType<typeof label> | ReturnType<typeof predictAndLearn>): Promise<unknown[]> => firstValueFrom(from(events).pipe(operator as ReturnType<typeof label>, toArray()))

/** What a frame says that was known when row `rows - 1` was. */
const knownOf = ({ values, targets, settledRows, breaks }: LabelledFrame, rows: number): unknown => ({
  values: values.slice(0, rows * width),
  breaks: breaks.filter((row) => row < rows),
  targets: Object.entries(targets).map(([name, column]) => [name, column.slice(0, rows).map((target, row) => (settledRows[name]![row]! < rows ? target : NaN))]),
})

describe('nothing reads the future', () => {
  it('features: not in frames, whose batches hold events to come, nor in streams', async () => {
    await fc.assert(
      fc.asyncProperty(futures, fc.integer({ min: 1, max: 400 }), async ({ events, other, rows }, size) => {
        const past = async (stream: readonly MarketEvent[], batchRows: number): Promise<number[]> => {
          const values: number[] = []
          for await (const frame of runFeatures(batchSource(await batchesFrom(stream, batchRows)), list)) values.push(...frame.values)
          return values.slice(0, rows * width)
        }
        const pushed: number[] = []
        from(other).pipe(features(list)).subscribe((row) => pushed.push(...row.toArray()))
        const truth = await past(events, 1)
        expect(truth).toHaveLength(rows * width)
        expect(await past(events, size)).toEqual(truth)
        expect(await past(other, size)).toEqual(truth)
        expect(pushed.slice(0, rows * width)).toEqual(truth)
      }),
      { numRuns: 25 },
    )
  })

  it.each<[string, Sampler | undefined]>([['every event', undefined], ['mid moves', everyMidMove()]])('frames: no value, break or settled target, by %s', async (_, sample) => {
    await fc.assert(
      fc.asyncProperty(futures, async ({ events, other, past }) => {
        const options = { labelers: allLabelers, ...(sample && { sample }) }
        const { length } = await collectFrame(eventSource(past), list, options)
        const one = await collectFrame(eventSource(events), list, options)
        const another = await collectFrame(batchSource(await batchesFrom(other, 50)), list, options)
        expect(knownOf(another, length)).toEqual(knownOf(one, length))
      }),
      { numRuns: 25 },
    )
  })

  it('labels: each comes at its horizon, never before', async () => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 300 }), async (events) => {
        const { settledRows } = await collectFrame(eventSource(events), list.slice(0, 1), { labelers: allLabelers })
        for (const [name, labeler] of Object.entries(allLabelers)) {
          const { horizon } = labeler.output
          if (!('rows' in horizon)) throw new Error('every labeler so far counts rows')
          settledRows[name]!.forEach((settled, row) => expect([horizon.rows, NaN]).toContainEqual(settled - row))
        }
      }),
      { numRuns: 20 },
    )
  })

  it.each(Object.entries(allLabelers))('labels as they come: %s', async (_, labeler) => {
    await fc.assert(
      fc.asyncProperty(futures, async ({ events, other, past, rows }) => {
        const horizon = 'rows' in labeler.output.horizon ? labeler.output.horizon.rows : NaN
        const settled = async (stream: readonly MarketEvent[]): Promise<Label[]> => (await allOf(stream, label(labeler)) as Label[]).filter(({ row }) => row + horizon < rows)
        const truth = await settled(events)
        for (const { tsSettled } of truth) expect(tsSettled).toBeLessThanOrEqual(past.at(-1)!.tsLocal)
        expect(await settled(other)).toEqual(truth)
        expect(await settled(past)).toEqual(truth)
      }),
      { numRuns: 15 },
    )
  })

  it('windows and predictions, of a predictor that answers late too', async () => {
    await fc.assert(
      fc.asyncProperty(futures, fc.integer({ min: 1, max: 9 }), async ({ events, other, rows }, length) => {
        const few = list.slice(0, 3)
        const model: Predictor = {
          contract: 1, name: 'late', input: inputOf(few, { length }), output: moveOutput,
          predict: async (window) => {
            await Promise.resolve()
            return window.data
          },
        }
        const past = async (stream: readonly MarketEvent[]): Promise<Prediction[]> => {
          const predictions = await firstValueFrom(from(stream).pipe(features(few), predict(model), toArray()))
          return predictions.filter(({ row }) => row < rows)
        }
        expect(await past(other)).toEqual(await past(events))
      }),
      { numRuns: 25 },
    )
  })

  it('prequential learning: what was predicted, learned and settled', async () => {
    await fc.assert(
      fc.asyncProperty(futures, fc.integer({ min: 1, max: 6 }), async ({ events, other, rows }, length) => {
        const few = list.slice(0, 3)
        const past = async (stream: readonly MarketEvent[]): Promise<unknown[]> => {
          const outcomes = (await allOf(stream, predictAndLearn(recordingLearner(inputOf(few, { length })), few, labelers.midMove![1]!))) as (Prediction | Settled)[]
          const end = outcomes.findIndex((one) => one.row + (one.kind === 'settled' ? 17 : 0) >= rows)
          return end < 0 ? outcomes : outcomes.slice(0, end)
        }
        expect(await past(other)).toEqual(await past(events))
      }),
      { numRuns: 25 },
    )
  })

  it('bars that have closed', async () => {
    await fc.assert(
      fc.asyncProperty(futures, async ({ events, other, rows }) => {
        const closed = async (stream: readonly MarketEvent[]): Promise<unknown> => {
          const bars = await collectBars(eventSource(stream), { trades: 3 })
          const trades = events.filter(isRow).slice(0, rows).filter((event) => (event.kind === 'trade' && (event.print === 'regular' || event.print === 'hidden')) || (event.kind === 'order' && event.action === 'fill'))
          const bound = Math.floor(trades.length / 3)
          return [bars.tsStart, bars.open, bars.high, bars.low, bars.close, bars.buyLots, bars.sellLots].map((column) => column.slice(0, bound))
        }
        expect(await closed(other)).toEqual(await closed(events))
      }),
      { numRuns: 25 },
    )
  })
})
