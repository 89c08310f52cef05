import { parseArgs } from 'node:util'

export const help = `What every feature says about the next move of the mid, as an HTML report.

  node index.ts                                                     a simulated market (synthetic data)
  node index.ts --lobster FOLDER --symbol GOOG --levels 10          a NASDAQ day

  --seed N       seed of the simulator (default 1)
  --minutes N    simulated minutes, 25 or more (default 60)
  --seconds N    length of the window that is forecast (default 10)
  --out DIR      write the report there (default out/feature-study)
  --help         this text
`

export interface Arguments {
  readonly lobster?: { readonly folder: string; readonly symbol: string; readonly levels: number }
  readonly seed: number
  readonly minutes: number
  readonly seconds: number
  readonly out: string
}

/** What the command line asks for; undefined where it asks for help. Throws an `Error` that says what is wrong. */
export function readArguments(words: readonly string[]): Arguments | undefined {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...words],
    options: {
      lobster: text, symbol: text, levels: { ...text, default: '10' }, seed: { ...text, default: '1' }, minutes: { ...text, default: '60' }, seconds: { ...text, default: '10' },
      out: { ...text, default: 'out/feature-study' }, help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return undefined
  const { lobster, symbol, out } = values
  if (lobster !== undefined && symbol === undefined) throw new Error('--lobster FOLDER also needs --symbol.')
  return {
    ...(lobster !== undefined && symbol !== undefined && { lobster: { folder: lobster, symbol, levels: wholeNumber('--levels', values.levels, 10) } }),
    seed: wholeNumber('--seed', values.seed, 0),
    minutes: wholeNumber('--minutes', values.minutes, 25),
    seconds: wholeNumber('--seconds', values.seconds, 1),
    out,
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least) throw new Error(`${name}: expected a whole number of ${least} or more, got ${text}.`)
  return value
}
