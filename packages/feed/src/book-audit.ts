import { decimalGrid, type BookSnapshot, type BookTracker, type Lots, type PriceLevel, type Ticks } from '@rxlob/core'

/**
 * What an audit found: both books agree; they differ, which may be the time between them (look again soon); or a level differs in the
 * same way as when it was looked at before, which no time explains.
 */
export type AuditVerdict = 'agrees' | 'look again' | 'differs'

/** Compares a book with what the venue's REST interface says it is: for streams without numbers, where a loss is invisible. */
export interface BookAudit {
  check(tracker: BookTracker, told: BookSnapshot): AuditVerdict
  /** The book began again: what was found before says nothing about it. */
  forget(): void
}

/** Two looks closer than this are one: what is on its way may still be on its way. */
const apartMicros = 1_500_000

/** A price where the books differ: lots of our book and lots told. */
interface Difference {
  readonly held: Lots
  readonly told: Lots
}

/**
 * The two books are never of the same instant, so one look proves nothing: a level is wrong only where two looks, some seconds apart,
 * show the same two different sizes. Levels beyond the last one told are not compared. Cost: O(levels) a look.
 */
export function bookAudit(): BookAudit {
  let suspects: ReadonlyMap<string, Difference> | undefined
  let looked: Pick<BookSnapshot, 'tsExchange' | 'tsLocal'> | undefined

  /** Too soon after the first look, or the same answer out of a cache. */
  const sameLook = ({ tsExchange, tsLocal }: BookSnapshot): boolean =>
    looked !== undefined && (tsLocal - looked.tsLocal < apartMicros || tsExchange === looked.tsExchange)

  return {
    check(tracker, told) {
      const found = differences(tracker, told)
      const before = suspects
      if (found.size > 0 && before !== undefined && sameLook(told)) return 'look again'
      suspects = undefined
      if (found.size === 0) return 'agrees'
      if (before === undefined) {
        suspects = found
        looked = told
        return 'look again'
      }
      for (const [level, { held, told: said }] of found) {
        const known = before.get(level)
        if (known !== undefined && known.held === held && known.told === said) return 'differs'
      }
      return 'agrees'
    },
    forget() {
      suspects = undefined
    },
  }
}

function differences({ book, instrument }: BookTracker, { bids, asks }: BookSnapshot): Map<string, Difference> {
  const prices = decimalGrid(instrument.tickSize)
  const sizes = decimalGrid(instrument.lotSize)
  const found = new Map<string, Difference>()

  function compare(side: 'bid' | 'ask', told: readonly PriceLevel[], depth: number, ticksAt: (level: number) => Ticks, lotsAt: (level: number) => Lots): void {
    if (told.length === 0) return
    const said = new Map(told.map(([price, size]) => [prices.toCount(price), sizes.toCount(size)]))
    const last = prices.toCount(told.at(-1)![0])
    const within = (ticks: Ticks): boolean => (side === 'bid' ? ticks >= last : ticks <= last)
    for (let level = 0; level < depth && within(ticksAt(level)); level++) {
      const ticks = ticksAt(level)
      const lots = said.get(ticks) ?? 0
      said.delete(ticks)
      if (lots !== lotsAt(level)) found.set(`${side} ${ticks}`, { held: lotsAt(level), told: lots })
    }
    for (const [ticks, lots] of said) found.set(`${side} ${ticks}`, { held: 0, told: lots })
  }

  compare('bid', bids, book.bidDepth, (level) => book.bidTicks(level), (level) => book.bidLots(level))
  compare('ask', asks, book.askDepth, (level) => book.askTicks(level), (level) => book.askLots(level))
  return found
}
