import { auditLobster, lobster, type LobsterAudit, type LobsterOptions } from '@rxlob/adapters-lobster'
import { simulator } from '@rxlob/adapters-simulator'
import type { Source } from '@rxlob/core'
import type { DataSource } from '@rxlob/plots'
import type { Arguments } from './arguments.ts'

/** The day that the job runs on, and what is known about it before any event is read. */
export interface MarketData {
  readonly source: Source
  /** What figures say about it, but for the period, which the events tell. */
  readonly about: Omit<DataSource, 'period'>
  readonly timeZone: string
  /** Levels that the study reads: what the source shows, at most ten. */
  readonly levels: number
  /** Holds the published book against every row of the order-book file; files only. */
  readonly audit?: () => Promise<LobsterAudit>
}

/** Opens what the command line names; the simulator where it names nothing. */
export function openMarketData(options: Arguments): MarketData {
  const files = lobsterOptions(options)
  if (files === undefined) {
    const source = simulator({ seed: options.seed, durationMicros: options.minutes * 60e6 })
    return { source, about: { name: `simulated market, seed ${options.seed}`, synthetic: true }, timeZone: 'America/New_York', levels: 10 }
  }
  const source = lobster(files)
  const { levels } = source.supports
  return {
    source,
    about: { name: `NASDAQ ${source.name.replace('lobster:', '')}, LOBSTER, ${levels} level${levels === 1 ? '' : 's'}`, synthetic: false },
    timeZone: 'America/New_York',
    levels: Math.min(10, levels),
    audit: () => auditLobster(files),
  }
}

function lobsterOptions({ lobster, files }: Arguments): LobsterOptions | undefined {
  if (files !== undefined) return files
  if (lobster === undefined) return undefined
  const { folder, symbol, levels } = lobster
  if (symbol === undefined || levels === undefined) throw new Error('--lobster FOLDER also needs --symbol and --levels.')
  return { folder, symbol, levels }
}
