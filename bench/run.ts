import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { captureFolder } from './data/depth-captures.ts'
import { liveTable } from './live/run-live.ts'
import { rows } from './rows/rows.ts'
import { interleave } from './runner/interleave.ts'
import { places } from './runner/places.ts'
import { tableHead, tableOf } from './runner/table.ts'

const { values: options } = parseArgs({ options: { only: { type: 'string', multiple: true }, rounds: { type: 'string', default: '3' } } })
const chosen = rows.filter(({ name }) => options.only === undefined || options.only.some((only) => name === only || name.startsWith(`${only}-`)))
const live = options.only === undefined || options.only.includes('live')
if (chosen.length === 0 && !live) throw new Error(`Expected --only with one of ${rows.map(({ name }) => name).join(', ')}, live.`)

const where = places()
console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus()[0]!.model} x ${cpus().length}, Node ${process.version}, load ${loadavg().map((load) => load.toFixed(1)).join(' ')}, ${options.rounds} rounds\n`)
if (chosen.length > 0) for (const line of tableHead) console.log(line)
for (const row of chosen) {
  if (row.needs === 'captures' && captureFolder() === undefined) console.log(`| ${row.name} | absent: no captures: give the folder that holds binance/ in RXLOB_DATA | | | | | | |`)
  else for (const line of tableOf(row, await interleave(row.entrants, Number(options.rounds), where))) console.log(line)
}
if (live) for (const line of ['', ...liveTable(where.data, Number(options.rounds))]) console.log(line)
