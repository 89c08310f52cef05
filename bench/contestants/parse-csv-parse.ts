import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { messageFile } from '../data/lobster-files.ts'
import type { Enter } from '../runner/contest.ts'
import { MessageColumns } from './message-columns.ts'
import { summedMessages } from './message-hash.ts'

/** Rows of numbers (`cast`) from a stream; the first hundred thousand messages are enough. */
export const enter: Enter = (folder) => {
  const read = async (): Promise<MessageColumns> => {
    const columns = new MessageColumns(summedMessages)
    const rows = createReadStream(messageFile(folder), { highWaterMark: 1 << 20 }).pipe(parse({ cast: true, toLine: summedMessages }))
    for await (const fields of rows as AsyncIterable<(string | number)[]>) columns.push(fields)
    return columns
  }
  return { units: summedMessages, hash: async () => (await read()).hash(), run: read }
}
