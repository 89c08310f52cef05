import type { BookView, EventBatch } from '@rxlob/core'
import type { BinanceMessage } from '@rxlob/adapters-binance'
import type { FeedCore } from '@rxlob/feed'
import type { Enter } from '../runner/contest.ts'
import { liveLibrary } from '../runner/library.ts'
import { depthContest, type DepthBook, type DepthBookMaker } from './depth-contest.ts'
import { topLevels } from './top-hash.ts'

const { core, feed, binance } = await liveLibrary()

/** The path of `frames()`: continuity of each message, the source's own book that watches for crossings, then the reader's book. */
export const enter: Enter = (_folder, mode) => depthContest(liveBook, mode)

const liveBook: DepthBookMaker = Object.assign((...[instrument, market]: Parameters<DepthBookMaker>): DepthBook => {
  const spec = binance.binanceSpec({ symbols: [instrument.symbol], market, depth: '100ms', timeUnit: 'ms' })
  const stream = spec.streams![0]!.name
  const tracker = new core.BookTracker(instrument, spec.supports.levels)
  let now = 1
  const live: FeedCore = feed.feedCore<BinanceMessage>(
    spec,
    (event) => {
      if (event.kind !== 'instrument') tracker.apply(event)
    },
    {},
    (batch: EventBatch) => {
      for (let row = 0; row < batch.length; ) row = tracker.applyRows(batch, row)
    },
  )
  live.accept({ kind: 'instruments', tsLocal: 0, instruments: [instrument] })
  live.accept({ kind: 'open', tsLocal: 0, connection: 1, streams: [stream] })
  return {
    open: (snapshot) => live.accept({ kind: 'response', tsLocal: 1, symbol: instrument.symbol, data: snapshot }),
    message: (data) => live.accept({ kind: 'frame', tsLocal: now++, connection: 1, data }),
    copy: (top) => copyTop(tracker.book, top),
  }
}, { counts: true })

function copyTop(book: BookView, top: Float64Array): void {
  for (let level = 0, at = 0; level < topLevels; level++, at += 4) {
    top[at] = book.bidTicks(level)
    top[at + 1] = book.bidLots(level)
    top[at + 2] = book.askTicks(level)
    top[at + 3] = book.askLots(level)
  }
}
