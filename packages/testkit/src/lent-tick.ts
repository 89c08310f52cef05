import type { BookView, LevelChanges, Tick } from '@rxlob/core'

/** A tick that is reused, as the live one is: it shows `current`, and nonsense once `current` is taken away. */
export interface LentTick {
  readonly tick: Tick
  lend(current: Tick): void
  /** From here until the next `lend` whoever still looks sees numbers that no market gave. */
  scramble(): void
}

const nonsense = -987_654.25

/** One object for all ticks of a run. A feature that keeps the tick, its book or its changes is found out by it. */
export function lentTick(): LentTick {
  let shown: Tick | undefined
  const book: BookView = {
    get tickSize() { return shown?.book.tickSize ?? nonsense },
    get lotSize() { return shown?.book.lotSize ?? nonsense },
    get synced() { return shown?.book.synced ?? true },
    get crossed() { return shown?.book.crossed ?? false },
    get bidDepth() { return shown?.book.bidDepth ?? 77 },
    get askDepth() { return shown?.book.askDepth ?? 78 },
    get bidKnownDepth() { return shown?.book.bidKnownDepth ?? 79 },
    get askKnownDepth() { return shown?.book.askKnownDepth ?? 80 },
    bidTicks: (level) => (shown ? shown.book.bidTicks(level) : nonsense),
    askTicks: (level) => (shown ? shown.book.askTicks(level) : nonsense),
    bidLots: (level) => (shown ? shown.book.bidLots(level) : nonsense),
    askLots: (level) => (shown ? shown.book.askLots(level) : nonsense),
  }
  const changes: LevelChanges = {
    get length() { return shown?.changes.length ?? 3 },
    get shallowest() { return shown?.changes.shallowest ?? 0 },
    side: (row) => (shown ? shown.changes.side(row) : -1),
    ticks: (row) => (shown ? shown.changes.ticks(row) : nonsense),
    lotsBefore: (row) => (shown ? shown.changes.lotsBefore(row) : nonsense),
    lotsAfter: (row) => (shown ? shown.changes.lotsAfter(row) : nonsense),
    cause: (row) => (shown ? shown.changes.cause(row) : 'set'),
  }
  const tick: Tick = {
    get kind() { return shown?.kind ?? 'status' },
    get ordinal() { return shown?.ordinal ?? nonsense },
    get instrument() { return shown?.instrument ?? nobody },
    get tsExchange() { return shown?.tsExchange ?? nonsense },
    get tsLocal() { return shown?.tsLocal ?? nonsense },
    get tradeTicks() { return shown?.tradeTicks ?? nonsense },
    get tradeLots() { return shown?.tradeLots ?? nonsense },
    get tradeSize() { return shown?.tradeSize ?? nonsense },
    get tradePrint() { return shown ? shown.tradePrint : 'off-book' },
    get orderLotsAhead() { return shown ? shown.orderLotsAhead : nonsense },
    book,
    changes,
  }
  return {
    tick,
    lend: (current) => void (shown = current),
    scramble: () => void (shown = undefined),
  }
}

const nobody: Tick['instrument'] = {
  id: 'nobody:NOTHING', venue: 'nobody', symbol: 'NOTHING', kind: 'spot', base: 'NOTHING', quote: 'NOTHING', settle: 'NOTHING',
  contract: 'linear', tickSize: nonsense, lotSize: nonsense, multiplier: nonsense,
}
