// A market maker on paper: live books and trades come in, no order goes out, and the report is the backtest's. node index.ts --help
import { mkdir, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { binance } from '@rxlob/adapters-binance'
import { backtestReport, constantLatency, feeSchedule, formatReport, imbalanceMarketMaker, paperTrade, powerQueue } from '@rxlob/backtest'
import { systemClock } from '@rxlob/feed'
import { startVenue } from './start-venue.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '12' }, symbol: { type: 'string', default: 'BTCUSDT' }, venue: { type: 'string' }, live: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
})
if (values.help) {
  console.log(`Options: --seconds 12, --symbol BTCUSDT
  --venue 127.0.0.1:9000   a venue that runs already (npx rxlob-venue binance --port 9000)
  --live                   Binance itself: public data, no keys, no orders
Without the last two a venue of our own is started: a simulated market.`)
  process.exit()
}
const seconds = Number(values.seconds)
if (!(seconds > 0 && seconds < 86_400)) throw new Error(`--seconds: expected a number above 0, below 86400, got ${values.seconds}.`)

const venue = values.live || values.venue !== undefined ? undefined : await startVenue('binance')
const address = values.venue ?? venue?.address
const source = binance({
  symbols: [values.symbol], depth: '100ms', trades: true,
  ...(address !== undefined && { hosts: { streams: `ws://${address}`, rest: `http://${address}` } }),
})
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
let said = 0
try {
  const result = await paperTrade({
    source,
    clock: systemClock(),
    durationMicros: seconds * 1e6,
    abort: stop.signal,
    strategy: imbalanceMarketMaker({ lots: 10_000, maxPositionLots: 50_000 }),
    latency: constantLatency({ micros: 5000 }),
    cost: feeSchedule({ tiers: [{ fromVolume: 0, makerBps: 0, takerBps: 1.7 }] }),
    queue: powerQueue(),
    maxFeedDelayMicros: 500_000,
    intervalMicros: 1_000_000,
    onProgress: ({ events, fills, net, position }) => {
      if (performance.now() - said < 2000) return
      said = performance.now()
      console.log(`${events} events, ${fills} fills, position ${position} lots, net ${net.toFixed(4)}`)
    },
  })
  const name = values.live ? `Binance ${values.symbol}` : `Simulated venue, ${values.symbol}`
  await mkdir('out', { recursive: true })
  await writeFile('out/paper-trading.html', backtestReport(result, { data: { name, period: `${result.fromTime.slice(0, 19)} to ${result.toTime.slice(0, 19)} UTC`, synthetic: !values.live } }))
  if (!values.live) console.log('\nSynthetic data: a simulated market.')
  console.log(`\n${formatReport(result)}\n\nreport: out/paper-trading.html`)
} finally {
  venue?.stop()
}
