// Two venues as one stream: their common mid, spread and imbalance, a line each time one of them changes.
import { parseArgs } from 'node:util'
import { binance } from '@rxlob/adapters-binance'
import { coinbase } from '@rxlob/adapters-coinbase'
import { isoTime, mergeSources, trackBook, type FrozenTick, type InstrumentId } from '@rxlob/core'
import { distinctUntilChanged, filter, map, take } from 'rxjs'
import { crossVenue, type CrossVenue } from './cross-venue.ts'
import { startVenue } from './start-venue.ts'

const help = `Usage: node index.ts [options]

  --venue NAME     own (default): two venue servers on this machine, no network; live: Binance and Coinbase.
  --symbols A,B    Binance's and Coinbase's spelling of one market. Default BTCUSDT,BTC-USD.
  --url A,B        Venue servers of your own in place of both (npx rxlob-venue binance --port 9000): http://localhost:9000,http://localhost:9001.
  --lines N        Ends after so many lines. Default 15; 0 for never.
  --help           This text.

A dollar is not a tether: between BTCUSDT and BTC-USD lies the price of one in the other.
`

const { values } = parseArgs({
  options: { venue: { type: 'string', default: 'own' }, symbols: { type: 'string', default: 'BTCUSDT,BTC-USD' }, url: { type: 'string' }, lines: { type: 'string', default: '15' }, help: { type: 'boolean', short: 'h', default: false } },
})
if (values.help) process.stdout.write(help)
else await run().catch(fail)

async function run(): Promise<void> {
  const [onBinance, onCoinbase] = values.symbols.split(',')
  if (onBinance === undefined || onCoinbase === undefined) throw new Error(`Option --symbols: expected two, BTCUSDT,BTC-USD, got ${values.symbols}.`)
  if (values.venue !== 'own' && values.venue !== 'live') throw new Error(`Option --venue: expected own or live, got ${values.venue}.`)
  const lines = Number(values.lines)
  if (!(lines >= 0)) throw new Error(`Option --lines: expected a number of 0 or more, got ${values.lines}.`)
  // Two made-up markets: with a seed each, their prices drift apart.
  const own = values.url === undefined && values.venue === 'own'
  const servers = own ? await Promise.all([startVenue('binance', '--symbols', onBinance, '--seed', '1'), startVenue('coinbase', '--symbols', onCoinbase, '--seed', '2')]) : []
  const urls = own ? servers.map(({ address }) => `http://${address}`) : values.url?.split(',')
  const hosts = (at: number): object => (urls?.[at] === undefined ? {} : { hosts: { streams: urls[at].replace(/^http/, 'ws'), rest: urls[at] } })

  const both = mergeSources([binance({ symbols: [onBinance], ...hosts(0) }), coinbase({ symbols: [onCoinbase], feed: 'exchange', ...hosts(1) })])
  const latest = new Map<InstrumentId, FrozenTick>()
  console.log('time                                mid  spread  imbalance  best bid at, best ask at')
  both
    .events()
    .pipe(
      trackBook({ depth: 1 }),
      map((tick) => {
        latest.set(tick.instrument.id, tick)
        return latest.size < 2 ? undefined : crossVenue(latest.values())
      }),
      filter((cross) => cross !== undefined),
      distinctUntilChanged((a, b) => a.mid === b.mid && a.imbalance === b.imbalance),
      take(lines === 0 ? Infinity : lines),
    )
    .subscribe({ next: print, error: fail, complete: () => servers.forEach((server) => server.stop()) })

  function print({ mid, spread, imbalance, bidVenue, askVenue }: CrossVenue): void {
    const time = Math.max(...[...latest.values()].map(({ tsLocal }) => tsLocal))
    console.log(`${isoTime(time)} ${mid.toFixed(3).padStart(12)} ${spread.toFixed(2).padStart(7)} ${imbalance.toFixed(3).padStart(10)}  ${bidVenue}, ${askVenue}`)
  }
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  // A venue that was started must not outlive the other.
  process.exit(1)
}
