import { LobError, type LabelledFrame } from '@rxlob/core'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface FrameCacheOptions {
  /** Folder of the files. Frames hold market data: keep it out of a repository. */
  readonly folder: string
  /** Everything that decides what the frame holds: hash of the data, fingerprints, labelers, sampler. */
  readonly key: readonly string[]
  /** Called where there is no file. */
  collect(): Promise<LabelledFrame>
}

interface FrameHeader {
  readonly format: 'rxlob-frame'
  readonly key: readonly string[]
  readonly instrument: LabelledFrame['instrument']
  readonly columns: LabelledFrame['columns']
  readonly length: number
  readonly firstRow: number
  readonly breaks: readonly number[]
  readonly targets: readonly string[]
  /** Of the numbers, in hexadecimal. */
  readonly sha256: string
}

/**
 * A frame from a file, or collected once and kept there: a line of JSON, then 64-bit floats.
 *
 * @throws {LobError} LOB_BAD_FILE where the file is truncated or changed.
 */
export async function cachedFrame({ folder, key, collect }: FrameCacheOptions): Promise<LabelledFrame> {
  const file = join(folder, `${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 24)}.frame`)
  if (existsSync(file)) return readFrame(file)
  const frame = await collect()
  mkdirSync(folder, { recursive: true })
  const targets = Object.keys(frame.targets)
  const arrays = [frame.tsExchange, frame.tsLocal, frame.values, ...targets.flatMap((name) => [frame.targets[name]!, frame.settledRows[name]!])]
  const numbers = Buffer.concat(arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)))
  const { instrument, columns, length, firstRow, breaks } = frame
  const header: FrameHeader = { format: 'rxlob-frame', key, instrument, columns, length, firstRow, breaks, targets, sha256: createHash('sha256').update(numbers).digest('hex') }
  writeFileSync(`${file}.part`, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), numbers]))
  renameSync(`${file}.part`, file)
  return frame
}

function readFrame(file: string): LabelledFrame {
  const bytes = readFileSync(file)
  const refuse = (): never => {
    throw new LobError('LOB_BAD_FILE', `${file} is truncated or was changed: delete it, and the frame is collected anew.`, { file })
  }
  const end = bytes.indexOf(10)
  if (end < 0) refuse()
  const { instrument, columns, length, firstRow, breaks, targets, sha256 } = JSON.parse(bytes.subarray(0, end).toString()) as FrameHeader
  const numbers = bytes.subarray(end + 1)
  if (numbers.length !== 8 * length * (2 + columns.length + 2 * targets.length) || createHash('sha256').update(numbers).digest('hex') !== sha256) refuse()
  let at = 0
  const take = (count: number): Float64Array => {
    const part = numbers.subarray(at, (at += 8 * count))
    return new Float64Array(Uint8Array.from(part).buffer)
  }
  const [tsExchange, tsLocal, values] = [take(length), take(length), take(length * columns.length)]
  const pairs = targets.map((name) => [name, take(length), take(length)] as const)
  return {
    instrument, columns, length, firstRow, breaks, tsExchange, tsLocal, values,
    targets: Object.fromEntries(pairs.map(([name, target]) => [name, target])),
    settledRows: Object.fromEntries(pairs.map(([name, , settled]) => [name, settled])),
  }
}
