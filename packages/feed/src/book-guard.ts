import { BookTracker, decimalGrid, StagedBook, type DecimalGrid, type Instrument, type LevelRuns, type MarketEvent, type Micros } from '@rxlob/core'
import type { FeedCounts } from './feed-counts.js'
import type { InParts } from './in-parts.js'
import type { Quote, SnapshotContents } from './live-source-spec.js'

/**
 * What the guard has to say after an event: nothing, that the book is crossed (said once an episode), that the event does not lie on the
 * instrument's grid, or that the book must start again.
 */
export type GuardVerdict = 'fine' | 'crossed' | 'off-grid' | { readonly resync: string }

/** Metadata of a book, and how much of it the source can show. */
export interface InstrumentDefinition {
  readonly definition: Instrument
  /** Levels per side; a snapshot with fewer shows the whole side. */
  readonly levels: number
}

export interface BookGuardOptions {
  readonly counts: FeedCounts
  /** Levels of each side that should be known; with fewer a fresh snapshot is worth its price. Default 20. */
  readonly knownLevels?: number
  /** Events that may leave a book crossed in a row. Default 3. */
  readonly crossedEvents?: number
  /** How long a book may stay crossed. Default 250 ms. */
  readonly crossedMicros?: Micros
}

/** Watches one book from the inside: it may be wrong though every message number was right. */
export interface BookGuard {
  readonly tracker: BookTracker
  /** Since when the book is crossed; undefined while it is not. */
  readonly crossedSince: Micros | undefined
  /** Fewer levels are known than should be. */
  readonly shallow: boolean
  /** A halted market may be crossed (an auction gathers orders). */
  halted: boolean
  observe(event: MarketEvent): GuardVerdict
  /** Builds the book of a snapshot that is to come beside the one that is kept: `observe` of its event then takes it over. */
  stage(contents: SnapshotContents): InParts<void>
  /** The same for a delta whose levels were read from a frame. */
  observeLevels(levels: LevelRuns, tsExchange: Micros, tsLocal: Micros, seq: number): GuardVerdict
  /** Best prices of the same book; false where they contradict it. */
  quote(quote: Quote): boolean
}

/** Quotes kept for book events that are still on their way: some seconds of a busy symbol. */
const maxQuotes = 8192

/** Rows of a staged book between rests: some 100 us. */
const stagedRows = 256

/** Holds the book of one instrument beside the stream and compares it with what must be true of it. */
export function bookGuard({ definition, levels }: InstrumentDefinition, options: BookGuardOptions): BookGuard {
  const { counts, crossedEvents = 3, crossedMicros = 250_000 } = options
  const tracker = new BookTracker(definition, levels)
  const knownLevels = Math.min(options.knownLevels ?? 20, levels)
  let prices = decimalGrid(definition.tickSize)
  let sizes = decimalGrid(definition.lotSize)
  let faults = 0
  let crossedRun = 0
  let crossedSince: Micros | undefined
  let seq = NaN
  /** By update id, ascending: quotes come in their order. */
  const quotes = new Map<number, Quote>()
  let staged: StagedBook | undefined

  function judge(eventSeq: number | undefined): GuardVerdict {
    if (tracker.counts.faults > faults) {
      counts.offGrid++
      faults = tracker.counts.faults
      return 'off-grid'
    }
    if (!tracker.book.synced) {
      crossedSince = undefined
      crossedRun = 0
      seq = NaN
      return 'fine'
    }
    if (!tracker.ticked || tracker.kind === 'trade') return 'fine'
    if (eventSeq !== undefined) {
      seq = eventSeq
      if (!compareWaiting()) return { resync: 'quote mismatch' }
    }
    if (!tracker.book.crossed) {
      crossedSince = undefined
      crossedRun = 0
      return 'fine'
    }
    counts.crossed++
    if (crossedSince === undefined) crossedSince = tracker.tsLocal
    crossedRun++
    if (!guard.halted && (crossedRun > crossedEvents || tracker.tsLocal - crossedSince >= crossedMicros)) return { resync: 'crossed' }
    return crossedRun === 1 ? 'crossed' : 'fine'
  }

  function compareWaiting(): boolean {
    let agreed = true
    if (quotes.size === 0) return true
    for (const [at, quote] of quotes) {
      if (at > seq) break
      quotes.delete(at)
      if (at === seq) agreed = compare(quote)
    }
    return agreed
  }

  function compare(quote: Quote): boolean {
    const { book } = tracker
    if (book.bidKnownDepth === 0 || book.askKnownDepth === 0) return true
    counts.quotesCompared++
    const agreed =
      same(prices, quote.bid, quote.bidSize, book.bidTicks(0)) && sizes.toCount(quote.bidSize) === book.bidLots(0)
      && same(prices, quote.ask, quote.askSize, book.askTicks(0)) && sizes.toCount(quote.askSize) === book.askLots(0)
    if (!agreed) counts.quoteMismatches++
    return agreed
  }

  const guard: BookGuard = {
    tracker,
    halted: false,
    get crossedSince() {
      return crossedSince
    },
    get shallow() {
      const { book } = tracker
      return book.synced && (book.bidKnownDepth < knownLevels || book.askKnownDepth < knownLevels)
    },
    observe(event) {
      tracker.apply(event, staged)
      if (event.kind === 'snapshot') staged = undefined
      else if (event.kind === 'instrument') {
        prices = decimalGrid(event.definition.tickSize)
        sizes = decimalGrid(event.definition.lotSize)
        quotes.clear()
      }
      return judge(event.seq)
    },
    *stage(contents) {
      const built = new StagedBook(tracker.instrument, contents)
      while (built.take(stagedRows)) yield
      staged = built
    },
    observeLevels(levels, tsExchange, tsLocal, number) {
      tracker.applyLevels(levels, tsExchange, tsLocal)
      return judge(number)
    },
    quote(quote) {
      if (quote.seq === seq) return compare(quote)
      if (!(quote.seq < seq)) {
        quotes.set(quote.seq, quote)
        if (quotes.size > maxQuotes) quotes.delete(quotes.keys().next().value!)
      }
      return true
    },
  }
  return guard
}

/** An empty side is a quote of size 0, and a book without a best level. */
const same = (prices: DecimalGrid, price: number, size: number, ticks: number): boolean =>
  size === 0 ? Number.isNaN(ticks) : prices.toCount(price) === ticks
