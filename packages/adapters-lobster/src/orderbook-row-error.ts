import type { LobError } from '@rxlob/core'
import { fileError } from './file-error.js'
import { priceLimit, sizeLimit } from './message-file.js'

/** Why the number in a 0-based column of a well-formed order-book row cannot be part of a book. */
export function orderbookRowError(file: string, line: number, row: Float64Array, column: number, units: number): LobError {
  const value = row[column]!
  const rank = Math.floor(column / 4) + 1
  const side = column % 4 < 2 ? 'ask' : 'bid'
  const sign = side === 'ask' ? 1 : -1
  const place = { file, line, column: column + 1, found: String(value) }
  const advice = 'Check that the file was copied whole and that its levels are in order.'
  if (column % 2 === 1) {
    const dummy = row[column - 1] === sign * priceLimit
    return fileError({ ...place, expected: dummy ? `size 0 in the unoccupied ${side} level ${rank}` : `a size of ${side} level ${rank} from 1 to ${sizeLimit} shares`, advice })
  }
  if (value > 0 && value < priceLimit && value % units !== 0) {
    return fileError({ ...place, expected: `a price of ${side} level ${rank} on the grid of ${units / 10_000} dollars`, advice: 'Set the option tickSize to the smallest price step of this stock.' })
  }
  const limits = `from 1 to ${priceLimit - 1}, or ${sign * priceLimit} where there is no level`
  const before = rank === 1 ? '' : `, ${side === 'ask' ? 'above' : 'below'} the ${row[column - 4]!} of level ${rank - 1}`
  return fileError({ ...place, expected: `a price of ${side} level ${rank} in dollars x 10000 ${limits}${before}`, advice })
}
