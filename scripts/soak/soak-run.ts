import { binance } from '@rxlob/adapters-binance'
import { BookTracker, seededRandom, type InstrumentId } from '@rxlob/core'
import { virtualClock, type FeedCounts, type FeedDiagnostic } from '@rxlob/feed'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { endlessBinance, nearLevels } from './endless-binance.ts'

export interface SoakOptions {
  /** Frames in all. */
  readonly frames: number
  readonly symbols: number
  /** Frames a virtual second. */
  readonly perSecond: number
  readonly seed: number
  /** Called after every so many frames. */
  readonly look: (state: SoakState) => void
  readonly lookEvery: number
}

export interface SoakState {
  readonly frames: number
  readonly virtualSeconds: number
  /** Events that came out. */
  readonly events: number
  readonly counts: Readonly<FeedCounts>
  /** Timers of the source that wait. */
  readonly timers: number
  readonly connections: { readonly open: number; readonly ever: number }
  /** The deepest side of any of the reader's books, and the books that are valid. */
  readonly levels: number
  readonly valid: number
}

/** A live source on a virtual clock, from its sockets to a reader's books, for as many frames as one likes. */
export async function soakRun({ frames, symbols, perSecond, seed, look, lookEvery }: SoakOptions): Promise<SoakState> {
  const clock = virtualClock()
  const random = seededRandom(seed)
  const names = Array.from({ length: symbols }, (_, at) => `S${at}USDT`)
  const venue = endlessBinance(clock, names, random)
  const source = binance({ symbols: names, trades: true, snapshotLevels: nearLevels }, { clock, random: seededRandom(seed + 1), connect: venue.connect, fetch: venue.fetch })
  const books = new Map<InstrumentId, BookTracker>()
  let events = 0
  let counts: Readonly<FeedCounts> | undefined
  const heed = (message: unknown): void => {
    counts = (message as FeedDiagnostic).counts
  }
  subscribe('rxlob:feed', heed)
  const subscription = source.frames().subscribe((batch) => {
    const { instrument, levels } = batch
    let book = books.get(instrument.id)
    if (book === undefined) {
      book = new BookTracker(instrument, levels)
      books.set(instrument.id, book)
    }
    for (let row = 0; row < batch.length; events++) row = book.applyRows(batch, row)
  })
  const state = (): SoakState => ({
    frames: venue.frames, virtualSeconds: (clock.now() - began) / 1e6, events, counts: counts!, timers: clock.pending, connections: { open: venue.open, ever: venue.opened },
    levels: Math.max(0, ...[...books.values()].flatMap(({ book }) => [book.bidDepth, book.askDepth])), valid: [...books.values()].filter(({ book }) => book.synced).length,
  })

  const began = clock.now()
  const slotMicros = Math.round((1e6 * symbols) / perSecond)
  await clock.advance(1_000_000)
  let next = lookEvery
  while (venue.frames < frames) {
    venue.say()
    await clock.advance(slotMicros)
    if (venue.frames < next) continue
    next += lookEvery
    look(state())
  }
  const last = state()
  subscription.unsubscribe()
  unsubscribe('rxlob:feed', heed)
  return last
}
