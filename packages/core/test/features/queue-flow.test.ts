import { describe, expect, it } from 'vitest'
import type { ChangeCause } from '../../src/kernel.js'
import { queueFlow } from '../../src/features/queue-flow.js'
import { handTick, type HandChange, type HandTickSpec } from '../hand-tick.js'

/** [bid, ask] of adds, added lots, cancels, cancelled lots after the last of the events. */
function flowOf(...specs: HandTickSpec[]): number[][] {
  const flow = queueFlow.init()
  for (const spec of specs) queueFlow.read(flow, handTick(spec))
  return [flow.adds, flow.addedLots, flow.cancels, flow.cancelledLots].map((sides) => [...sides])
}
const change = (...row: HandChange): HandTickSpec => ({ kind: 'delta', changes: [row] })
const nothing = [[0, 0], [0, 0], [0, 0], [0, 0]]

describe('queueFlow', () => {
  it('counts orders that arrive and orders that are cancelled, each side apart', () => {
    expect(flowOf(change(1, 100, 5, 9, 'add'))).toEqual([[1, 0], [4, 0], [0, 0], [0, 0]])
    expect(flowOf(change(-1, 102, 9, 7, 'cancel'))).toEqual([[0, 0], [0, 0], [0, 1], [0, 2]])
    expect(flowOf({ kind: 'order', changes: [[1, 100, 5, 2, 'replace'], [1, 101, 0, 3, 'replace']] })).toEqual([[1, 0], [3, 0], [1, 0], [3, 0]])
  })

  it('takes fills, snapshots and levels that scroll for neither', () => {
    for (const cause of ['fill', 'snapshot', 'scroll'] satisfies ChangeCause[]) {
      expect({ cause, flow: flowOf(change(1, 100, 9, 5, cause)) }).toEqual({ cause, flow: nothing })
      expect({ cause, flow: flowOf(change(1, 100, 5, 9, cause)) }).toEqual({ cause, flow: nothing })
    }
  })

  it('starts from nothing at each event', () => {
    expect(flowOf(change(1, 100, 5, 9, 'add'), {})).toEqual(nothing)
  })

  it('explains a smaller total by what traded there first, and cancels the rest', () => {
    const bought = (lots: number, ticks = 102): HandTickSpec => ({ trade: { lots, ticks } })
    const shrink = change(-1, 102, 9, 2, 'set')
    expect(flowOf(shrink)[3]).toEqual([0, 7])
    expect(flowOf(bought(3), bought(1), shrink)[3]).toEqual([0, 3])
    expect(flowOf(bought(7), shrink)).toEqual(nothing)
    expect(flowOf(bought(50), shrink)).toEqual(nothing)
    // Once only, at that price only, on the side that was hit only; either side where the taker is unknown.
    expect(flowOf(bought(3), shrink, change(-1, 102, 2, 0, 'set'))[3]).toEqual([0, 2])
    expect(flowOf(bought(3, 103), shrink)[3]).toEqual([0, 7])
    expect(flowOf(bought(-3), shrink)[3]).toEqual([0, 7])
    expect(flowOf({ trade: { lots: NaN, size: 3, ticks: 102 } }, shrink)[3]).toEqual([0, 4])
  })

  it('forgets what traded at a level that grew meanwhile, and everything at a snapshot', () => {
    const sold: HandTickSpec = { trade: { lots: -4, ticks: 100 } }
    expect(flowOf(sold, change(1, 100, 10, 12, 'set'))).toEqual([[1, 0], [2, 0], [0, 0], [0, 0]])
    expect(flowOf(sold, change(1, 100, 10, 12, 'set'), change(1, 100, 12, 8, 'set'))[3]).toEqual([4, 0])
    expect(flowOf(sold, { kind: 'snapshot' }, change(1, 100, 10, 6, 'set'))[3]).toEqual([4, 0])
  })

  it('leaves hidden, crossing and off-book prints out of the queues', () => {
    for (const print of ['hidden', 'cross', 'off-book'] as const) {
      const cancelledLots = flowOf({ trade: { lots: -4, ticks: 100, print } }, change(1, 100, 10, 6, 'set'))[3]
      expect({ print, cancelledLots }).toEqual({ print, cancelledLots: [4, 0] })
    }
  })

  it('keeps the 64 newest trades waiting', () => {
    const trades = Array.from({ length: 65 }, (_, i): HandTickSpec => ({ trade: { lots: -4, ticks: 100 + i } }))
    expect(flowOf(...trades, change(1, 100, 10, 6, 'set'))[3]).toEqual([4, 0])
    for (const ticks of [101, 130, 164]) expect(flowOf(...trades, change(1, ticks, 10, 6, 'set'))[3]).toEqual([0, 0])
  })
})
