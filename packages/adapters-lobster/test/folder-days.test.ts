import { join } from 'node:path'
import { expect, it } from 'vitest'
import { folderDays } from '../src/folder-days.js'
import { tempFolder } from './temp-folder.js'

const folderWith = (...names: string[]): string => tempFolder(Object.fromEntries(names.map((name) => [name, ''])))

it('pairs the files of each period of a symbol and depth, in order of time', () => {
  const folder = folderWith(
    'X_2012-06-22_34200000_57600000_message_5.csv', 'X_2012-06-22_34200000_57600000_orderbook_5.csv.gz',
    'X_2012-06-21_37800000_57600000_message_5.csv', 'X_2012-06-21_37800000_57600000_orderbook_5.csv',
    'X_2012-06-21_34200000_37800000_message_5.csv', 'X_2012-06-21_34200000_37800000_orderbook_5.csv',
    'X_2012-06-21_34200000_57600000_message_10.csv', 'Y_2012-06-21_34200000_57600000_message_5.csv', 'notes.txt',
  )
  const of = (name: string): string => join(folder, name)
  expect(folderDays({ folder, symbol: 'x', levels: 5 })).toEqual([
    { date: '2012-06-21', messages: of('X_2012-06-21_34200000_37800000_message_5.csv'), orderbook: of('X_2012-06-21_34200000_37800000_orderbook_5.csv') },
    { date: '2012-06-21', messages: of('X_2012-06-21_37800000_57600000_message_5.csv'), orderbook: of('X_2012-06-21_37800000_57600000_orderbook_5.csv') },
    { date: '2012-06-22', messages: of('X_2012-06-22_34200000_57600000_message_5.csv'), orderbook: of('X_2012-06-22_34200000_57600000_orderbook_5.csv.gz') },
  ])
  expect(folderDays({ folder, symbol: 'X', levels: 5, date: '2012-06-22' })).toHaveLength(1)
  expect(folderDays({ folder, symbol: 'X', levels: 10 })).toEqual([{ date: '2012-06-21', messages: of('X_2012-06-21_34200000_57600000_message_10.csv') }])
})

it('reads the form of a file that is cheapest to read', () => {
  const name = 'X_2012-06-21_34200000_57600000_message_5.csv'
  expect(folderDays({ folder: folderWith(`${name}.gz`, `${name}.zst`, 'X_2012-06-21_5.zip'), symbol: 'X', levels: 5 })).toMatchObject([{ messages: expect.stringMatching(/\.zst$/) as string }])
  expect(folderDays({ folder: folderWith(`${name}.gz`, name), symbol: 'X', levels: 5 })).toMatchObject([{ messages: expect.stringMatching(/\.csv$/) as string }])
  expect(folderDays({ folder: folderWith('X_2012-06-21_5.zip', 'LOBSTER_SampleFile_X_2012-06-22_5.zip'), symbol: 'X', levels: 5 })).toHaveLength(2)
})

it.each([
  ['there is no such folder', () => join(tempFolder(), 'none'), 'expected a readable folder'],
  ['nothing fits', () => folderWith('X_2012-06-21_34200000_57600000_message_1.csv'), 'expected files like X_YYYY-MM-DD_34200000_57600000_message_5.csv'],
  ['there is an order book without messages', () => folderWith('X_2012-06-21_34200000_57600000_orderbook_5.csv'), 'found none'],
  ['periods overlap', () => folderWith('X_2012-06-21_34200000_57600000_message_5.csv', 'X_2012-06-21_34200000_37800000_message_5.csv'), 'overlaps'],
])('refuses a folder where %s', (_, folder, says) => {
  expect(() => folderDays({ folder: folder(), symbol: 'X', levels: 5 })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(says) as string }) as Error)
})
