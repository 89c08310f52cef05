import { expect, it } from 'vitest'
import type { LobsterOptions } from '../src/index.js'
import { planOf } from '../src/plan.js'

const messages = '/d/GOOG_2012-06-21_34200000_57600000_message_10.csv'
const orderbook = '/d/GOOG_2012-06-21_34200000_57600000_orderbook_10.csv'

it('takes symbol, date and levels from a standard name', () => {
  expect(planOf({ messages, orderbook })).toMatchObject({
    instrument: { id: 'nasdaq:GOOG', symbol: 'GOOG', tickSize: 0.01, lotSize: 1, settle: 'USD', contract: 'linear' },
    levels: 10,
    units: 100,
    rows: 4096,
    hiddenSide: 'file',
    days: [{ messages, orderbook, date: '2012-06-21', start: 1_340_251_200_000_000 }],
  })
})

it('believes an option before a name', () => {
  expect(planOf({ messages, orderbook, symbol: 'goog2', date: '2012-01-20', levels: 7, tickSize: 0.0001 })).toMatchObject({ instrument: { id: 'nasdaq:GOOG2' }, levels: 7, units: 1, days: [{ date: '2012-01-20' }] })
})

it('finds both files in a zip', () => {
  expect(planOf({ messages: 'LOBSTER_SampleFile_GOOG_2012-06-21_5.zip' })).toMatchObject({ levels: 5, days: [{ messages: 'LOBSTER_SampleFile_GOOG_2012-06-21_5.zip', orderbook: 'LOBSTER_SampleFile_GOOG_2012-06-21_5.zip' }] })
})

const wrong: [string, object, string][] = [
  ['no file at all', {}, 'expected one of messages'],
  ['no day', { days: [] }, 'expected at least one day'],
  ['a name that says nothing', { messages: 'm.csv' }, 'Option symbol: expected it, because the file name is not of the form SYMBOL_YYYY-MM-DD_START_END_message_LEVELS.csv'],
  ['a name that says nothing, but for the levels', { messages: 'm.csv', symbol: 'X', date: '2012-06-21' }, 'Option levels: expected it'],
  ['a name that says nothing, but for the date', { messages: 'm.csv', symbol: 'X', levels: 1 }, 'Option date: expected it'],
  ['an impossible date in the name', { messages: messages.replace('06-21', '13-45') }, "expected a calendar day as YYYY-MM-DD, got '2012-13-45'"],
  ['30 February in the name', { messages: messages.replace('06-21', '02-30') }, "got '2012-02-30'"],
  ['an impossible date', { messages, date: '21.06.2012' }, "got '21.06.2012'"],
  ['swapped names', { messages: orderbook, orderbook: messages }, 'they are swapped'],
  ['two order-book files', { messages: orderbook, orderbook }, 'they are swapped'],
  ['files of two symbols', { messages, orderbook: orderbook.replace('GOOG', 'AAPL') }, 'Option symbol: expected one for all files, their names say GOOG, AAPL'],
  ['files of two depths', { messages, orderbook: orderbook.replace('_10', '_5') }, 'Option levels: expected one for all files, their names say 10, 5'],
  ['files of two days', { messages, orderbook: orderbook.replace('-21', '-22') }, 'expected files of one period'],
  ['files of two periods', { messages, orderbook: orderbook.replace('57600000', '37800000') }, 'expected files of one period'],
  ['0 levels', { messages, levels: 0 }, 'Option levels: expected an integer from 1 to 50, got 0'],
  ['51 levels in the name', { messages: messages.replace('_10', '_51') }, 'got 51'],
  ['a tick size off the grid of prices', { messages, tickSize: 0.00015 }, 'Option tickSize: expected a positive multiple of 0.0001 dollars'],
  ['a tick size of 0', { messages, tickSize: 0 }, 'Option tickSize'],
  ['a negative tick size', { messages, tickSize: -0.01 }, 'Option tickSize'],
  ['an unknown way with hidden sides', { messages, hiddenSide: 'both' }, "Option hiddenSide: expected 'file' or 'unknown', got 'both'"],
  ['no rows in a batch', { messages, rows: 0 }, 'Option rows'],
  ['days out of order', { days: [{ messages: messages.replace('-21', '-22') }, { messages }] }, 'expected days in order, got 2012-06-21 after 2012-06-22'],
  ['order books for some days', { days: [{ messages, orderbook }, { messages: messages.replace('-21', '-22') }] }, 'for every day or for none'],
  ['an order book beside a zip', { messages: 'GOOG_2012-06-21_10.zip', orderbook }, 'holds both files'],
]

it.each(wrong)('refuses %s', (_, options, says) => {
  expect(() => planOf(options as LobsterOptions)).toThrow(expect.objectContaining({ name: 'LobError', code: 'LOB_BAD_OPTION', message: expect.stringContaining(says) as string }) as Error)
})
