// What every feature says about the next move of the mid. `node index.ts --help`
import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { lobster } from '@rxlob/adapters-lobster'
import { simulator } from '@rxlob/adapters-simulator'
import { collectFrame, columnOf, everyMicros, LobError, midMove, type LabelledFrame } from '@rxlob/core'
import { help, readArguments, type Arguments } from './arguments.ts'
import { placebo } from './placebo.ts'
import { predictivePower, type PredictivePower } from './predictive-power.ts'
import { reportPage } from './report.ts'
import { studiedFeatures } from './studied-features.ts'

/** One row a second; moves over these seconds and over the window that is forecast. */
const rowMicros = 1_000_000
const decaySeconds = [1, 2, 5, 10, 20, 30, 60]

async function run(options: Arguments): Promise<void> {
  const { lobster: day, seed, minutes, seconds } = options
  const name = day === undefined ? `Simulated market, seed ${seed}` : `NASDAQ ${day.symbol} (LOBSTER, ${day.levels} levels)`
  const source = day === undefined ? simulator({ seed, durationMicros: minutes * 60e6 }) : lobster(day)
  const horizons = [...new Set([...decaySeconds, seconds])].sort((a, b) => a - b)
  const labelers = Object.fromEntries(horizons.map((horizon) => [`${horizon}s`, midMove({ micros: horizon * 1e6, kind: 'value' })]))
  const say = (text: string): boolean => process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${text}` : '')

  const frame: LabelledFrame = await collectFrame(source, studiedFeatures(), { labelers, sample: everyMicros(rowMicros), onProgress: (rows) => say(`${rows} seconds of the market`) })
  const moves = horizons.map((horizon) => frame.targets[`${horizon}s`]!)
  const main = horizons.indexOf(seconds)
  const interval = { meanBlockRows: 10 * seconds, draws: 1000 }
  const powers: PredictivePower[] = []
  const unfit: string[] = []
  for (const { name: column, unit } of frame.columns) {
    say(`${powers.length + unfit.length + 1} of ${frame.columns.length} columns`)
    const power = predictivePower(column, unit, columnOf(frame, column), moves, main, interval)
    if (power === undefined) unfit.push(column)
    else powers.push(power)
  }
  if (powers.length === 0) throw new Error(`The data are too short: ${frame.length} rows of a second, expected ${12 * interval.meanBlockRows} or more with a value and a move.`)
  powers.sort((a, b) => b.r2.value - a.r2.value)
  const chance = placebo(frame, powers.map((power) => power.name), moves[main]!)
  say('')

  const zone = 'America/New_York'
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  const period = `${clock.format(frame.tsExchange[0]! / 1000)} to ${clock.format(frame.tsExchange.at(-1)! / 1000)}, New York`
  const page = reportPage({ data: { name, period, synthetic: day === undefined }, frame, powers, unfit, chance, horizons, seconds, command: ['node index.ts', ...process.argv.slice(2)].join(' ') })
  const path = join(options.out, 'index.html')
  await mkdir(options.out, { recursive: true })
  await writeFile(path, page)

  console.log(`${name}, ${period}: ${frame.length} rows, the mid ${seconds} s later`)
  console.log(`${'column'.padEnd(40)}${'R2 later half [95%]'.padStart(30)}${'correlation'.padStart(13)}${'bits'.padStart(9)}`)
  for (const { name: column, r2, correlation, bits } of powers.slice(0, 12)) {
    console.log(`${column.padEnd(40)}${`${r2.value.toFixed(4)} [${r2.low.toFixed(4)}, ${r2.high.toFixed(4)}]`.padStart(30)}${correlation.value.toFixed(3).padStart(13)}${bits.toFixed(4).padStart(9)}`)
  }
  console.log(`${powers.filter(({ r2 }) => r2.low > 0).length} of ${powers.length} columns have an R2 whose interval lies above 0; by chance the largest |correlation| would be ${chance.correlation.toFixed(3)} and the largest information ${chance.bits.toFixed(4)} bits`)
  console.log(`report: ${relative(process.cwd(), path)}`)
}

try {
  const options = readArguments(process.argv.slice(2))
  if (options === undefined) process.stdout.write(help)
  else await run(options)
} catch (error) {
  // A LobError says what was expected and what to do; so do the errors of the arguments.
  process.stderr.write(`${error instanceof LobError ? `${error.code}: ` : ''}${(error as Error).message}\n`)
  process.exitCode = 1
}
