import { LobError } from '@rxlob/core'
import type { CaptureRecord, CaptureRecords } from './capture-record.js'
import { fileLines } from './file-lines.js'

/**
 * Files of one JSON value: an object (a REST answer) or an array of messages. There are no receive times: `timeOf` reads one from each
 * message, or NaN. Files are merged in that order, answers and messages without a time first. Files are read whole.
 */
export async function* jsonArrays(files: readonly string[], timeOf: (message: Uint8Array) => number, signal?: AbortSignal): CaptureRecords {
  const records: CaptureRecord[] = []
  for (const file of files) {
    const chunks: Uint8Array[] = []
    for await (const { lines } of fileLines(file, { signal })) for (const line of lines) chunks.push(line, newline)
    const bytes = Buffer.concat(chunks)
    const start = skipBlanks(bytes, 0)
    if (bytes[start] === open.array) for (const element of elementsOf(bytes, start, file)) records.push({ tsLocal: timeOf(element), kind: 'message', data: element })
    else if (bytes[start] === open.object) records.push({ tsLocal: NaN, kind: 'answer', data: bytes.subarray(start) })
    else throw new LobError('LOB_BAD_FILE', 'Expected a JSON array of messages or one JSON object.', { file, line: 1 })
  }
  const known = records.filter(({ tsLocal }) => !Number.isNaN(tsLocal)).sort((a, b) => a.tsLocal - b.tsLocal)
  const first = known[0]?.tsLocal ?? 0
  yield [...records.filter(({ tsLocal }) => Number.isNaN(tsLocal)).map((record) => ({ ...record, tsLocal: first })), ...known]
}

const newline = Uint8Array.of(10)
const open = { array: 91, object: 123 } as const
const isBlank = (code: number | undefined): boolean => code === 32 || code === 10 || code === 13 || code === 9

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && isBlank(bytes[at])) at++
  return at
}

/** The bytes of each element of an array of objects, as they stand in the file. */
function* elementsOf(bytes: Uint8Array, start: number, file: string): Generator<Uint8Array, void, void> {
  let depth = 0
  let from = -1
  let quoted = false
  for (let at = start; at < bytes.length; at++) {
    const code = bytes[at]!
    if (quoted) {
      if (code === 92) at++
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === open.object || code === open.array) {
      depth++
      if (depth === 2 && code === open.object) from = at
    } else if (code === 125 || code === 93) {
      depth--
      if (depth === 1 && from >= 0) {
        yield bytes.subarray(from, at + 1)
        from = -1
      }
      if (depth === 0) return
    }
  }
  throw new LobError('LOB_BAD_FILE', 'Expected the end of a JSON array, got the end of the file.', { file })
}
