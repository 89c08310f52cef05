import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditLobster } from '../src/index.js'
import { madeUpDay } from './made-up-day.js'
import { messageName, nineMessages, nineRows, orderbookName } from './nine-messages.js'
import { openTempFiles } from './open-temp-files.js'
import { tempFolder } from './temp-folder.js'

it('finds the nine messages and their rows in agreement', async () => {
  const folder = tempFolder({ [messageName]: nineMessages, [orderbookName]: nineRows })
  expect(await auditLobster({ folder, symbol: 'DEMO', levels: 2 })).toMatchObject({
    rows: 9,
    mismatches: 0,
    messageMismatches: 0,
    gaps: 0,
    unseenOrderIds: 0,
    scrolledIn: 1,
    forgottenOrders: 0,
    crossed: 0,
    files: [{ kind: 'message', rows: 9 }, { kind: 'orderbook', rows: 9 }],
  })
})

const row = '1000200,10,999900,5,1000300,20,999800,6'

it('leaves no file open, whether it ends well or not', async () => {
  const { messages, orderbook } = madeUpDay({ levels: 3, rows: 2000, seed: 4 })
  const auditOf = (book: string) => {
    const folder = tempFolder({ 'm.csv': messages, 'b.csv': book })
    return auditLobster({ messages: join(folder, 'm.csv'), orderbook: join(folder, 'b.csv'), symbol: 'X', date: '2012-06-21', levels: 3 })
  }
  expect((await auditOf(orderbook)).mismatches).toBe(0)
  expect(openTempFiles()).toBe(0)
  await expect(auditOf(orderbook.slice(0, -200))).rejects.toThrow()
  expect(openTempFiles()).toBe(0)
})

describe('a row that its message does not explain', () => {
  const auditOf = (rows: readonly string[]) => {
    const folder = tempFolder({ 'm.csv': '34200,5,0,1,1000000,1\n'.repeat(rows.length), 'b.csv': `${rows.join('\n')}\n` })
    return auditLobster({ messages: join(folder, 'm.csv'), orderbook: join(folder, 'b.csv'), symbol: 'X', date: '2012-06-21', levels: 2 })
  }

  it('is counted, and the book is the row all the same', async () => {
    const changed = row.replace(',10,', ',11,')
    expect(await auditOf([row, row, changed, changed, row])).toMatchObject({ rows: 5, mismatches: 0, messageMismatches: 2, gaps: 2 })
  })

  it('is a gap, but no message mismatch, where only the deepest rank differs', async () => {
    expect(await auditOf([row, row.replace(',20,', ',21,'), row])).toMatchObject({ rows: 3, mismatches: 0, messageMismatches: 0, gaps: 2 })
  })
})

it('counts ids that no message of the day added, and crossed rows', async () => {
  const folder = tempFolder({
    'm.csv': '34200,7,0,0,-1,-1\n34201,1,1,5,1000300,1\n34202,2,1,1,1000300,1\n34203,3,2,4,1000300,1\n34204,2,3,1,999900,1\n',
    'b.csv': '1000200,10,999900,5\n1000200,10,1000300,5\n1000200,10,1000300,4\n1000200,10,999900,5\n1000200,10,999900,4\n',
  })
  const audit = await auditLobster({ messages: join(folder, 'm.csv'), orderbook: join(folder, 'b.csv'), symbol: 'X', date: '2012-06-21', levels: 1 })
  expect(audit).toMatchObject({ rows: 5, mismatches: 0, unseenOrderIds: 2, crossed: 2, scrolledIn: 1 })
})

it('compares every day with its own file', async () => {
  const files = [0, 1, 2].flatMap((seed) => {
    const { messages, orderbook } = madeUpDay({ levels: 3, rows: 200, seed })
    return [[`X_2012-06-2${seed}_34200000_57600000_message_3.csv`, messages], [`X_2012-06-2${seed}_34200000_57600000_orderbook_3.csv`, orderbook]]
  })
  const audit = await auditLobster({ folder: tempFolder(Object.fromEntries(files) as Record<string, string>), symbol: 'X', levels: 3 })
  expect(audit).toMatchObject({ rows: 600, mismatches: 0, messageMismatches: 0, gaps: 0 })
  expect(audit.files).toHaveLength(6)
})

it('has nothing to say about a message file alone', async () => {
  const folder = tempFolder({ [messageName]: nineMessages })
  await expect(auditLobster({ folder, symbol: 'DEMO', levels: 2 })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
})
