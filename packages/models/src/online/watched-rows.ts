import type { FeatureWindow, Horizon } from '@rxlob/core'
import type { SavedState } from '../bayes/saved-state.js'

/** Learned rows, and those of them that a change detector watches. */
export interface WatchedRows {
  /** Counts a learned row; whether it is watched: `may` be, and its horizon does not overlap with that of the last watched one of its instrument. */
  take(window: FeatureWindow, may: boolean): boolean
  /** Learned rows since the watched one so many watched ones ago (1: the last), that row included. */
  rowsSince(watched: number): number
  /** Forgets the watched rows; the next one is still chosen clear of the last. */
  restart(): void
  save(): unknown
  load(saved: SavedState): void
}

/**
 * Chooses rows whose horizons do not overlap. Outcomes of overlapping horizons come in runs, right or wrong together, and a detector that
 * takes each for news calls a change wherever one long move happens.
 *
 * @param most Watched rows that are remembered.
 */
export function watchedRows(horizon: Horizon, most: number): WatchedRows {
  const last = new Map<string, { readonly row: number; readonly tsLocal: number }>()
  let learned = 0
  /** Count of learned rows at each watched one, oldest first. */
  let marks: number[] = []
  const overlaps = ({ instrument, row, tsLocal }: FeatureWindow): boolean => {
    const before = last.get(instrument)
    // A row number or a time that goes back begins a new session.
    if (before === undefined || row < before.row || tsLocal < before.tsLocal) return false
    return 'rows' in horizon ? row < before.row + horizon.rows : tsLocal < before.tsLocal + horizon.micros
  }
  return {
    take(window, may) {
      learned++
      if (!may || overlaps(window)) return false
      last.set(window.instrument, { row: window.row, tsLocal: window.tsLocal })
      marks.push(learned)
      // In bulk: shifting an array of hundreds at every row would cost more than the detector's bookkeeping.
      if (marks.length > 2 * most) marks = marks.slice(-most)
      return true
    },
    rowsSince: (watched) => learned - marks.at(-Math.min(watched, marks.length))! + 1,
    restart() {
      marks = []
    },
    save: () => ({ learned, marks: marks.slice(-most), last: [...last].map(([instrument, { row, tsLocal }]) => ({ instrument, row, tsLocal })) }),
    load(saved) {
      const [count, loaded] = [saved.number('learned'), saved.numbers('marks')]
      const entries = saved.states('last').map((entry) => [entry.text('instrument'), { row: entry.number('row'), tsLocal: entry.number('tsLocal') }] as const)
      learned = count
      marks = loaded
      last.clear()
      for (const [instrument, place] of entries) last.set(instrument, place)
    },
  }
}
