import type { LobError } from '@rxlob/core'
import { fileError, quoted } from './file-error.js'
import { longestLine, priceLimit, sizeLimit } from './message-file.js'

interface Rule {
  readonly expected: string
  holds(field: string): boolean
}

const unsigned = /^\d+$/
const signed = /^-?\d+$/
const within = (form: RegExp, min: number, max: number) => (field: string) => form.test(field) && Number(field) >= min && Number(field) <= max
const oneOf = (...values: number[]) => (field: string) => /^-?\d$/.test(field) && values.includes(Number(field))

const seconds: Rule = {
  expected: 'seconds after midnight from 0 to below 86400, such as 34200.017459617',
  holds: (field) => /^\d+(\.\d+)?$/.test(field) && Number(field.split('.')[0]) < 86_400,
}
const kind: Rule = { expected: 'a message type from 1 to 7', holds: (field) => /^[1-7]$/.test(field) }
const id = (min: number): Rule => ({ expected: `an order id of ${min} or more, below 2^53`, holds: within(signed, min, Number.MAX_SAFE_INTEGER) })
const size = (min: number): Rule => ({ expected: `a size from ${min} to ${sizeLimit} shares`, holds: within(unsigned, min, sizeLimit) })
const price = (min: number): Rule => ({
  expected: `a price in dollars x 10000 from ${min} to ${priceLimit - 1}`,
  holds: within(signed, min, priceLimit - 1),
})
const haltCode: Rule = { expected: 'a halt code: -1 halted, 0 quoting resumes, 1 trading resumes', holds: within(signed, -1, 1) }
const direction: Rule = { expected: 'a direction: 1 for a resting buy order, -1 for a sell order', holds: oneOf(1, -1) }
const anyDirection: Rule = { expected: 'a direction from -1 to 1', holds: oneOf(-1, 0, 1) }

const visible = [seconds, kind, id(1), size(1), price(1), direction]
const hidden = [seconds, kind, id(0), size(1), price(1), direction]
const cross = [seconds, kind, id(-Number.MAX_SAFE_INTEGER), size(0), price(1), anyDirection]
const emptyCross = cross.with(4, price(0))
const halt = [seconds, kind, id(-Number.MAX_SAFE_INTEGER), size(0), haltCode, anyDirection]

/** What is wrong with a line at which `parseMessages` stopped. Slow and plain: it runs once. */
export function messageLineError(file: string, line: number, text: string): LobError {
  const fields = text.split(',')
  const advice = looksLikeOrderbook(fields)
    ? 'This looks like a line of an order-book file: check that messages and orderbook are not swapped.'
    : 'Check that this is a LOBSTER message file and that it was copied whole.'
  const type = fields[1]
  const rules = type === '5' ? hidden : type === '6' ? (Number(fields[3]) === 0 ? emptyCross : cross) : type === '7' ? halt : visible
  for (const [i, { expected, holds }] of rules.entries()) {
    const field = fields[i]
    if (field === undefined) {
      return fileError({ file, line, expected: 'at least 6 columns (time, type, order id, size, price, direction)', found: `${fields.length} in ${quoted(text)}`, advice })
    }
    if (!holds(field)) return fileError({ file, line, column: i + 1, expected, found: quoted(field), advice })
  }
  return fileError({ file, line, expected: `a line of at most ${longestLine} bytes`, found: `${text.length}`, advice })
}

const looksLikeOrderbook = (fields: readonly string[]): boolean =>
  fields.length % 4 === 0 && fields.every((field) => signed.test(field))
