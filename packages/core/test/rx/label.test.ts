import { collectFrame, everyMidMove, label, midMove, midPrice, type Label, type Labeler, type MarketEvent } from '@rxlob/core'
import fc from 'fast-check'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { batchesFrom, eventSource, madeStream } from '../made-sources.js'
import { equity, session } from '../session.js'
import { operatorSuite } from './operator-suite.js'

const next = midMove({ rows: 1, kind: 'value' })

const labelsOf = (inputs: readonly unknown[], operator = label(next)): Label[] => {
  const labels: Label[] = []
  from(inputs as MarketEvent[]).pipe(operator).subscribe((one) => labels.push(one))
  return labels
}

/** Two instruments by turns, with a gap in one of them. */
function interleaved(): MarketEvent[] {
  const a = session()
  const b = session({ ...equity, id: 'test:XYZ', tickSize: 0.05 })
  return [
    a.instrument(), b.instrument(), a.snapshot([[10, 5]], [[10.02, 7]]), b.snapshot([[10, 5]], [[10.1, 7]]), a.delta([[10.01, 9]], []), b.delta([[10, 0]], []),
    a.status('gap'), a.snapshot([[9, 5]], [[10, 7]]), b.delta([[9.9, 1]], []), b.trade(10, 1), a.delta([[9.98, 1]], []),
  ]
}
const brief = ({ instrument, row, target }: Label): unknown => [instrument, row, target]
const interleavedLabels = [
  undefined, undefined, undefined, undefined, ['test:ABC', 0, 0.5], undefined,
  undefined, undefined, undefined, ['test:XYZ', 2, 0], ['test:ABC', 2, 49],
]

describe('label', () => {
  operatorSuite({ operator: () => label(next), inputs: interleaved, outputs: interleavedLabels, project: brief })

  it('gives the same labels of batches', async () => {
    expect(labelsOf(await batchesFrom(interleaved(), 2)).map(brief)).toEqual(interleavedLabels.filter((one) => one !== undefined))
  })

  it('gives the targets of collectFrame, each at the row that settles it', async () => {
    await fc.assert(
      fc.asyncProperty(madeStream({ events: 300 }), fc.integer({ min: 1, max: 8 }), fc.boolean(), async (events, rows, sampled) => {
        const labeler = midMove({ rows, kind: 'value' })
        const options = sampled ? { sample: everyMidMove() } : {}
        const { length, tsLocal, targets, settledRows } = await collectFrame(eventSource(events), [midPrice()], { ...options, labelers: { move: labeler } })
        const settled = Array.from({ length }, (_, row) => row).filter((row) => !Number.isNaN(targets.move![row]))
        expect(labelsOf(events, label(labeler, options))).toEqual(
          settled.map((row) => ({ instrument: events[0]!.instrument, row, target: targets.move![row], tsSettled: tsLocal[settledRows.move![row]!] })),
        )
      }),
      { numRuns: 30 },
    )
  })

  it('makes no label of a target of NaN', () => {
    const make = session()
    const evenOnly: Labeler<{ row: number }> = { ...next, init: () => ({ row: -1 }), step: (state, _, emit) => emit(0, ++state.row % 2 === 0 ? state.row : NaN) }
    expect(labelsOf([make.instrument(), ...Array.from({ length: 5 }, () => make.trade(10, 1))], label(evenOnly)).map(({ row, target }) => [row, target])).toEqual([[0, 0], [2, 2], [4, 4]])
  })
})
