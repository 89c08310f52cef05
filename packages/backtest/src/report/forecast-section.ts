import type { Evaluation } from '@rxlob/evaluation'
import { confusionMatrix, lineFigure, reliabilityDiagram, type DataSource, type ReportBlock, type ReportColumn } from '@rxlob/plots'
import { isoTime } from '@rxlob/core'

const number = (name: string, decimals: number): ReportColumn => ({ name, align: 'number', decimals })

/** What the forecasts were worth before anything was traded: by fold, by class, by stated probability. */
export function forecastSection({ report, folds, reliability, precisionAt, predictions }: Evaluation, data: DataSource): ReportBlock[] {
  const { classes } = predictions
  const { accuracy, nll, mcc, baselines } = report
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`
  const others = Object.entries(baselines).map(([name, { difference }]) => `${name} by ${difference.nll.value.toFixed(4)} nats (${difference.nll.low.toFixed(4)} to ${difference.nll.high.toFixed(4)})`)
  return [
    {
      kind: 'text',
      text: `Out of sample, ${report.name} was right on ${share(accuracy.value)} of ${report.rows.toLocaleString('en')} rows (95 % interval ${share(accuracy.low)} to ${share(accuracy.high)}; the most frequent class had ${share(report.majorityShare)}), with MCC ${mcc.value.toFixed(3)} (${mcc.low.toFixed(3)} to ${mcc.high.toFixed(3)}) and log loss ${nll.value.toFixed(4)}.${others.length > 0 ? ` Its log loss differs from that of ${others.join(', of ')}; below 0 is better.` : ''}`,
    },
    {
      kind: 'table',
      caption: 'Every fold: fitted to what was known before it, scored on what came after. Times UTC.',
      columns: [{ name: 'Fold' }, { name: 'Test from' }, { name: 'Model' }, number('train rows', 0), number('test rows', 0), number('accuracy', 3), number('macro F1', 3), number('MCC', 3), number('log loss', 4), number('Brier', 4), number('RPS', 4)],
      rows: folds.flatMap(({ from, trainRows, testRows, scores }, fold) => scores.map((score) => [String(fold + 1), isoTime(from).slice(11, 19), score.model, trainRows, testRows, score.accuracy, score.macroF1, score.mcc, score.nll, score.brier, score.rps])),
    },
    { kind: 'figure', figure: confusionMatrix({ classes, counts: report.confusion.flat() }, { data }) },
    {
      kind: 'figure',
      figure: reliabilityDiagram([{ name: report.name, predicted: reliability.map(({ confidence }) => confidence), observed: reliability.map(({ accuracy: right }) => right), counts: reliability.map(({ rows }) => rows) }], { data }),
    },
    {
      kind: 'figure',
      figure: lineFigure(
        { x: precisionAt[0]!.shares.map((taken) => 100 * taken), series: precisionAt.map(({ name, precision }) => ({ name, values: precision })) },
        { data, xTitle: 'Rows taken, the most probable first, %', yTitle: 'Share that came true', title: 'Precision among the most probable' },
      ),
    },
  ]
}
