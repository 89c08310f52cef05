import type { BacktestResult } from '../backtest-result.js'
import { resultInWords } from './result-in-words.js'

/** The main numbers of a run for a terminal. */
export function formatReport(result: BacktestResult): string {
  const { profitAndLoss: pnl, summary, currency } = result
  const row = (name: string, value: number, decimals = 2): string => `  ${name.padEnd(28)}${(Number.isNaN(value) ? '-' : value.toFixed(decimals)).padStart(16)}`
  return [
    resultInWords(result),
    '',
    `Profit and loss, ${currency}`,
    row('gross, at the mid', pnl.gross),
    row('- spread', pnl.spread),
    row('- impact', pnl.impact),
    row('- fees', pnl.fees),
    row('= net', pnl.net),
    row('net, if sold at the touch', result.liquidationNet),
    '',
    'Trading',
    row('fills', summary.fills, 0),
    row('maker fills', summary.makerFills, 0),
    row('closed round trips', summary.roundTrips, 0),
    row('win rate, net', summary.winRate, 3),
    row('profit factor, net', summary.profitFactor, 3),
    row('mean holding, s', summary.meanHoldingMicros / 1e6, 1),
    row('net per lot, ticks', summary.netTicksPerLot, 3),
    row('half spread per lot, ticks', summary.spreadTicksPerLot, 3),
    row('break-even fee, bps', summary.breakEvenFeeBps, 3),
    row('max drawdown', summary.maxDrawdown),
    row('max drawdown, s', summary.maxDrawdownMicros / 1e6, 0),
  ].join('\n')
}
