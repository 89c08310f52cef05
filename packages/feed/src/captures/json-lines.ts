import type { CaptureRecord, CaptureRecords } from './capture-record.js'
import { fileLines } from './file-lines.js'

/**
 * Files of one message a line, in the order they came and without receive times: `timeOf` reads one from each message, or NaN.
 * A message without a time, and one that says it is older than the message before it, came with the one before.
 */
export async function* jsonLines(files: readonly string[], timeOf: (message: Uint8Array) => number, signal?: AbortSignal): CaptureRecords {
  let last = NaN
  for (const file of files) {
    for await (const { lines } of fileLines(file, { signal })) {
      const records: CaptureRecord[] = []
      for (const data of lines) {
        if (data.length === 0) continue
        const time = timeOf(data)
        if (!(time <= last) && !Number.isNaN(time)) last = time
        records.push({ tsLocal: last, kind: 'message', data })
      }
      yield records
    }
  }
}
