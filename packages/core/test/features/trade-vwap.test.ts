import fc from 'fast-check'
import { describe, it } from 'vitest'
import { tradeVwap } from '../../src/kernel.js'
import { naiveWindows } from '../naive-window.js'
import { randomSpan } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'
import { meanByLots, tradedTicks } from './traded-ticks.js'

describe('tradeVwap', () => {
  it('equals the mean price by lots over random windows, whoever took', () => {
    fc.assert(
      fc.property(tradedTicks, randomSpan, (ticks, span) => {
        const expected = naiveWindows(ticks, span, false).map((window) => meanByLots((window ?? []).filter(({ tradeSize }) => tradeSize > 0).map(({ tradeTicks, tradeSize }) => [tradeTicks, tradeSize])))
        expectClose(runColumn(tradeVwap(span), ticks), expected, 1e-12)
      }),
    )
  })
})
