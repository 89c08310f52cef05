import { describe, expect, it } from 'vitest'
import { messageLineError } from '../src/message-line-error.js'

const columns = ['time', 'type', 'order id', 'size', 'price', 'direction']
const wholeFile = 'Check that this is a LOBSTER message file and that it was copied whole.'
const swapped = 'This looks like a line of an order-book file: check that messages and orderbook are not swapped.'

/** A message of a type, good but for the fields named. */
function lineOf(type: string, fields: Readonly<Record<string, string>>): string {
  const good: Record<string, string> = { time: '34200.1', type, 'order id': '7', size: '1', price: type === '7' ? '-1' : '100', direction: '1', ...fields }
  return columns.map((name) => good[name]).join()
}

const maxId = '9007199254740991'

// By type and field, after the format's readme: what a field may be, and what it may not be for the reason given.
const rules: readonly { types: string; field: string; good: readonly string[]; bad: readonly string[]; expected: string }[] = [
  {
    types: '1234567', field: 'time', good: ['0', '34200', '34200.000000001', '86399.999999999', '0034200.5'],
    bad: ['', '86400', '86400.0', '-1', '+1', ' 1', '1.', '.5', '1.5.2', '1.5x', 'x1', '1e4'], expected: 'seconds after midnight from 0 to below 86400, such as 34200.017459617',
  },
  { types: '1', field: 'type', good: ['1', '2', '3', '4', '5'], bad: ['', '0', '8', '11', '71', '-1', '1 ', 'x'], expected: 'a message type from 1 to 7' },
  { types: '1234', field: 'order id', good: ['1', maxId], bad: ['', '0', '-1', '9007199254740992', '1x', 'x1', '1.0', '--1'], expected: 'an order id of 1 or more, below 2^53' },
  { types: '5', field: 'order id', good: ['0', maxId], bad: ['-1', '9007199254740992', '-'], expected: 'an order id of 0 or more, below 2^53' },
  { types: '67', field: 'order id', good: ['0', '-1', `-${maxId}`, maxId], bad: ['', '-9007199254740992', '9007199254740992'], expected: `an order id of -${maxId} or more, below 2^53` },
  { types: '12345', field: 'size', good: ['1', '4294967295'], bad: ['', '0', '-1', '4294967296', '1.5', '1x', 'x1'], expected: 'a size from 1 to 4294967295 shares' },
  { types: '67', field: 'size', good: ['1', '4294967295'], bad: ['', '-1', '4294967296', '1.5'], expected: 'a size from 0 to 4294967295 shares' },
  { types: '123456', field: 'price', good: ['1', '9999999998'], bad: ['', '0', '-1', '9999999999', '1e3', '1.5', '--1'], expected: 'a price in dollars x 10000 from 1 to 9999999998' },
  { types: '7', field: 'price', good: ['-1', '0', '1'], bad: ['', '-2', '2', '1.0', 'x'], expected: 'a halt code: -1 halted, 0 quoting resumes, 1 trading resumes' },
  { types: '12345', field: 'direction', good: ['1', '-1'], bad: ['', '0', '2', '-2', '11', '01', '1.0', '1x', 'x1', '-'], expected: 'a direction: 1 for a resting buy order, -1 for a sell order' },
  { types: '67', field: 'direction', good: ['-1', '0', '1'], bad: ['', '2', '-2', '10', '00', '0.0', 'x'], expected: 'a direction from -1 to 1' },
]

describe('messageLineError', () => {
  const cases = rules.flatMap(({ types, ...rule }) => [...types].map((type) => ({ type, ...rule })))

  it.each(cases)('names the $field of a message of type $type where it is not $expected', ({ type, field, bad, expected }) => {
    const column = columns.indexOf(field) + 1
    for (const text of bad) {
      const { code, message, where } = messageLineError('m.csv', 12, lineOf(type, { [field]: text }))
      expect({ code, message, where }).toEqual({
        code: 'LOB_BAD_FILE',
        message: `m.csv line 12 column ${column}: expected ${expected}, found ${JSON.stringify(text)}. ${wholeFile}`,
        where: { file: 'm.csv', line: 12, column },
      })
    }
  })

  it.each(cases)('passes over a good $field of a message of type $type', ({ type, field, good }) => {
    for (const text of good) {
      const line = lineOf(type, { [field]: text })
      expect(messageLineError('m.csv', 12, line)).toMatchObject({
        message: `m.csv line 12: expected a line of at most 65536 bytes, found ${line.length}. ${wholeFile}`,
        where: { file: 'm.csv', line: 12 },
      })
    }
  })

  it('names the first wrong field of several', () => {
    expect(messageLineError('m.csv', 1, '34200,1,0,0,0,0').where.column).toBe(3)
    expect(messageLineError('m.csv', 1, '34200,9,0,0').where.column).toBe(2)
  })

  it('lets only a cross of nothing have no price', () => {
    expect(messageLineError('m.csv', 1, '34200,6,-1,0,0,-1').message).toContain('a line of at most')
    expect(messageLineError('m.csv', 1, '34200,6,-1,1,0,-1').where.column).toBe(5)
    expect(messageLineError('m.csv', 1, '34200,6,-1,0,-1,-1').message).toContain('column 5: expected a price in dollars x 10000 from 0 to 9999999998, found "-1"')
    expect(messageLineError('m.csv', 1, '34200,1,7,0,0,1').where.column).toBe(4)
  })

  it('counts the columns of a line that ends early', () => {
    expect(messageLineError('m.csv', 3, '34200,1,7,1,100')).toMatchObject({
      message: `m.csv line 3: expected at least 6 columns (time, type, order id, size, price, direction), found 5 in "34200,1,7,1,100". ${wholeFile}`,
      where: { file: 'm.csv', line: 3 },
    })
    expect(messageLineError('m.csv', 3, '34200').message).toContain('found 1 in "34200".')
  })

  it('shows no more than 40 characters of what it found', () => {
    expect(messageLineError('m.csv', 1, '1'.repeat(40)).message).toContain(`found "${'1'.repeat(40)}".`)
    expect(messageLineError('m.csv', 1, '1'.repeat(41)).message).toContain(`found "${'1'.repeat(40)}...".`)
  })

  it.each([
    ['1000200,100,999900,50', swapped],
    ['1000200,100,-9999999999,0', swapped],
    ['1000200,100,999900,50,1000500,200,999800,60', swapped],
    ['1000200,100,999900', wholeFile],
    ['1000200,100,999900,50,1000500', wholeFile],
    ['1000200,100,999900,50,1000500,200', wholeFile],
    ['34200.1,100,999900,50', wholeFile],
    ['1000200,100,999900,x', wholeFile],
    ['1000200,100,999900,--50', wholeFile],
    ['', wholeFile],
  ])('says of the line %j: "%s"', (text, advice) => {
    expect(messageLineError('m.csv', 1, text).message.endsWith(advice)).toBe(true)
  })
})
