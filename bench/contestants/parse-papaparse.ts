import { createReadStream, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { messageFile } from '../data/lobster-files.ts'
import type { Enter } from '../runner/contest.ts'
import { MessageColumns } from './message-columns.ts'

/** Rows of text from a stream, turned to numbers. */
export const enter: Enter = (folder) => {
  const units = readFileSync(messageFile(folder)).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 0)
  const read = async (): Promise<MessageColumns> => {
    const columns = new MessageColumns(units)
    await new Promise<void>((resolve, reject) => {
      Papa.parse<string[]>(createReadStream(messageFile(folder), { highWaterMark: 1 << 20 }), {
        chunk: ({ data }) => {
          for (const fields of data) if (fields.length > 1) columns.push(fields)
        },
        complete: () => resolve(),
        error: reject,
      })
    })
    return columns
  }
  return { units, hash: async () => (await read()).hash(), run: read }
}
