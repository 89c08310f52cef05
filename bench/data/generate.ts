import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { library } from '../runner/library.ts'
import { deepStream } from './deep-stream.ts'
import * as lobsterFiles from './lobster-files.ts'
import { orderStreams } from './order-stream.ts'
import { writeStream } from './streams.ts'

const [, , folder = ''] = process.argv
const done = join(folder, 'complete')
const messages = 1_000_000
/** Long enough for a million messages of the whole book, and of its ten best levels. */
const durationMicros = 5_760_000_000
const rates = { limitOrders: 60, marketOrders: 3 }

if (!existsSync(done)) {
  mkdirSync(folder, { recursive: true })
  const packages = await library()
  const source = packages.simulator.simulator({ seed: 11, durationMicros, rates })
  const { orders, levels } = orderStreams(13, messages)
  writeStream(join(folder, 'orders.bin'), 5, orders.opening, orders.values)
  writeStream(join(folder, 'shallow.bin'), 3, levels.opening, levels.values)
  const deep = deepStream(12, messages)
  writeStream(join(folder, 'deep.bin'), 3, deep.opening, deep.values)
  const { messageFile, orderBookFile, rows } = await packages.simulator.writeLobsterFiles(source, { folder, levels: 10 })
  renameSync(messageFile, lobsterFiles.messageFile(folder))
  renameSync(orderBookFile, lobsterFiles.orderbookFile(folder))
  writeFileSync(done, JSON.stringify({ messages: orders.values.length / 5 - orders.opening, levels: levels.values.length / 3 - levels.opening, deepOpening: deep.opening, lobsterRows: rows }))
}
