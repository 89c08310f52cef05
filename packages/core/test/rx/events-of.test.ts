import { eventsOf, eventsToBatch, growingBatch, type EventBatch, type MarketEvent } from '@rxlob/core'
import fc from 'fast-check'
import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { batchesFrom, canonical, madeStream } from '../made-sources.js'
import { equity, session } from '../session.js'

const allOf = (batches: readonly EventBatch[]): Promise<MarketEvent[]> =>
  lastValueFrom(eventsOf(async function* () {
    yield* batches
  }).pipe(toArray()))

/** Told of an instrument, without its times. */
const untimed = (event: MarketEvent): unknown => (event.kind === 'instrument' ? { kind: 'instrument', definition: event.definition, levels: event.levels } : canonical(event))

const hand = (): MarketEvent[] => {
  const make = session()
  return [make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), make.trade(10, 1), make.trade(10, 2), make.status('ended')]
}

describe('eventsOf', () => {
  it('gives the events of which the batches were made, each instrument defined before its first and where it changes', async () => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 250, instruments: 3 }), fc.integer({ min: 1, max: 40 }), async (events, rows) => {
        const given = (await allOf(await batchesFrom(events, rows))).map(untimed)
        // Definitions come with the first event that follows them.
        const pending = new Map<string, unknown>()
        const expected = events.flatMap((event) => {
          if (event.kind === 'instrument') {
            pending.set(event.instrument, untimed(event))
            return []
          }
          const defined = pending.get(event.instrument)
          pending.delete(event.instrument)
          return defined === undefined ? [untimed(event)] : [defined, untimed(event)]
        })
        expect(given).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  it('says an instrument once, however many objects describe it, and again where the levels change', async () => {
    const [opening, snapshot, trade] = hand() as [Extract<MarketEvent, { kind: 'instrument' }>, never, never]
    const batchOf = (definition: typeof opening, event: never): EventBatch => {
      const gatherer = eventsToBatch(definition)
      gatherer.push(event)
      return gatherer.take()
    }
    const copy = { ...opening, definition: { ...opening.definition } }
    const events = await allOf([batchOf(opening, snapshot), batchOf(copy, trade), growingBatch({ instrument: { ...equity, id: 'test:XYZ' } }).take(), batchOf({ ...copy, levels: 5 }, trade)])
    expect(events.map((event) => (event.kind === 'instrument' ? event.levels : event.kind))).toEqual([Infinity, 'snapshot', 'trade', 5, 'trade'])
  })

  it('is cold: each subscription opens batches of its own', async () => {
    let opened = 0
    const [batch] = await batchesFrom(hand(), 100)
    const events = eventsOf(async function* () {
      opened++
      yield batch!
    })
    expect(opened).toBe(0)
    expect(await lastValueFrom(events.pipe(toArray()))).toEqual(await lastValueFrom(events.pipe(toArray())))
    expect(opened).toBe(2)
  })

  it('stops within a batch, aborts the reading and lets it go when it is unsubscribed', async () => {
    const log: unknown[] = []
    const [whole] = await batchesFrom(hand(), 100)
    let reached = 0
    const get = (ticks: Float64Array, at: string | symbol): unknown => {
      reached = Math.max(reached, Number(at))
      return Reflect.get(ticks, at) as unknown
    }
    const batch = { ...whole!, ticks: new Proxy(whole!.ticks, { get }) }
    const events = eventsOf(async function* (signal) {
      signal.addEventListener('abort', () => log.push('abort'))
      try {
        yield batch
        yield batch
      } finally {
        log.push('let go')
      }
    })
    const seen = await firstValueFrom(events.pipe(take(2), toArray()))
    await new Promise((resolve) => setImmediate(resolve))
    expect(seen.map(({ kind }) => kind)).toEqual(['instrument', 'snapshot'])
    expect(log).toEqual(['abort', 'let go'])
    // The snapshot has rows 0 to 2; one event more is decoded before the end is seen.
    expect(reached).toBeLessThanOrEqual(3)
  })

  it('aborts a reading that waits', async () => {
    let aborted = false
    const subscription = eventsOf((signal) => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise((resolve) => signal.addEventListener('abort', () => {
          aborted = true
          resolve({ done: true, value: undefined })
        })),
      }),
    })).subscribe()
    await Promise.resolve()
    subscription.unsubscribe()
    expect(aborted).toBe(true)
  })

  it('passes an error on after the events before it', async () => {
    const batches = await batchesFrom(hand(), 100)
    const failure = new Error('half a file')
    const seen: unknown[] = []
    await new Promise<void>((resolve) => {
      eventsOf(async function* () {
        yield* batches
        throw failure
      }).subscribe({ next: ({ kind }) => seen.push(kind), error: (error) => resolve(void seen.push(error)) })
    })
    expect(seen).toEqual(['instrument', 'snapshot', 'trade', 'trade', 'status', failure])
  })

  it('passes on what opening throws', async () => {
    const failure = new Error('no file')
    await expect(lastValueFrom(eventsOf(() => { throw failure }))).rejects.toBe(failure)
  })
})
