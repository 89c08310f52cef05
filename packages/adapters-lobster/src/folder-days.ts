import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LobError } from '@rxlob/core'
import { lobsterFileName, type LobsterFileName } from './file-name.js'
import type { LobsterDay } from './lobster-options.js'

interface Wanted {
  readonly folder: string
  readonly symbol: string
  readonly levels: number
  readonly date?: string
}

interface Found {
  readonly path: string
  readonly name: LobsterFileName
}

/** Cheapest to read first. */
const endings = ['.csv', '.csv.zst', '.csv.gz', '.zip']

/**
 * The days of a symbol in a folder, in order of time. Files of one period are one day; a day may come in several periods.
 *
 * @throws {LobError} LOB_BAD_OPTION where the folder or the files are not there, or periods overlap.
 */
export function folderDays({ folder, symbol, levels, date }: Wanted): LobsterDay[] {
  const wanted = listed(folder)
    .filter(({ name }) => name.symbol.toUpperCase() === symbol.toUpperCase() && name.levels === levels && (date === undefined || name.date === date))
    .sort((a, b) => endings.findIndex((ending) => a.path.endsWith(ending)) - endings.findIndex((ending) => b.path.endsWith(ending)))
  const books = new Map<string, Found>()
  const periods = new Map<string, Found>()
  for (const file of wanted) {
    const kept = file.name.kind === 'orderbook' ? books : periods
    if (!kept.has(periodOf(file))) kept.set(periodOf(file), file)
  }
  // A zip covers its whole day: next to the files unpacked from it, it is the same day again.
  const unpacked = new Set([...periods.values()].filter(({ name }) => name.kind === 'message').map(({ name }) => name.date))
  const days = [...periods.values()]
    .filter(({ name }) => name.kind === 'message' || !unpacked.has(name.date))
    .sort((a, b) => (a.name.date === b.name.date ? a.name.startMillis - b.name.startMillis : a.name.date < b.name.date ? -1 : 1))
  if (days.length === 0) {
    throw new LobError('LOB_BAD_OPTION', `Option folder: expected files like ${symbol}_${date ?? 'YYYY-MM-DD'}_34200000_57600000_message_${levels}.csv in '${folder}', found none.`, { file: folder })
  }
  days.forEach(({ path, name }, i) => {
    const before = days[i - 1]
    if (before !== undefined && before.name.date === name.date && before.name.endMillis > name.startMillis) {
      throw new LobError('LOB_BAD_OPTION', `Option folder: '${path}' overlaps '${before.path}'. Name the files you mean in the option days.`, { file: path })
    }
  })
  return days.map((file) => {
    const book = books.get(periodOf(file))
    return { messages: file.path, date: file.name.date, ...(book !== undefined && { orderbook: book.path }) }
  })
}

const periodOf = ({ name: { date, startMillis, endMillis } }: Found): string => `${date} ${startMillis} ${endMillis}`

function listed(folder: string): Found[] {
  try {
    return readdirSync(folder).flatMap((file) => {
      const name = lobsterFileName(file)
      return name === undefined ? [] : [{ path: join(folder, file), name }]
    })
  } catch (error) {
    throw new LobError('LOB_BAD_OPTION', `Option folder: expected a readable folder, got '${folder}' (${(error as Error).message}).`, { file: folder }, { cause: error })
  }
}
