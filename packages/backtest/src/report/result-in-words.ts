import type { BacktestResult } from '../backtest-result.js'

/**
 * What a run found and how sure it is, in a few sentences that claim no more than the numbers do.
 *
 * @param trials Configurations that were tried in all, this one included. Default 1.
 */
export function resultInWords(result: BacktestResult, trials: number = 1): string {
  const { strategy, sources, summary, profitAndLoss: pnl, currency, models, counts } = result
  const { sharpe } = summary
  const money = (value: number): string => `${value.toFixed(2)} ${currency}`
  const days = (result.to - result.from) / 86_400e6
  const sentences = [
    `On ${sources.join(' and ')} from ${result.fromTime} to ${result.toTime}, ${strategy} made ${money(pnl.net)} after costs: ${money(pnl.gross)} gross at the mid, less ${money(pnl.spread)} spread, ${money(pnl.impact)} impact and ${money(pnl.fees)} fees (${models.latency}, queue ${models.queue}, costs ${models.cost}).`,
    summary.fills === 0
      ? 'It traded nothing.'
      : `It filled ${summary.tradedLots.toLocaleString('en')} lots in ${summary.fills.toLocaleString('en')} fills, ${((100 * summary.makerFills) / summary.fills).toFixed(0)} % of them as maker, and would have broken even at fees of ${summary.breakEvenFeeBps.toFixed(3)} bps of the value traded.`,
  ]
  if (models.takerFills !== 'book') sentences.push('Takers were filled at the mid, which no venue does: the result is a fiction for comparison.')
  const shaky = days < 60 ? `${days < 1 ? 'Less than a day' : `${days.toFixed(0)} days`} of data cannot establish a Sharpe ratio; nothing is annualised.` : ''
  if (!Number.isNaN(sharpe.perInterval)) {
    sentences.push(
      `Net returns of ${sharpe.intervals} intervals have a Sharpe ratio of ${sharpe.perInterval.toFixed(3)} an interval (standard error ${sharpe.standardError.toFixed(3)}); the probability that the true one is above 0 is ${sharpe.probability.toFixed(3)}, if returns are independent and this was the only one tried. ${shaky}`.trim(),
    )
  }
  if (trials > 1) sentences.push(`${trials} configurations were tried; the best of them is expected to look good without any skill.`)
  const refused = Object.values(counts.rejected).reduce((sum, count) => sum + count, 0)
  const warnings = [
    [refused, 'messages were refused'], [counts.gaps, 'gaps froze trading'], [counts.halts, 'halts'], [counts.notFlattened, 'positions could not be closed'],
    [counts.negativeDelays, 'events reached us before they happened'], [counts.timeReversals, 'times went back'], [counts.lateEvents, 'events came later than allowed'], [counts.missingPredictions, 'predictions were missing'],
  ].filter(([count]) => Number(count) > 0)
  if (warnings.length > 0) sentences.push(`On the way: ${warnings.map(([count, what]) => `${count!.toLocaleString('en')} ${what}`).join(', ')}.`)
  return sentences.join(' ')
}
