import type { BookTracker, BookView } from '@rxlob/core'
import type { BinanceMessage } from '@rxlob/adapters-binance'
import type { FeedCore } from '@rxlob/feed'
import type { Enter } from '../runner/contest.ts'
import { liveLibrary } from '../runner/library.ts'
import { depthContest, type DepthBook, type DepthBookMaker } from './depth-contest.ts'
import { topLevels } from './top-hash.ts'

const { feed, binance } = await liveLibrary()

/** The path of `ticks()`: scanner, continuity of each message, and the source's own book, which is watched for crossings and lent to the reader. */
export const enter: Enter = (_folder, mode) => depthContest(liveBook, mode)

const liveBook: DepthBookMaker = Object.assign((...[instrument, market]: Parameters<DepthBookMaker>): DepthBook => {
  const spec = binance.binanceSpec({ symbols: [instrument.symbol], market, depth: '100ms', timeUnit: 'ms' })
  const stream = spec.streams![0]!.name
  let book: BookView | undefined
  let now = 1
  const live: FeedCore = feed.feedCore<BinanceMessage>(spec, () => {}, {}, undefined, (tracker: BookTracker) => {
    book = tracker.book
  })
  let connection = 0
  live.accept({ kind: 'instruments', tsLocal: 0, instruments: [instrument] })
  return {
    open(snapshot) {
      if (connection > 0) live.accept({ kind: 'close', tsLocal: now, connection, reason: 'another pass' })
      live.accept({ kind: 'open', tsLocal: now, connection: ++connection, streams: [stream] })
      live.accept({ kind: 'response', tsLocal: now, symbol: instrument.symbol, data: snapshot })
    },
    message: (data) => live.accept({ kind: 'frame', tsLocal: now++, connection, data }),
    copy: (top) => copyTop(book!, top),
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
