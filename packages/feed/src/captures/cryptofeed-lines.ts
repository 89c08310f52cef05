import type { CaptureRecord, CaptureRecords } from './capture-record.js'
import { fileLines } from './file-lines.js'
import { badLine } from './receive-time-lines.js'

/**
 * cryptofeed's text captures: `<unix seconds>: <message>`, `<url> -> <unix seconds>: <answer>` for REST calls,
 * `<url> <-> <unix seconds>` where a socket opened, `<url> <- <unix seconds>: <request>` for what was sent to it (passed over), and one
 * `configuration: ...` line. Receive times never go back within a file.
 *
 * @see https://github.com/bmoscon/cryptofeed/blob/master/cryptofeed/raw_data_collection.py
 */
export async function* cryptofeedLines(files: readonly string[], signal?: AbortSignal): CaptureRecords {
  for (const file of files) {
    for await (const { lines, firstLine } of fileLines(file, { signal })) {
      const records: CaptureRecord[] = []
      lines.forEach((line, at) => {
        const record = recordOf(line, file, firstLine + at)
        if (record !== undefined) records.push(record)
      })
      yield records
    }
  }
}

/** The longest head that a line may have before its message: a URL with hundreds of streams. */
const maxHeadBytes = 65_536

function recordOf(line: Uint8Array, file: string, lineNumber: number): CaptureRecord | undefined {
  if (line.length === 0 || startsWith(line, 'configuration: ')) return undefined
  const head = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, maxHeadBytes)).toString('latin1')
  const message = /^(\d+(?:\.\d+)?): /.exec(head)
  if (message !== null) return { tsLocal: microsOf(message[1]!), kind: 'message', data: line.subarray(message[0].length) }
  const answer = /^(https?:\/\/\S+) -> (\d+(?:\.\d+)?): /.exec(head)
  if (answer !== null) return { tsLocal: microsOf(answer[2]!), kind: 'answer', url: answer[1]!, data: line.subarray(answer[0].length) }
  if (/^wss?:\/\/\S+ <- \d+(?:\.\d+)?: /.test(head)) return undefined
  const opened = /^(wss?:\/\/\S+)(?: <-> (\d+(?:\.\d+)?))?$/.exec(head)
  if (opened !== null) return { tsLocal: opened[2] === undefined ? NaN : microsOf(opened[2]), kind: 'connected', url: opened[1]!, data: new Uint8Array() }
  throw badLine(file, lineNumber, 'a line "<unix seconds>: <message>", "<url> -> <unix seconds>: <answer>" or "<url> <-> <unix seconds>"')
}

const startsWith = (line: Uint8Array, text: string): boolean => Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, text.length)).toString('latin1') === text

/** Seconds as Python prints a float: the double nearest to it, in whole microseconds. */
export const microsOf = (seconds: string | number): number => Math.round(Number(seconds) * 1e6)
