import { createReadStream } from 'node:fs'
import { LobError } from '@rxlob/core'

/** Rows of a file: 40 of the book, 104 hand-crafted, 5 of labels. */
const fileRows = 149

/** A file of the benchmark as it lies on the disk: a line a feature, a column a snapshot. */
export interface Fi2010Matrix {
  readonly snapshots: number
  /** The lines that were asked for, in their order. */
  readonly rows: readonly Float64Array[]
}

/**
 * Reads lines of an FI-2010 file, a chunk at a time: a training file has 38 million numbers.
 *
 * @param wanted 0-based numbers of the lines to keep, ascending.
 * @throws {LobError} LOB_BAD_FILE, with line and column, where there are not 149 lines of equally many numbers.
 */
export async function fi2010Matrix(file: string, wanted: readonly number[]): Promise<Fi2010Matrix> {
  const rows: Float64Array[] = []
  const keep = new Set(wanted)
  let line: number[] = []
  let lines = 0
  let columns = 0
  let width = -1
  let rest = ''
  const token = (text: string): void => {
    columns++
    if (!keep.has(lines)) return
    const value = Number(text)
    if (!Number.isFinite(value)) throw new LobError('LOB_BAD_FILE', `Expected a number, got "${text.slice(0, 40)}".`, { file, line: lines + 1, column: columns })
    line.push(value)
  }
  const endLine = (): void => {
    if (columns === 0) return
    if (width < 0) width = columns
    if (columns !== width) throw new LobError('LOB_BAD_FILE', `Expected ${width} numbers as in the first line, got ${columns}; the file is truncated or damaged.`, { file, line: lines + 1 })
    if (keep.has(lines)) rows.push(Float64Array.from(line))
    line = []
    columns = 0
    lines++
    if (lines > fileRows) throw new LobError('LOB_BAD_FILE', `Expected ${fileRows} lines, got more: this is no FI-2010 file.`, { file, line: lines })
  }
  try {
    for await (const chunk of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
      const text = rest + (chunk as string)
      let start = 0
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at)
        if (code !== 32 && code !== 10 && code !== 13 && code !== 9) continue
        if (at > start) token(text.slice(start, at))
        start = at + 1
        if (code === 10) endLine()
      }
      rest = text.slice(start)
      if (rest.length > 1000) throw new LobError('LOB_BAD_FILE', `Expected numbers parted by spaces, got ${rest.length} characters without one.`, { file, line: lines + 1 })
    }
  } catch (error) {
    if (error instanceof LobError) throw error
    throw new LobError('LOB_BAD_FILE', `Could not be read: ${String(error)}`, { file }, { cause: error })
  }
  if (rest !== '') token(rest)
  endLine()
  if (lines !== fileRows) throw new LobError('LOB_BAD_FILE', `Expected ${fileRows} lines, got ${lines}; the file is truncated or no FI-2010 file.`, { file })
  return { snapshots: width, rows }
}
