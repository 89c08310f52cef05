import type { ForecastStudy } from './forecast.ts'
import type { WindowStudy } from './ofi-study.ts'

const percent = (share: number, decimals = 1): string => `${(100 * share).toFixed(decimals)} %`
const interval = ({ value, low, high }: { value: number; low: number; high: number }): string => `${percent(value)} (95 % interval ${percent(low)} to ${percent(high)})`

/** What was and what was not found, in plain words. */
export function findings(name: string, period: string, synthetic: boolean, windows: readonly WindowStudy[], { report }: ForecastStudy): string {
  const ten = windows.find(({ fits }) => fits.seconds === 10)!.fits
  const baselines = Object.entries(report.baselines)
  const [bestName, best] = baselines.reduce((a, b) => (b[1].accuracy.value > a[1].accuracy.value ? b : a))
  const gain = best.difference.accuracy
  const verdict =
    gain.low > 0
      ? `better than the best baseline, ${words(bestName)}, by ${percent(gain.value)} (${percent(gain.low)} to ${percent(gain.high)})`
      : gain.high < 0
        ? `worse than the best baseline, ${words(bestName)}, by ${percent(-gain.value)} (${percent(-gain.high)} to ${percent(-gain.low)})`
        : `not distinguishable from the best baseline, ${words(bestName)}, at ${percent(best.accuracy.value)} (difference ${percent(gain.value)}, ${percent(gain.low)} to ${percent(gain.high)})`
  const beaten = baselines.filter(([, { difference }]) => difference.nll.high < 0).length
  return [
    `${synthetic ? 'On synthetic data (' : 'On '}${name}${synthetic ? ')' : ''}, ${period}: order flow and price moves of the same ten seconds go together (R² ${ten.ofi.r2.toFixed(3)} for the best level` +
      `${ten.integrated.explained < 1 ? `, ${ten.integrated.r2.toFixed(3)} for all levels together` : ''}), which explains and does not predict: the flow of one window tells next to nothing about the move of the next (R² ${ten.nextWindow.r2.toFixed(4)}).`,
    `The online learner called down, flat or up over the next ${'rows' in report.horizon ? `${report.horizon.rows} changes of the best quotes` : 'horizon'} right in ${interval(report.accuracy)} of ${report.rows} rows; the most frequent class alone makes ${percent(report.majorityShare)}. ` +
      `That is ${verdict}. Its probabilities have a lower log loss than ${beaten} of ${baselines.length} baselines, with an interval that excludes zero.`,
    synthetic
      ? 'None of this says anything about a market: the data were made by a simulator.'
      : 'One day of one stock calibrates software; it is no evidence that the forecast could be traded. The spread was not paid in any of these numbers.',
  ].join('\n\n')
}

export const words = (name: string): string => name.replaceAll('_', ' ')
