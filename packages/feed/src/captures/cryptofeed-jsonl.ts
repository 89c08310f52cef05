import type { CaptureRecord, CaptureRecords } from './capture-record.js'
import { microsOf } from './cryptofeed-lines.js'
import { fileLines } from './file-lines.js'
import { badLine } from './receive-time-lines.js'

interface Line {
  readonly t: 'header' | 'http' | 'connect' | 'send' | 'recv'
  readonly ts?: number
  readonly url?: string
  readonly addr?: string
  readonly data?: string
}

const kindOf = { http: 'answer', connect: 'connected', recv: 'message' } as const

/**
 * cryptofeed v3 captures: one JSON object a line, `{t, ts, conn, data}` with the message as text in `data`. A file lists one connection
 * after the other, so a file is read whole and sorted by receive time (ties in file order).
 */
export async function* cryptofeedJsonl(files: readonly string[], signal?: AbortSignal): CaptureRecords {
  const encoder = new TextEncoder()
  for (const file of files) {
    const records: CaptureRecord[] = []
    for await (const { lines, firstLine } of fileLines(file, { signal })) {
      lines.forEach((bytes, at) => {
        if (bytes.length === 0) return
        const line = parsed(bytes, file, firstLine + at)
        if (line.t === 'header' || line.t === 'send') return
        if (kindOf[line.t] === undefined || typeof line.ts !== 'number') throw badLine(file, firstLine + at, 'an object with t (header, http, connect, send, recv) and ts')
        const url = line.url ?? line.addr
        records.push({ tsLocal: microsOf(line.ts), kind: kindOf[line.t], ...(url !== undefined && { url }), data: encoder.encode(line.data ?? '') })
      })
    }
    yield records.sort((a, b) => a.tsLocal - b.tsLocal)
  }
}

function parsed(bytes: Uint8Array, file: string, line: number): Line {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')) as Line
  } catch {
    throw badLine(file, line, 'one JSON object a line')
  }
}
