import { describe, expect, it } from 'vitest'
import { orderbookLineError } from '../src/orderbook-line-error.js'

const wholeFile = 'Check that this is a LOBSTER order-book file of that many levels and that it was copied whole.'
const swapped = 'This looks like a line of a message file: check that messages and orderbook are not swapped.'

describe('orderbookLineError', () => {
  it.each([
    ['1,2,3', 1, '4 columns (ask price, ask size, bid price, bid size, for 1 levels), found 3'],
    ['1,2,3,4,5', 1, '4 columns (ask price, ask size, bid price, bid size, for 1 levels), found 5'],
    ['', 2, '8 columns (ask price, ask size, bid price, bid size, for 2 levels), found 1'],
    // How many come before what they are.
    ['1,x,3', 1, '4 columns (ask price, ask size, bid price, bid size, for 1 levels), found 3'],
  ])('counts the columns of %j for %d levels', (text, levels, says) => {
    const { code, message, where } = orderbookLineError('b.csv', 5, text, levels)
    expect({ code, message, where }).toEqual({ code: 'LOB_BAD_FILE', message: `b.csv line 5: expected ${says}. ${wholeFile}`, where: { file: 'b.csv', line: 5 } })
  })

  it.each([
    ['x,2,3,4', 1, 'x'], ['1,2,3,', 4, ''], ['1,2.5,3,4', 2, '2.5'], ['1,2,--3,4', 3, '--3'], ['1,2,3,4x', 4, '4x'], ['1,2,-,4', 3, '-'],
    ['1,2,3,4 ', 4, '4 '], ['-1,a,b,c', 2, 'a'], ['10,20,x,40', 3, 'x'],
  ])('names the first column of %j that is not an integer', (text, column, found) => {
    const { message, where } = orderbookLineError('b.csv', 5, text, 1)
    expect({ message, where }).toEqual({ message: `b.csv line 5 column ${column}: expected an integer, found ${JSON.stringify(found)}. ${wholeFile}`, where: { file: 'b.csv', line: 5, column } })
  })

  it('names a column of two levels', () => {
    expect(orderbookLineError('b.csv', 5, '1,2,3,4,5,6,7,x', 2)).toMatchObject({ where: { column: 8 } })
  })

  it.each([
    ['34200.1,1,7,1,100,1', swapped], ['34200,7,0,0,-1,-1', swapped], ['34200.25,6,-1,0,0,-0', swapped], ['12.5,4,10,20,30,-1,null', swapped], ['12.5,4,10,20,30,-1,', swapped],
    ['34200.,1,7,1,100,1', wholeFile], ['34200.x,1,7,1,100,1', wholeFile], ['.5,1,7,1,100,1', wholeFile], ['x34200,1,7,1,100,1', wholeFile], ['34200,8,7,1,100,1', wholeFile], ['34200,0,7,1,100,1', wholeFile], ['34200,1,x,1,100,1', wholeFile],
    ['34200,1,,1,100,1', wholeFile], ['34200,1,7,-1,100,1', wholeFile], ['34200,1,7,,100,1', wholeFile], ['34200,1,7,1,,1', wholeFile], ['34200,1,7,1,x,1', wholeFile],
    ['34200,1,7,1,100,2', wholeFile], ['34200,1,7,1,100,11', wholeFile], ['34200,1,7,1,100', wholeFile], ['1000200,100,999900,50,1000500,200', wholeFile],
  ])('says of the line %j: "%s"', (text, advice) => {
    expect(orderbookLineError('b.csv', 1, text, 3).message.endsWith(advice)).toBe(true)
  })
})
