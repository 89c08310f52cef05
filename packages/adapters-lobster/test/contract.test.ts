import { join } from 'node:path'
import type { Source } from '@rxlob/core'
import { testSource } from '@rxlob/testkit'
import { describe, it } from 'vitest'
import { lobster } from '../src/index.js'
import { madeUpDay } from './made-up-day.js'
import { openTempFiles as open } from './open-temp-files.js'
import { tempFolder } from './temp-folder.js'

const options = { symbol: 'X', date: '2012-06-21', levels: 3, rows: 100 }
const day = madeUpDay({ levels: 3, rows: 1000, seed: 21 })
const lines = day.orderbook.split('\n')

function source(files: { messages: string; orderbook?: string }): Source {
  const folder = tempFolder({ 'm.csv': files.messages, ...(files.orderbook !== undefined && { 'b.csv': files.orderbook }) })
  return lobster({ ...options, messages: join(folder, 'm.csv'), ...(files.orderbook !== undefined && { orderbook: join(folder, 'b.csv') }) })
}

describe('a pair of files', () => {
  const checks = testSource(() => source(day), {
    open,
    faulty: () => source({ ...day, orderbook: lines.with(500, lines[600]!).join('\n') }),
    broken: () => source({ ...day, orderbook: day.orderbook.slice(0, -200) }),
  })
  it.each(checks)('$name', ({ run }) => run())
})

describe('several days', () => {
  const checks = testSource(() => {
    const folder = tempFolder(Object.fromEntries([1, 2, 3].flatMap((i) => {
      const { messages, orderbook } = madeUpDay({ levels: 3, rows: 100, seed: i })
      return [[`m${i}.csv`, messages], [`b${i}.csv`, orderbook]]
    })))
    return lobster({ symbol: 'X', levels: 3, rows: 30, days: [1, 2, 3].map((i) => ({ messages: join(folder, `m${i}.csv`), orderbook: join(folder, `b${i}.csv`), date: `2012-06-0${i}` })) })
  }, { open })
  it.each(checks)('$name', ({ run }) => run())
})

describe('a message file alone', () => {
  it.each(testSource(() => source({ messages: day.messages }), { open }))('$name', ({ run }) => run())
})
