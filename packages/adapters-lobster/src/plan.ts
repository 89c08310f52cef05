import { decimalGrid, integerOption, LobError, type Instrument, type Micros } from '@rxlob/core'
import { lobsterFileName, type LobsterFileName } from './file-name.js'
import { folderDays } from './folder-days.js'
import type { LobsterDay, LobsterFileRead, LobsterOptions } from './lobster-options.js'
import { sessionStart } from './session-time.js'

/** One day with everything known that is needed to read it. */
export interface PlannedDay {
  readonly messages: string
  /** Undefined for a message file alone. */
  readonly orderbook: string | undefined
  readonly date: string
  /** UTC instant from which the file's seconds count. */
  readonly start: Micros
}

/** Options checked, with names read and defaults filled in. */
export interface Plan {
  readonly instrument: Instrument
  readonly levels: number
  /** Price units (dollars x 10000) a tick. */
  readonly units: number
  readonly days: readonly PlannedDay[]
  readonly hiddenSide: 'file' | 'unknown'
  readonly rows: number
  readonly onFileRead: ((file: LobsterFileRead) => void) | undefined
}

const standardName = 'SYMBOL_YYYY-MM-DD_START_END_message_LEVELS.csv'
const bad = (message: string): LobError => new LobError('LOB_BAD_OPTION', message)

/** @throws {LobError} LOB_BAD_OPTION where an option is wrong or missing and the file names do not say it either. */
export function planOf(options: LobsterOptions): Plan {
  const { tickSize = 0.01, hiddenSide = 'file', rows = 4096, onFileRead } = options
  const given = givenDays(options)
  if (given.length === 0) throw bad('Option days: expected at least one day.')
  const names = given.flatMap(namesOf)
  const symbol = agreed('symbol', options.symbol, names.map((name) => name.symbol)).toUpperCase()
  const levels = integerOption('levels', agreed('levels', options.levels, names.map((name) => name.levels)), 1, 50)
  const units = decimalGrid(0.0001).toCount(tickSize)
  if (!(Number.isInteger(units) && units >= 1)) throw bad(`Option tickSize: expected a positive multiple of 0.0001 dollars, got ${tickSize}.`)
  if (hiddenSide !== 'file' && hiddenSide !== 'unknown') throw bad(`Option hiddenSide: expected 'file' or 'unknown', got '${String(hiddenSide)}'.`)
  const days = given.map(plannedDay)
  const alone = days.filter((day) => day.orderbook === undefined).length
  if (alone > 0 && alone < days.length) throw bad('Option days: expected an order-book file for every day or for none: what the source can show must not change on the way.')
  days.forEach((day, i) => {
    if (i > 0 && day.date < days[i - 1]!.date) throw bad(`Option days: expected days in order, got ${day.date} after ${days[i - 1]!.date}.`)
  })
  return {
    instrument: {
      id: `nasdaq:${symbol}`,
      venue: 'nasdaq',
      symbol,
      kind: 'equity',
      base: symbol,
      quote: 'USD',
      settle: 'USD',
      contract: 'linear',
      tickSize,
      lotSize: 1,
      multiplier: 1,
    },
    levels,
    units,
    days,
    hiddenSide,
    rows: integerOption('rows', rows, 1),
    onFileRead,
  }
}

function givenDays(options: LobsterOptions): readonly LobsterDay[] {
  if (options.folder !== undefined) return folderDays(options)
  if (options.days !== undefined) return options.days
  if (typeof options.messages !== 'string') throw bad('Options: expected one of messages (a file), days (a list of files) or folder.')
  return [options]
}

function namesOf({ messages, orderbook }: LobsterDay): LobsterFileName[] {
  const message = lobsterFileName(messages)
  const book = orderbook === undefined ? undefined : lobsterFileName(orderbook)
  if (message?.kind === 'orderbook' || book?.kind === 'message') {
    throw bad(`Options messages and orderbook: expected a message file and an order-book file, got '${messages}' and '${String(orderbook)}': they are swapped.`)
  }
  if (message !== undefined && book !== undefined && message.kind !== 'pair' && (message.date !== book.date || message.startMillis !== book.startMillis || message.endMillis !== book.endMillis)) {
    throw bad(`Options messages and orderbook: expected files of one period, got '${messages}' and '${orderbook}'.`)
  }
  return [message, book].filter((name) => name !== undefined)
}

function agreed<Value extends string | number>(option: string, given: Value | undefined, named: readonly Value[]): Value {
  const values = new Set(given === undefined ? named : [given])
  const [value] = values
  if (value === undefined) throw bad(`Option ${option}: expected it, because the file name is not of the form ${standardName}.`)
  if (values.size > 1) throw bad(`Option ${option}: expected one for all files, their names say ${[...values].join(', ')}.`)
  return value
}

function plannedDay({ messages, orderbook, date }: LobsterDay): PlannedDay {
  const named = lobsterFileName(messages)
  const day = date ?? named?.date ?? (orderbook === undefined ? undefined : lobsterFileName(orderbook)?.date)
  if (day === undefined) throw bad(`Option date: expected it, because '${messages}' is not of the form ${standardName}.`)
  if (messages.endsWith('.zip') && orderbook !== undefined && orderbook !== messages) {
    throw bad(`Option orderbook: expected it to be left out, because '${messages}' holds both files.`)
  }
  return { messages, orderbook: messages.endsWith('.zip') ? messages : orderbook, date: day, start: startOf(day, messages) }
}

function startOf(date: string, messages: string): Micros {
  try {
    return sessionStart(date)
  } catch (error) {
    if (error instanceof LobError) throw new LobError(error.code, `${messages}: ${error.message}`, { file: messages })
    throw error
  }
}
