import { batchToEvents, growingBatch, mergeBatches, Op, type EventBatch, type MarketEvent } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { all, batchesByInstrument, madeStream } from '../made-sources.js'
import { equity } from '../session.js'

async function* asyncOf(batches: readonly EventBatch[], onReturn: () => void = () => {}): AsyncGenerator<EventBatch, void, void> {
  try {
    yield* batches
  } finally {
    onReturn()
  }
}

const eventsOfAll = (batches: readonly EventBatch[]): MarketEvent[] => batches.flatMap((batch) => [...batchToEvents(batch)])

/** The head that is earliest, the earlier source where two are. */
function mergedNaively(sources: readonly (readonly MarketEvent[])[]): MarketEvent[] {
  const rest = sources.map((events) => [...events])
  const merged: MarketEvent[] = []
  for (;;) {
    const heads = rest.filter((events) => events.length > 0)
    if (heads.length === 0) return merged
    const earliest = Math.min(...heads.map(([head]) => head!.tsLocal))
    merged.push(heads.find(([head]) => head!.tsLocal === earliest)!.shift()!)
  }
}

/** One trade a batch, or several, at these times. */
const trades = (times: readonly number[], symbol = 'A', position?: string): EventBatch => {
  const out = growingBatch({ instrument: { ...equity, id: `test:${symbol}` } })
  for (const time of times) {
    out.row(Op.trade, time, 1)
    out.end(time, time)
  }
  return out.take(position)
}

describe('mergeBatches', () => {
  it('gives the events of all sources by time, ties to the earlier source, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 400, instruments: 4 }), fc.integer({ min: 1, max: 40 }), async (events, eventsABatch) => {
        const sources = batchesByInstrument(events, eventsABatch)
        const merged = await all(mergeBatches(sources.map((batches) => asyncOf(batches))))
        expect(eventsOfAll(merged)).toEqual(mergedNaively(sources.map(eventsOfAll)))
      }),
      { numRuns: 60 },
    )
  })

  it('cuts no batch that needs no cut, and no event ever', async () => {
    const early = trades([1, 2, 3])
    const late = trades([4, 5], 'B')
    const merged = await all(mergeBatches([asyncOf([late]), asyncOf([early])]))
    expect(merged).toEqual([early, late])
    expect(merged[0]).toBe(early)
  })

  it('passes over empty batches and sources', async () => {
    const one = trades([1])
    expect(await all(mergeBatches([asyncOf([trades([]), one, trades([])]), asyncOf([]), asyncOf([trades([])])]))).toEqual([one])
    expect(await all(mergeBatches([]))).toEqual([])
  })

  it('gives no positions', async () => {
    const merged = await all(mergeBatches([asyncOf([trades([1, 4], 'A', '17')]), asyncOf([trades([2], 'B', '3')])]))
    expect(merged.map(({ length, position }) => [length, position])).toEqual([[1, undefined], [1, undefined], [1, undefined]])
  })

  it('goes on where the times of a source step back', async () => {
    const merged = await all(mergeBatches([asyncOf([trades([5, 1, 9])]), asyncOf([trades([3, 7], 'B')])]))
    expect(eventsOfAll(merged).map(({ tsLocal }) => tsLocal)).toEqual([3, 5, 1, 7, 9])
  })

  it('releases every source where the reader stops early or one of them fails', async () => {
    const released: string[] = []
    const open = (name: string, batches: readonly EventBatch[]): AsyncIterable<EventBatch> => asyncOf(batches, () => released.push(name))
    for await (const batch of mergeBatches([open('a', [trades([1, 3])]), open('b', [trades([2], 'B')])])) {
      if (batch.length > 0) break
    }
    expect(released.sort()).toEqual(['a', 'b'])

    released.length = 0
    async function* failing(): AsyncGenerator<EventBatch, void, void> {
      yield trades([1])
      throw new Error('half a file')
    }
    const seen: EventBatch[] = []
    await expect((async () => {
      for await (const batch of mergeBatches([failing(), open('b', [trades([2], 'B')])])) seen.push(batch)
    })()).rejects.toThrow('half a file')
    expect(seen.map(({ tsLocal }) => tsLocal[0])).toEqual([1])
    expect(released).toEqual(['b'])
  })

  it('asks for a batch only when the last one has been read', async () => {
    let asked = 0
    async function* counted(): AsyncGenerator<EventBatch, void, void> {
      for (const time of [1, 2, 3]) {
        asked++
        yield trades([time])
      }
    }
    const merged = mergeBatches([counted()])
    await merged.next()
    expect(asked).toBe(1)
    await merged.next()
    expect(asked).toBe(2)
  })
})
