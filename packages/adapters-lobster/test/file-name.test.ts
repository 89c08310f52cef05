import { expect, it } from 'vitest'
import { lobsterFileName } from '../src/file-name.js'

it('reads the parts of a standard name, whatever the compression', () => {
  const expected = { symbol: 'GOOG', date: '2012-06-21', levels: 10, kind: 'message', startMillis: 34_200_000, endMillis: 57_600_000 }
  expect(lobsterFileName('/data/GOOG_2012-06-21_34200000_57600000_message_10.csv')).toEqual(expected)
  expect(lobsterFileName('GOOG_2012-06-21_34200000_57600000_message_10.csv.gz')).toEqual(expected)
  expect(lobsterFileName('x/GOOG_2012-06-21_34200000_57600000_orderbook_10.csv.zst')).toEqual({ ...expected, kind: 'orderbook' })
})

it('keeps an underscore or a dot of the symbol', () => {
  expect(lobsterFileName('BRK.B_2020-01-02_34200000_57600000_message_5.csv')?.symbol).toBe('BRK.B')
  expect(lobsterFileName('A_B_2020-01-02_34200000_57600000_message_5.csv')?.symbol).toBe('A_B')
})

it('reads the official sample zip as a pair, whose name does not say when it starts and ends', () => {
  expect(lobsterFileName('/data/GOOG_2012-06-21_10.zip')).toEqual({ symbol: 'GOOG', date: '2012-06-21', levels: 10, kind: 'pair', startMillis: 0, endMillis: 86_400_000 })
  expect(lobsterFileName('LOBSTER_SampleFile_GOOG_2012-06-21_10.zip')).toMatchObject({ symbol: 'GOOG', date: '2012-06-21', levels: 10, kind: 'pair' })
})

it.each(['messages.csv', 'GOOG_2012-06-21_10.zip.part', 'GOOG_20120621_34200000_57600000_message_10.csv', 'GOOG_2012-06-21_34200000_57600000_message_10.csv.bz2', 'GOOG_2012-06-21_34200000_57600000_trades_10.csv'])(
  'does not know %s',
  (name) => expect(lobsterFileName(name)).toBeUndefined(),
)
