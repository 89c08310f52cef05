import { LobError } from '@rxlob/core'
import type { CaptureRecord, CaptureRecords } from './capture-record.js'
import { fileLines } from './file-lines.js'

export interface ReceiveTimeLinesOptions {
  /** Unit of the receive time. Default `ns`. */
  readonly unit?: 'ns' | 'us' | 'ms'
  /** REST answers stand among the messages: true for a payload that is one. Default none. */
  readonly isAnswer?: (payload: Uint8Array) => boolean
}

const digitsOf = { ns: 19, us: 16, ms: 13 }

/** Lines `<receive time> <json>`, as hftbacktest's collector writes them. Consecutive files join. */
export async function* receiveTimeLines(files: readonly string[], { unit = 'ns', isAnswer }: ReceiveTimeLinesOptions = {}, signal?: AbortSignal): CaptureRecords {
  const digits = digitsOf[unit]
  for (const file of files) {
    for await (const { lines, firstLine } of fileLines(file, { signal })) {
      const records: CaptureRecord[] = []
      lines.forEach((line, at) => {
        if (line.length === 0) return
        if (line[digits] !== 32) throw badLine(file, firstLine + at, `a receive time of ${digits} digits (${unit}), a blank and a message`)
        const data = line.subarray(digits + 1)
        records.push({ tsLocal: microsOf(line, digits, file, firstLine + at), kind: isAnswer?.(data) ? 'answer' : 'message', data })
      })
      yield records
    }
  }
}

/** The first 16 digits are microseconds; nanoseconds beyond them are cut off. */
function microsOf(line: Uint8Array, digits: number, file: string, lineNumber: number): number {
  let micros = 0
  for (let i = 0; i < Math.min(digits, 16); i++) {
    const digit = line[i]! - 48
    if (digit < 0 || digit > 9) throw badLine(file, lineNumber, `a receive time of ${digits} digits`)
    micros = micros * 10 + digit
  }
  return digits < 16 ? micros * 1000 : micros
}

export const badLine = (file: string, line: number, expected: string): LobError => new LobError('LOB_BAD_FILE', `Expected ${expected}.`, { file, line })
