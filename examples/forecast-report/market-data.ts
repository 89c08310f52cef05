import { createHash } from 'node:crypto'
import { auditLobster, lobster, type LobsterAudit, type LobsterOptions } from '@rxlob/adapters-lobster'
import { simulator } from '@rxlob/adapters-simulator'
import { batchesOf, type Source } from '@rxlob/core'
import type { DataSource } from '@rxlob/plots'
import type { Arguments } from './arguments.ts'

/** The day that the job runs on, and what is known about it before the work begins. */
export interface MarketData {
  readonly source: Source
  readonly symbol: string
  /** What figures say about it, but for the period, which the events tell. */
  readonly about: Omit<DataSource, 'period'>
  readonly timeZone: string
  /** Levels that the study reads: what the source shows, at most ten. */
  readonly levels: number
  /** What is forecast: where the mid is this many changes of the best quotes later. */
  readonly horizonRows: number
  /** Where windows begin, microseconds UTC: the last half hour before the first event. */
  readonly origin: number
  /** Holds the published book against every row of the order-book file; files only. */
  readonly audit?: () => Promise<LobsterAudit>
  /** SHA-256 of what was read. */
  readonly hashes: (audit: LobsterAudit | undefined) => Promise<Record<string, string>>
}

/** Opens what the command line names; the simulator where it names nothing. */
export async function openMarketData(options: Arguments): Promise<MarketData> {
  const files = lobsterOptions(options)
  const source = files === undefined ? simulator({ seed: options.seed, durationMicros: options.minutes * 60e6 }) : lobster(files)
  const levels = Math.min(10, source.supports.levels)
  const first = await firstEvent(source)
  const opened = { source, symbol: first.symbol, timeZone: 'America/New_York', levels, origin: Math.floor(first.tsExchange / 1800e6) * 1800e6 }
  if (files === undefined) {
    return { ...opened, horizonRows: 200, about: { name: `Simulated market, seed ${options.seed}`, synthetic: true }, hashes: async () => ({ events: await hashOf(source) }) }
  }
  return {
    ...opened,
    horizonRows: 20,
    about: { name: `NASDAQ ${first.symbol} (LOBSTER, ${levels} level${levels === 1 ? '' : 's'})`, synthetic: false },
    audit: () => auditLobster(files),
    hashes: async (audit) => Object.fromEntries((audit?.files ?? []).map(({ kind, sha256 }) => [`${kind} file`, sha256])),
  }
}

function lobsterOptions({ lobster, files }: Arguments): LobsterOptions | undefined {
  if (files !== undefined) return files
  if (lobster === undefined) return undefined
  const { folder, symbol, levels } = lobster
  if (symbol === undefined || levels === undefined) throw new Error('--lobster FOLDER also needs --symbol and --levels.')
  return { folder, symbol, levels }
}

async function firstEvent(source: Source): Promise<{ symbol: string; tsExchange: number }> {
  for await (const { instrument, tsExchange } of batchesOf(source)) return { symbol: instrument.symbol, tsExchange: tsExchange[0]! }
  throw new Error(`${source.name} gave no event.`)
}

/** Of the columns of all events, where there is no file. */
async function hashOf(source: Source): Promise<string> {
  const hash = createHash('sha256')
  for await (const { op, flags, tsExchange, ticks, lots, length } of batchesOf(source)) {
    for (const column of [op, flags, tsExchange, ticks, lots]) hash.update(Buffer.from(column.buffer, column.byteOffset, length * column.BYTES_PER_ELEMENT))
  }
  return hash.digest('hex')
}
