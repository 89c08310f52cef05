// Boosted trees on a planted signal, and what they look at. node index.ts --help
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { simulator } from '@rxlob/adapters-simulator'
import { collectFrame, depthImbalance, everyMidMove, inputOf, midMove, ofi, queueImbalance, relativeSpread, rollingOfi, seededRandom, spread, tradeFlowImbalance, type LabelledFrame } from '@rxlob/core'
import { chronologicalSplit, meanInterval, negativeLogLikelihood } from '@rxlob/evaluation'
import { interventionalTreeShap, permutationImportance, treeShap } from '@rxlob/models/explain'
import { fitTrees, treeOutputs, windowRows } from '@rxlob/models/trees'
import { attributionBars, attributionSummary, attributionWaterfall, formatNumber, htmlReport, intervalBars } from '@rxlob/plots'

const help = `node index.ts [--minutes 60] [--seed 7] [--accuracy 0.65] [--out out/explain.html]

  --minutes   length of the simulated market
  --seed      of the market
  --accuracy  of the planted signal: what the best model reaches, 0.5 for none
  --out       the page to write`
const { values: flags } = parseArgs({ options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: '7' }, accuracy: { type: 'string', default: '0.65' }, out: { type: 'string', default: 'out/explain.html' }, help: { type: 'boolean', default: false } } })
if (flags.help) {
  console.log(help)
  process.exit(0)
}
const [minutes, seed, accuracy] = [Number(flags.minutes), Number(flags.seed), Number(flags.accuracy)]
if (!(minutes >= 5 && seed >= 0 && accuracy >= 0.5 && accuracy < 1)) {
  console.error(`Expected 5 minutes or more, a seed of 0 or more and an accuracy from 0.5 to below 1.\n\n${help}`)
  process.exit(2)
}

const source = simulator({ seed, durationMicros: minutes * 60e6, signal: { accuracy } })
const features = [queueImbalance(), depthImbalance({ levels: 5 }), ofi(), rollingOfi({ ticks: 100 }), spread(), relativeSpread(), tradeFlowImbalance({ ticks: 100 })]
const sample = everyMidMove()
const frame = withNoise(await collectFrame(source, features, { sample, labelers: { next: midMove({ rows: 1 }) } }))
const input = { ...inputOf(features, { length: 1, sample }), columns: frame.columns.map(({ name }) => name) }
const split = chronologicalSplit(frame.length, { horizon: { rows: 1 } })
// At every mid move the next one is up or down: there is no third class.
const part = ({ from, to }: { from: number; to: number }) => {
  const rows = windowRows({ frame, input, target: 'next', from, to })
  return { ...rows, targets: rows.targets.map((target) => (target === 2 ? 1 : 0)) }
}
const [train, validation, test] = [part(split.train), part(split.validation), part(split.test)]
const columns = input.columns.length
process.stderr.write(`${train.targets.length} rows to train, ${validation.targets.length} to stop by, ${test.targets.length} to test\n`)

const { ensemble, bestRound } = fitTrees({
  ...train, validation, columns, classes: 2, featureNames: input.columns, rounds: 300, learningRate: 0.05, leaves: 15, minLeafRows: 50,
  onRound: ({ round, validationLoss }) => void (round % 20 === 0 && process.stderr.write(`round ${round}: validation loss ${validationLoss!.toFixed(4)} nats\n`)),
})
const outputs = treeOutputs(ensemble, test.inputs)
const right = meanInterval(Float64Array.from(test.targets, (target, row) => Number(outputs[2 * row + 1]! > 0.5 === (target === 1))), { meanBlockRows: 20 })
const nll = negativeLogLikelihood(test.targets, outputs)
const share = train.targets.reduce((sum, target) => sum + target, 0) / train.targets.length
const majority = test.targets.filter((target) => target === (share > 0.5 ? 1 : 0)).length / test.targets.length

const explained = test.inputs.subarray(0, 2000 * columns)
const shap = treeShap(ensemble, explained)
const background = train.inputs.subarray(0, 50 * columns)
const intervened = interventionalTreeShap(ensemble, explained.subarray(0, 200 * columns), background)
const importance = await permutationImportance({ loss: (inputs) => negativeLogLikelihood(test.targets, treeOutputs(ensemble, inputs)), features: columns, inputs: test.inputs, blockRows: 10, repeats: 10 })

const data = { name: `simulated market, seed ${seed}, planted accuracy ${accuracy}`, period: `${minutes} minutes`, synthetic: true }
const output = 'log odds of up'
const order = input.columns.map((_, column) => column).sort((a, b) => importance.mean[b]! - importance.mean[a]!)
const spreadOf = (sign: number): number[] => order.map((column) => importance.mean[column]! + sign * 2 * importance.standardDeviation[column]!)
const strongest = Array.from({ length: shap.rows }, (_, row) => row).reduce((best, row) => (outputs[2 * row + 1]! > outputs[2 * best + 1]! ? row : best), 0)
const rowOf = (list: ArrayLike<number>): number[] => Array.from({ length: columns }, (_, column) => list[strongest * columns + column]!)
const accuracyText = `${formatNumber(100 * right.value, { decimals: 1 })} % [${formatNumber(100 * right.low, { decimals: 1 })}, ${formatNumber(100 * right.high, { decimals: 1 })}]`
const figures = [
  attributionSummary({ features: input.columns, values: shap.values, inputs: explained }, { data, output, measure: 'path-dependent SHAP' }),
  attributionBars({ features: input.columns, values: shap.values }, { data, output, measure: 'path-dependent SHAP' }),
  attributionBars({ features: input.columns, values: intervened.values }, { data, output, measure: 'interventional SHAP', title: 'What moves the output, by intervention' }),
  intervalBars({ names: order.map((column) => input.columns[column]!), values: order.map((column) => importance.mean[column]!), low: spreadOf(-1), high: spreadOf(1) }, { data, xTitle: 'Rise of the test loss (nats)', title: 'What the model cannot do without', intervalName: 'mean ± 2 standard deviations of 10 shuffles', decimals: 4 }),
  attributionWaterfall({ features: input.columns, values: rowOf(shap.values), inputs: rowOf(explained), base: shap.base[0]! }, { data, output, title: 'The most confident call of up' }),
]
const page = htmlReport({
  title: 'What the trees look at',
  subtitle: `${data.name}, ${data.period}`,
  sections: [
    { heading: 'The model', blocks: [{ kind: 'facts', facts: [['Rounds', bestRound], ['Test rows', test.targets.length], ['Accuracy', accuracyText], ['Planted accuracy', `${100 * accuracy} %`], ['Majority class', `${formatNumber(100 * majority, { decimals: 1 })} %`], ['Test loss (nats)', nll]] }] },
    { heading: 'What it looks at', blocks: figures.map((figure) => ({ kind: 'figure', figure }) as const) },
  ],
})
mkdirSync(dirname(flags.out), { recursive: true })
writeFileSync(flags.out, page)

console.log(`Synthetic data: ${data.name}, ${data.period}.`)
console.log(`Accuracy ${accuracyText} of ${test.targets.length} test rows; planted ${100 * accuracy} %, majority class ${(100 * majority).toFixed(1)} %.`)
console.log('column                    mean |SHAP|  by intervention  rise of loss')
const meanSize = (values: ArrayLike<number>, column: number): string => {
  let sum = 0
  for (let at = column; at < values.length; at += columns) sum += Math.abs(values[at]!)
  return (sum / (values.length / columns)).toFixed(4)
}
for (const column of order) console.log(`${input.columns[column]!.padEnd(26)}${meanSize(shap.values, column).padStart(10)}${meanSize(intervened.values, column).padStart(17)}${importance.mean[column]!.toFixed(4).padStart(14)}`)
console.log(`Figures: ${flags.out}`)

/** A column that knows nothing: an explanation that finds it important is wrong, or the model has overfitted. */
function withNoise(rows: LabelledFrame): LabelledFrame {
  const random = seededRandom(99)
  const width = rows.columns.length
  const values = new Float64Array(rows.length * (width + 1))
  for (let row = 0; row < rows.length; row++) {
    values.set(rows.values.subarray(row * width, (row + 1) * width), row * (width + 1))
    values[row * (width + 1) + width] = random()
  }
  return { ...rows, columns: [...rows.columns, { name: 'noise', unit: 'ratio' }], values }
}
