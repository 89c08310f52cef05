import type { Entrant, Row } from '../runner/contest-rows.ts'

const js = (label: string, module: string, mode = ''): Entrant => ({ label, kind: 'js', program: module, mode })
const c = (program: string): Entrant => ({ label: 'C -O3', kind: 'c', program, mode: '' })
const python = (label: string, mode: string): Entrant => ({ label, kind: 'python', program: 'replay.py', mode })

const levelBooks = (mode: string): Entrant[] => [
  js('rxlob', 'levels-rxlob', mode),
  js('tardis-dev', 'levels-tardis', mode),
  js('ccxt', 'levels-ccxt', mode),
]

/** The rows of DESIGN.md section 9. The first entrant of each is rxlob; ratios are its speed over a peer's. */
export const rows: readonly Row[] = [
  {
    name: 'parse',
    job: 'LOBSTER message file to checked batches of events',
    unit: 'message',
    entrants: [js('rxlob', 'parse-rxlob'), c('parse'), js('papaparse', 'parse-papaparse'), js('csv-parse', 'parse-csv-parse')],
    targets: [{ against: 'C -O3', atLeast: 0.45 }, { against: 'papaparse', atLeast: 20 }, { against: 'csv-parse', atLeast: 200 }],
  },
  {
    name: 'levels-shallow',
    job: 'L2 update, top ten current after each, 200 levels a side',
    unit: 'update',
    entrants: levelBooks('shallow/view'),
    targets: [{ against: 'best peer', atLeast: 5 }, { against: 'tardis-dev', atLeast: 10 }, { against: 'ccxt', atLeast: 5 }],
  },
  {
    name: 'levels-deep',
    job: 'L2 update, top ten current after each, 3,000 levels a side',
    unit: 'update',
    entrants: levelBooks('deep/view'),
    targets: [{ against: 'best peer', atLeast: 20 }, { against: 'tardis-dev', atLeast: 10 }, { against: 'ccxt', atLeast: 5 }],
  },
  {
    name: 'levels-shallow-copy',
    job: 'L2 update, all forty numbers of the top ten copied after each, 200 levels a side',
    unit: 'update',
    entrants: levelBooks('shallow/copy'),
    targets: [],
  },
  {
    name: 'levels-deep-copy',
    job: 'L2 update, all forty numbers of the top ten copied after each, 3,000 levels a side',
    unit: 'update',
    entrants: levelBooks('deep/copy'),
    targets: [],
  },
  // All captures, and each market's by itself.
  ...(['', 'spot', 'usdm'] as const).map((market): Row => ({
    name: market === '' ? 'depth' : `depth-${market}`,
    job: `recorded Binance ${market === '' ? 'spot and USD-M' : market} depth messages, bytes to checked book to top ten copied after each`,
    unit: 'message',
    needs: 'captures',
    entrants: [js('rxlob', 'depth-rxlob', market), js('tardis-dev', 'depth-tardis', market), js('ccxt', 'depth-ccxt', market)],
    targets: [{ against: 'tardis-dev', atLeast: 12 }, { against: 'ccxt', atLeast: 8 }],
  })),
  {
    name: 'depth-open',
    job: 'a book opened on the recorded REST snapshot of its capture, 1,000 levels a side, top ten copied after',
    unit: 'snapshot',
    needs: 'captures',
    entrants: [js('rxlob', 'depth-rxlob', 'open'), js('tardis-dev', 'depth-tardis', 'open'), js('ccxt', 'depth-ccxt', 'open')],
    targets: [],
  },
  {
    name: 'orders',
    job: 'L3 message with queues, 2,700 orders on 400 levels',
    unit: 'message',
    entrants: [js('rxlob', 'orders-rxlob'), c('orders'), js('nodejs-order-book', 'orders-nodejs-order-book'), js('ccxt', 'orders-ccxt')],
    targets: [{ against: 'C -O3', atLeast: 0.4 }, { against: 'nodejs-order-book', atLeast: 50 }, { against: 'ccxt', atLeast: 30 }],
  },
  {
    name: 'replay',
    job: 'both LOBSTER files to L3 book to 32 features to matrix',
    unit: 'event',
    entrants: [js('rxlob', 'replay-rxlob', 'batch'), c('replay'), python('pandas', 'pandas'), python('polars + numpy', 'polars')],
    targets: [{ against: 'C -O3', atLeast: 0.45 }, { against: 'pandas', atLeast: 10 }, { against: 'polars + numpy', atLeast: 4 }],
  },
  {
    name: 'replay-rxjs',
    job: 'the same, one RxJS emission an event, beside the batch path',
    unit: 'event',
    entrants: [js('rxlob events()', 'replay-rxlob', 'rxjs'), js('rxlob batches, a row an emission', 'replay-rxlob', 'rows'), js('rxlob batch path', 'replay-rxlob', 'batch')],
    targets: [{ against: 'rxlob batch path', atLeast: 1 / 1.5 }],
  },
  {
    name: 'memory',
    job: 'the same without keeping a matrix: its peak memory, and that of half a day',
    unit: 'event',
    entrants: [js('rxlob', 'replay-rxlob', 'frames'), js('rxlob, half the day', 'replay-rxlob', 'half')],
    targets: [],
  },
]
