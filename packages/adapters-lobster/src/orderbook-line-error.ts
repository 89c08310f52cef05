import type { LobError } from '@rxlob/core'
import { fileError, quoted } from './file-error.js'

/** What is wrong with a line that `parseOrderbookRow` refused. Slow and plain: it runs once. */
export function orderbookLineError(file: string, line: number, text: string, levels: number): LobError {
  const fields = text.split(',')
  const looksLikeMessage = /^\d+(\.\d+)?,[1-7],-?\d+,\d+,-?\d+,-?[01](,.*)?$/.test(text)
  const advice = looksLikeMessage
    ? 'This looks like a line of a message file: check that messages and orderbook are not swapped.'
    : 'Check that this is a LOBSTER order-book file of that many levels and that it was copied whole.'
  if (fields.length !== 4 * levels) {
    return fileError({ file, line, expected: `${4 * levels} columns (ask price, ask size, bid price, bid size, for ${levels} levels)`, found: `${fields.length}`, advice })
  }
  const wrong = fields.findIndex((field) => !/^-?\d+$/.test(field))
  return fileError({ file, line, column: wrong + 1, expected: 'an integer', found: quoted(fields[wrong]!), advice })
}
