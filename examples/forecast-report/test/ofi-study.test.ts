// Order flow and mid moves of the public NASDAQ sample day against figures computed with numpy from the raw files.
import { lobster } from '@rxlob/adapters-lobster'
import { collectFrame } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { studyFeatures, studyOfi, type WindowFits } from '../ofi-study.ts'

const folder = process.env.RXLOB_DATA
const opening = Date.UTC(2012, 5, 21, 13, 30) * 1000

/** R2 at 1, 5, 10, 30, 60 and 300 seconds. */
const days = [
  { symbol: 'GOOG', levels: 10, ofi: [0.1792, 0.1937, 0.1638, 0.1334, 0.1068, 0.1087], logOfi: [0.2451, 0.2019, 0.1498, 0.0996, 0.0587, 0.0557], trades: { 1: 0.152, 10: 0.246, 60: 0.268 } },
  { symbol: 'AAPL', levels: 1, ofi: [0.3082, 0.3723, 0.4116, 0.477, 0.5453, 0.5904], logOfi: [0.532, 0.5703, 0.589, 0.6042, 0.6615, 0.6054], trades: { 1: 0.244, 10: 0.334, 60: 0.415 } },
] as const

async function fitsOf(symbol: string, levels: number): Promise<WindowFits[]> {
  const frame = await collectFrame(lobster({ folder: `${folder}/lobster`, symbol, levels }), studyFeatures(levels))
  return studyOfi(frame, { tickSize: 0.01, origin: opening, skipRows: 2 }).map(({ fits }) => fits)
}

describe.skipIf(folder === undefined)('the order-flow study of the sample day', () => {
  it.each(days)('$symbol', async ({ symbol, levels, ofi, logOfi, trades }) => {
    const fits = await fitsOf(symbol, levels)
    for (const [n, fit] of fits.entries()) {
      expect(Math.abs(fit.ofi.r2 - ofi[n]!), `OFI, ${fit.seconds} s`).toBeLessThan(0.00006)
      expect(Math.abs(fit.logOfi.r2 - logOfi[n]!), `log-OFI, ${fit.seconds} s`).toBeLessThan(0.00006)
      const expected = (trades as Record<number, number>)[fit.seconds]
      if (expected !== undefined) expect(Math.abs(fit.tradeImbalance.r2 - expected), `trades, ${fit.seconds} s`).toBeLessThanOrEqual(0.001)
    }
  })

  it('GOOG: slopes, the next window, and all levels in sample and out', async () => {
    const fits = Object.fromEntries((await fitsOf('GOOG', 10)).map((fit) => [fit.seconds, fit]))
    expect([1, 10, 60].map((seconds) => fits[seconds]!.ofi.slope.toFixed(6))).toEqual(['0.008713', '0.005644', '0.003818'])
    expect([1, 10, 60].map((seconds) => fits[seconds]!.nextWindow.r2.toFixed(4))).toEqual(['0.0014', '0.0008', '0.0059'])
    expect([10, 60].map((seconds) => fits[seconds]!.integrated.r2.toFixed(3))).toEqual(['0.620', '0.661'])
    expect([10, 60].map((seconds) => fits[seconds]!.integrated.out.toFixed(3))).toEqual(['0.725', '0.785'])
  })
})
