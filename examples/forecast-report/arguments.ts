import { parseArgs } from 'node:util'

export const help = `From a day of order-book data to a forecast and a report.

  npm run demo                                        a simulated market (synthetic data)
  npm run demo -- --lobster FOLDER --symbol GOOG --levels 10
  npm run demo -- --messages FILE --orderbook FILE [--date 2012-06-21 --symbol GOOG]

  --lobster FOLDER    folder with LOBSTER files (.csv, .csv.gz, .csv.zst or the sample .zip)
  --symbol S          symbol of the files in the folder; else taken from the file's name
  --levels N          levels of the order-book file in the folder
  --messages FILE     one LOBSTER message file, with its
  --orderbook FILE    order-book file
  --date D            date of the files (YYYY-MM-DD); else taken from the file's name
  --seed N            seed of the simulator (default 1)
  --minutes N         simulated minutes, 10 or more (default 60)
  --out DIR           write the HTML report there (default out/forecast-report)
  --json FILE         write all figures as JSON
  --help              this text
`

export interface Arguments {
  readonly lobster?: { readonly folder: string; readonly symbol?: string; readonly levels?: number }
  readonly files?: { readonly messages: string; readonly orderbook: string; readonly date?: string; readonly symbol?: string }
  readonly seed: number
  readonly minutes: number
  readonly out: string
  readonly json?: string
}

/** What the command line asks for; undefined where it asks for help. Throws an `Error` that says what is wrong. */
export function readArguments(words: readonly string[]): Arguments | undefined {
  const { values } = parseArgs({
    args: [...words],
    options: {
      lobster: { type: 'string' },
      symbol: { type: 'string' },
      levels: { type: 'string' },
      messages: { type: 'string' },
      orderbook: { type: 'string' },
      date: { type: 'string' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '60' },
      out: { type: 'string', default: 'out/forecast-report' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return undefined
  const { lobster, messages, orderbook, date, symbol, out, json } = values
  if ((messages === undefined) !== (orderbook === undefined)) throw new Error('--messages and --orderbook go together: give both files of the day.')
  if (lobster !== undefined && messages !== undefined) throw new Error('Give --lobster FOLDER or --messages and --orderbook, not both.')
  const named = { ...(date !== undefined && { date }), ...(symbol !== undefined && { symbol }) }
  return {
    ...(lobster !== undefined && { lobster: { folder: lobster, ...(symbol !== undefined && { symbol }), ...(values.levels !== undefined && { levels: wholeNumber('--levels', values.levels) }) } }),
    ...(messages !== undefined && orderbook !== undefined && { files: { messages, orderbook, ...named } }),
    seed: wholeNumber('--seed', values.seed),
    minutes: wholeNumber('--minutes', values.minutes, 10),
    out,
    ...(json !== undefined && { json }),
  }
}

function wholeNumber(name: string, text: string, least = 0): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least) throw new Error(`${name}: expected a whole number of ${least} or more, got ${text}.`)
  return value
}
