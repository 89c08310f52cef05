import { describe, expect, it } from 'vitest'
import { readTrades } from '../src/index.js'
import { encode } from './fixtures.js'

describe('a REST answer of trades', () => {
  it('gives prints as the stream has them, in its unit of time', () => {
    const single = '[{"id": 28457, "price": "4.00000100", "qty": "12.00000000", "quoteQty": "48.000012", "time": 1499865549590, "isBuyerMaker": true, "isBestMatch": true}]'
    expect(readTrades(encode(single), { symbol: 'DEMOUSDT', aggregate: false, timeUnit: 'us' })).toEqual([
      { type: 'trade', stream: undefined, symbol: 'DEMOUSDT', id: 28457, f: 28457, l: 28457, E: 1499865549590000, T: 1499865549590000, p: '4.00000100', q: '12.00000000', m: true, X: undefined },
    ])
    const aggregate = '[{"a": 26129, "p": "0.01633102", "q": "4.70443515", "f": 27781, "l": 27783, "T": 1498793709153, "m": true, "M": true}]'
    expect(readTrades(encode(aggregate), { symbol: 'DEMOUSDT', aggregate: true, timeUnit: 'ms' })).toMatchObject([{ id: 26129, f: 27781, l: 27783, T: 1498793709153 }])
  })

  it.each(['{"code": -1121, "msg": "Invalid symbol."}', '[{"id": 1}]', '[null]', '[{"id": 1.5, "price": "1", "qty": "1", "time": 1, "isBuyerMaker": true}]'])('refuses %s', (text) => {
    expect(() => readTrades(encode(text), { symbol: 'DEMOUSDT', aggregate: false, timeUnit: 'ms' })).toThrow(/^Expected/)
  })
})
