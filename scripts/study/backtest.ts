// Strategies at every latency and fee over the simulator, the LOBSTER days and the Binance captures at hand, against no trade, always long and
// random entry: RXLOB_DATA=folder npm run study:backtest [-- part of a name]. Numbers and figures of summaries go to results/, and for the simulator
// the predictions and the page too; those of real data, from which the data could be told, stay in out/results/, which is never committed.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backtest, constantLatency, imbalanceMarketMaker, logQueue, noCost, pessimisticQueue, powerQueue, powerQueue2, powerQueue3, queueTruth, type QueueTruth } from '@rxlob/backtest'
import { batchesOf, type Source } from '@rxlob/core'
import { dataSets, type DataSet } from './backtest/data-sets.ts'
import { figures } from './backtest/figures.ts'
import { forecast, predictionsCsv, report } from './backtest/forecast.ts'
import { grid } from './backtest/grid.ts'
import { page, type Findings } from './backtest/page.ts'
import { inMemory } from './in-memory.ts'

const date = new Date().toISOString().slice(0, 10)

async function study(set: DataSet): Promise<Findings & { readonly source: Source }> {
  const source = await inMemory(set.source)
  const { hash, events } = await identity(source)
  const found = await grid(set, source, (runs) => process.stderr.write(`\r${set.slug}: run ${runs}  `))
  process.stderr.write('\n')
  const truths: QueueTruth[] = []
  if (source.supports.book === 'l3') for (const queue of ['fifo', pessimisticQueue(), powerQueue(), powerQueue2(), powerQueue3(), logQueue()] as const) truths.push(await queueTruth(source, queue))
  let cpuSeconds = Infinity
  for (let round = 0; round < 6; round++) {
    const before = process.cpuUsage()
    await backtest({ source, strategy: imbalanceMarketMaker({ lots: found.makerLots, maxPositionLots: 5 * found.makerLots }), latency: constantLatency({ micros: 1000 }), cost: noCost(), clockOffsetMicros: found.clockOffsetMicros })
    cpuSeconds = Math.min(cpuSeconds, process.cpuUsage(before).user / 1e6)
  }
  return { set, source, grid: found, truths, events, hash, date, cpuSeconds }
}

/** What the data were, so that anyone can tell whether theirs are the same. */
async function identity(source: Source): Promise<{ hash: string; events: number }> {
  const hash = createHash('sha256')
  let events = 0
  for await (const batch of batchesOf(source)) {
    for (const column of [batch.op, batch.flags, batch.tsExchange, batch.ticks, batch.lots]) hash.update(Buffer.from(column.buffer, column.byteOffset, batch.length * column.BYTES_PER_ELEMENT))
    for (let row = 0; row < batch.length; row++) events += batch.flags[row]! & 1
  }
  return { hash: hash.digest('hex'), events }
}

const wanted = process.argv[2] ?? ''
for (const set of dataSets(process.env['RXLOB_DATA']).filter(({ slug }) => slug.toLowerCase().includes(wanted.toLowerCase()))) {
  const findings = await study(set)
  const { source, grid: { cells, queues, long, runs, clockOffsetMicros }, truths, events, hash, cpuSeconds } = findings
  const folder = join('results', `${date}_${set.slug}`)
  mkdirSync(folder, { recursive: true })
  const text = page(findings)
  writeFileSync(join(folder, 'backtest.md'), text)
  writeFileSync(join(folder, 'backtest.json'), `${JSON.stringify({ date, name: set.name, synthetic: set.synthetic, hash, events, runs, clockOffsetMicros, cells, queues, alwaysLong: long.profitAndLoss, truths, cpuSeconds }, undefined, 1)}\n`)
  const data = { name: set.name, period: `${long.fromTime.slice(0, 19)} to ${long.toTime.slice(0, 19)} UTC`, synthetic: set.synthetic }
  for (const [name, figure] of Object.entries(figures({ cells, long }, truths, data))) writeFileSync(join(folder, `${name}.svg`), figure.svg())
  console.log(text)
  const evaluation = await forecast(source)
  const whole = set.synthetic ? folder : join('out', folder)
  mkdirSync(whole, { recursive: true })
  writeFileSync(join(whole, 'predictions.csv'), predictionsCsv(evaluation))
  writeFileSync(join(whole, 'report.html'), await report({ source, grid: findings.grid, evaluation, truths, data }))
  const { accuracy, majorityShare, mcc, nll, rows, baselines } = evaluation.report
  writeFileSync(join(folder, 'forecast.json'), `${JSON.stringify({ date, name: set.name, synthetic: set.synthetic, hash, rows, accuracy, majorityShare, mcc, nll, gains: Object.fromEntries(Object.entries(baselines).map(([name, { difference }]) => [name, difference.nll])), folds: evaluation.folds }, undefined, 1)}\n`)
}
