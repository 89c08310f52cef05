import type { Results } from './results.ts'

/** The main numbers, on the terminal. */
export function printResults({ data, book, ofi, forecast, timing }: Results, summary: string, path: string): void {
  const r2 = (value: number): string => value.toFixed(4).padStart(8)
  const lines = [
    '',
    `${data.name}, ${data.period}: ${data.rows.toLocaleString('en')} rows`,
    ...(book.mismatches === undefined ? [] : [`book against file: ${book.mismatches} mismatches, ${book.messageMismatches} message mismatches, ${book.unseenOrderIds.toLocaleString('en')} messages with unseen ids`]),
    `mean spread ${book.meanSpreadTicks.toFixed(2)} ticks, ${book.trades.toLocaleString('en')} trades, ${book.crossed} crossed`,
    '',
    'R2 of mid moves   OFI  log-OFI   trades  sz.incr   levels      out     next',
    ...Object.entries(ofi).map(([window, fits]) => `${window.padStart(12)}${[fits.ofi, fits.logOfi, fits.tradeImbalance, fits.sizeIncrease, fits.integrated].map((fit) => r2(fit.r2)).join(' ')} ${r2(fits.integrated.out)} ${r2(fits.nextWindow.r2)}`),
    '',
    `forecast, next ${forecast.horizon.rows} changes of the best quotes, ${forecast.rows.toLocaleString('en')} rows`,
    ...[['bayesian_logistic', forecast] as const, ...Object.entries(forecast.baselines)].map(
      ([name, { accuracy, nll }]) => `  ${name.padEnd(24)} accuracy ${accuracy.value.toFixed(4)} (${accuracy.low.toFixed(4)} to ${accuracy.high.toFixed(4)})  log loss ${nll.value.toFixed(4)}`,
    ),
    '',
    summary,
    '',
    `${timing.events.toLocaleString('en')} messages in ${timing.seconds.toFixed(1)} s; ${Math.round(timing.eventsPerSecond).toLocaleString('en')} a second through book and features; peak memory ${timing.peakRssMb.toFixed(0)} MB`,
    `report: ${path}`,
  ]
  console.log(lines.join('\n'))
}
