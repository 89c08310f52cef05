import { mkdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { simulator } from '@rxlob/adapters-simulator'
import { batchesOf, collectFrame, everyMicros, everyTrade, type EventBatch } from '@rxlob/core'
import { costOf } from './features-page/cost-of.ts'
import { featureFigure } from './features-page/feature-figure.ts'
import { instances } from './features-page/instances.ts'
import type { Measured } from './features-page/measured.ts'
import { sizeIncreaseR2 } from './features-page/size-increase-r2.ts'
import { lobsterDay } from './study/lobster-day.ts'

// npm run docs:measure [-- costs figures table]: what docs/features.md shows. The real day needs RXLOB_DATA; what is not measured stays as it was.
const results = new URL('../results/features.json', import.meta.url)
const figures = new URL('../docs/features/', import.meta.url)
const parts = process.argv.length > 2 ? process.argv.slice(2) : ['costs', 'figures', 'table']
const before = existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as Measured) : undefined
const market = (minutes: number): ReturnType<typeof simulator> => simulator({ seed: 1, durationMicros: minutes * 60e6 })
const real = 'NASDAQ GOOG, 2012-06-21 (LOBSTER, ten levels)'

if (parts.includes('figures')) await draw()
const timed = parts.includes('costs') || before === undefined ? await time() : { date: before.date, machine: before.machine, events: before.events, costs: before.costs }
const found: Measured = { ...timed, sizeIncrease: parts.includes('table') || before === undefined ? await compare() : before.sizeIncrease }
writeFileSync(results, `${JSON.stringify(found, undefined, 1)}\n`)

async function draw(): Promise<void> {
  mkdirSync(figures, { recursive: true })
  // The book's own columns come in many features: a frame each.
  for (const [factory, feature] of Object.entries(instances)) {
    const ofTrades = factory === 'tradeFlow' || factory === 'tradeSign'
    const frame = await collectFrame(market(ofTrades ? 1 : 10), [feature], { sample: ofTrades ? everyTrade() : everyMicros(6_000_000) })
    const [first] = feature.columns
    const shown = feature.columns.slice(0, 3).filter(({ unit }) => unit === first!.unit)
    writeFileSync(new URL(`${factory}.svg`, figures), featureFigure(frame, shown.map(({ name }) => name), first!.unit, ofTrades ? 'one minute' : 'ten minutes'))
    process.stderr.write(`${factory} drawn\n`)
  }
}

async function time(): Promise<Omit<Measured, 'sizeIncrease'>> {
  const batches: EventBatch[] = []
  for await (const batch of batchesOf(market(10))) batches.push(batch)
  const costs = Object.entries(instances).map(([factory, feature]) => {
    process.stderr.write(`${factory} timed\n`)
    return [factory, { column: feature.columns[0]!.name, columns: feature.columns.length, nanos: Math.round(costOf(feature, batches, 7)) }] as const
  })
  return { date: new Date().toISOString().slice(0, 10), machine: `${cpus()[0]!.model}, Node ${process.version}`, events: batches.reduce((sum, { length }) => sum + length, 0), costs: Object.fromEntries(costs) }
}

async function compare(): Promise<Measured['sizeIncrease']> {
  const day = process.env['RXLOB_DATA'] === undefined ? (before?.sizeIncrease.filter(({ data }) => data === real) ?? []) : [{ data: real, rows: await sizeIncreaseR2(lobsterDay('GOOG'), 10, 0.01) }]
  return [...day, { data: 'simulated market, seed 1, one hour (synthetic)', rows: await sizeIncreaseR2(market(60), 10, 0.01) }]
}
