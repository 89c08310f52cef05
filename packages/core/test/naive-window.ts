import type { RollingSpan, Tick } from '../src/kernel.js'

/** For each row: the kept rows inside its window, as a list. Undefined where the row is dropped, or the span is not yet covered. */
export function naiveWindows(ticks: readonly Tick[], span: RollingSpan, readsBook: boolean): (Tick[] | undefined)[] {
  const keeps = ({ book }: Tick): boolean => !readsBook || (book.synced && !book.crossed)
  return ticks.map((tick, row) => {
    if (!keeps(tick)) return undefined
    const kept = ticks.slice(0, row + 1).filter(keeps)
    if (span.ticks !== undefined) return kept.length < span.ticks ? undefined : kept.slice(-span.ticks)
    if (tick.tsLocal - kept[0]!.tsLocal < span.micros) return undefined
    return kept.filter(({ tsLocal }) => tsLocal > tick.tsLocal - span.micros)
  })
}

/** (bid + ask) / 2, NaN on a one-sided book. */
export const naiveMid = ({ book }: Tick): number => (book.bidTicks(0) + book.askTicks(0)) / 2
