import { handInstrument } from '../hand-tick.js'
import type { Labeler, Tick } from '../../src/kernel.js'

/** The target of every row, NaN where it never settled. Its state goes through structuredClone half-way. */
export function runLabeler(labeler: Labeler, ticks: readonly Tick[]): number[] {
  const targets = ticks.map(() => NaN)
  let state = labeler.init(handInstrument)
  ticks.forEach((tick, row) => {
    if (row === ticks.length >> 1) state = structuredClone(state)
    labeler.step(state, tick, (rowsAgo, target) => {
      if (!Number.isNaN(targets[row - rowsAgo])) throw new Error(`Row ${row - rowsAgo} settles twice.`)
      targets[row - rowsAgo] = target
    })
  })
  return targets
}

/** The row at which each label was emitted, as rows after the labelled one. */
export function delaysOf(labeler: Labeler, ticks: readonly Tick[]): Set<number> {
  const delays = new Set<number>()
  const state: unknown = labeler.init(handInstrument)
  for (const tick of ticks) labeler.step(state, tick, (rowsAgo) => delays.add(rowsAgo))
  return delays
}
