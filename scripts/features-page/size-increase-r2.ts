import { collectFrame, frameBars, midPrice, ofi, sizeIncreaseImbalance, type Source } from '@rxlob/core'
import { olsRegression } from '@rxlob/evaluation'

export interface SizeIncreaseRow {
  readonly seconds: number
  readonly windows: number
  /** R2 of the mid's change in the same window, by column. */
  readonly r2: Readonly<Record<string, number>>
}

/** How much of the mid's changes goes with either imbalance in the same window, over windows of several lengths. */
export async function sizeIncreaseR2(source: Source, levels: number, tickSize: number): Promise<SizeIncreaseRow[]> {
  const columns = ['ofi_1', `ofi_${levels}`, 'size_increase_imbalance_1', `size_increase_imbalance_${levels}`] as const
  const frame = await collectFrame(source, [midPrice(), ofi(), ofi({ levels }), sizeIncreaseImbalance(), sizeIncreaseImbalance({ levels })])
  const origin = Math.floor(frame.tsExchange[0]! / 1800e6) * 1800e6
  return [1, 5, 10, 30, 60, 300].map((seconds) => {
    const bars = frameBars(frame, { micros: seconds * 1e6, origin, skipRows: 1, sum: columns, close: ['mid_price'] })
    const mids = bars.columns['mid_price']!
    const moves = mids.map((mid, bar) => (mid - (bar === 0 ? bars.before['mid_price']! : mids[bar - 1]!)) / tickSize)
    return { seconds, windows: bars.length, r2: Object.fromEntries(columns.map((name) => [name, olsRegression(bars.columns[name]!, moves).r2])) }
  })
}
