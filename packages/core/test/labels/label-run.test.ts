import { BookTracker, labelRun, type Labeler, type MarketEvent } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { equity, session } from '../session.js'

/** Settles each row with the next one. */
const next: Labeler<{ row: number }> = {
  name: 'next',
  output: { kind: 'value', unit: 'ticks', horizon: { rows: 1 } },
  init: () => ({ row: 0 }),
  step(state, tick, emit) {
    if (state.row++ > 0) emit(1, tick.tradeSize)
  },
}

function labelsOf(events: readonly MarketEvent[]): [row: number, target: number][] {
  const tracker = new BookTracker(equity)
  const labels: [number, number][] = []
  const run = labelRun(next, tracker, (row, target) => labels.push([row, target]))
  let rows = 0
  for (const event of events) if (tracker.apply(event)) run.step(rows++)
  return labels
}

describe('labelRun', () => {
  it('numbers rows from how long ago they were', () => {
    const make = session()
    expect(labelsOf([make.trade(10, 1), make.trade(10, 2), make.trade(10, 3)])).toEqual([[0, 2], [1, 3]])
  })

  it.each(['gap', 'session', 'halted', 'resumed', 'ended'] as const)('voids what is pending at %s, and goes on numbering', (status) => {
    const make = session()
    expect(labelsOf([make.trade(10, 1), make.status(status), make.trade(10, 2), make.trade(10, 3)])).toEqual([[1, 3]])
  })

  it('voids nothing at a status that starts nothing again', () => {
    const make = session()
    expect(labelsOf([make.trade(10, 1), make.status('crossed'), make.trade(10, 2)])).toEqual([[0, 2]])
  })

  it('voids what is pending where the instrument changes, and where the book proves wrong', () => {
    const make = session()
    const other = session({ ...equity, tickSize: 0.05 }).instrument()
    expect(labelsOf([make.trade(10, 1), make.instrument(), make.trade(10, 2), other, make.trade(10, 3), make.trade(10, 4)])).toEqual([[0, 2], [2, 4]])
    expect(labelsOf([make.snapshot([[10, 5]], []), make.trade(10, 2), make.delta([[10, -1]], []), make.trade(10, 3)])).toEqual([[0, 2], [2, 3]])
  })
})
