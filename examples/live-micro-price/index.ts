// Mid, weighted mid and queue imbalance of any venue's symbols: a line each time the best prices or sizes change, and one for all that goes wrong.
import { parseArgs } from 'node:util'
import { everyQuote, features, isoTime, midPrice, queueImbalance, weightedMid, type MarketEvent } from '@rxlob/core'
import { take, tap } from 'rxjs'
import { marketSource, venues } from './market-source.ts'

const help = `Usage: node index.ts [options]

  --venue NAME     ${venues.join(', ')}. Default simulator, which needs no network.
  --symbols A,B    In the venue's spelling. Default its Bitcoin market.
  --url URL        A venue server of your own (npx rxlob-venue binance --port 9000): http://localhost:9000.
  --lines N        Ends after so many lines. Default 20 of the simulator, else never.
  --help           This text.
`

try {
  run()
} catch (error) {
  fail(error)
}

function run(): void {
  const { values } = parseArgs({
    options: { venue: { type: 'string', default: 'simulator' }, symbols: { type: 'string' }, url: { type: 'string' }, lines: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  })
  if (values.help) {
    process.stdout.write(help)
    return
  }
  const lines = values.lines === undefined ? (values.venue === 'simulator' ? 20 : Infinity) : Number(values.lines)
  if (!(lines > 0)) throw new Error(`Option --lines: expected a number above 0, got ${values.lines}.`)

  const source = marketSource({ venue: values.venue, symbols: values.symbols?.split(','), url: values.url })
  console.log('time                        instrument                 mid     weighted mid  imbalance')
  source
    .events()
    .pipe(tap(tell), features([midPrice(), weightedMid(), queueImbalance()], { sample: everyQuote() }), take(lines))
    .subscribe({
      next: (row) =>
        console.log(
          isoTime(row.tsExchange), row.instrument.padEnd(18), row.get('mid_price').toFixed(4).padStart(12), row.get('weighted_mid').toFixed(4).padStart(14), row.get('queue_imbalance').toFixed(3).padStart(8),
        ),
      error: fail,
    })
}

/** Nothing is lost in silence: what the feed says about itself is printed as it comes. */
function tell(event: MarketEvent): void {
  if (event.kind !== 'status' || event.status === 'ended') return
  const { status, channel, fromSeq, toSeq, reason } = event
  console.log(`${isoTime(event.tsLocal)} ${event.instrument}: ${status} (${channel})${fromSeq === undefined ? '' : ` ${fromSeq} to ${toSeq}`}${reason === undefined || reason === status ? '' : `: ${reason}`}`)
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
