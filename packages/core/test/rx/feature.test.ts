import { feature, ofi, realizedVolatility, rollingOfi, topVolume, trackBook, tradeFlow, tradeFlowImbalance, type Feature, type MarketEvent } from '@rxlob/core'
import fc from 'fast-check'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { madeStream } from '../made-sources.js'
import { naiveRows } from '../naive-rows.js'
import { equity, session } from '../session.js'
import { operatorSuite } from './operator-suite.js'

const numbersOf = (events: readonly MarketEvent[], definition: Feature): number[] => {
  const numbers: number[] = []
  from(events).pipe(trackBook({ depth: Math.max(1, definition.depth) }), feature(definition)).subscribe((value) => numbers.push(value))
  return numbers
}

describe('feature', () => {
  const interleaved = (): MarketEvent[] => {
    const a = session()
    const b = session({ ...equity, id: 'test:XYZ' })
    return [
      a.instrument(), b.instrument(), a.snapshot([[10, 5]], [[10.02, 7]]), b.snapshot([[10, 1]], [[10.02, 1]]), a.delta([[10, 9]], []), b.delta([[10, 0], [9.99, 4]], []),
      a.status('gap'), a.snapshot([[10, 5]], [[10.02, 7]]), b.delta([[9.99, 5]], []), a.delta([[10, 6]], []),
    ]
  }
  operatorSuite({
    operator: () => (source) => source.pipe(trackBook(), feature(ofi())),
    inputs: interleaved,
    outputs: [undefined, undefined, NaN, NaN, 4, -1, undefined, NaN, 1, 1],
  })

  it.each([ofi({ levels: 3 }), rollingOfi({ ticks: 7 }), realizedVolatility({ micros: 300_000 }), tradeFlow(), tradeFlowImbalance({ ticks: 7 }), topVolume({ levels: 2 })])(
    'gives the first column of a loop over the reference book: $name',
    (definition) => {
      fc.assert(
        fc.property(madeStream({ events: 250, instruments: 3, minLevels: 3 }), (events) => {
          expect(numbersOf(events, definition)).toEqual(naiveRows(events, [definition]).map(({ values }) => values[0]))
        }),
        { numRuns: 15 },
      )
    },
  )
})
