import type { PriceLevel } from '@rxlob/core'
import { holdsAt } from './holds-at.js'
import type { DepthSnapshot } from './messages.js'
import { scanBuffer, type ScanBuffer } from './scan-buffer.js'

/** Prices and sizes of any grid are read as counts of 10^-8; a number that is finer, or too large for that, is for the parser. */
const digits = 8
const step = { multiplier: 1, digits }
const divisor = 10 ** digits

/** Spot bodies, and those of futures with their two times. */
const head = /^\{"lastUpdateId":(0|[1-9]\d{0,14})(?:,"E":[1-9]\d{0,14},"T":([1-9]\d{0,14}))?,"bids":/
const headBytes = 96
const between = new TextEncoder().encode(',"asks":')
const openList = 91, closeList = 93, closeObject = 125

/** One for all sources: what is in it is used up before the call ends. */
let shared: ScanBuffer | undefined

/**
 * A REST depth answer straight from its bytes, without a string a level; undefined where it is written in any other way, for `readSnapshot` to say what it
 * is. Where it is not, both agree to the bit. Cost: O(bytes); beside `readSnapshot` see `depth-open` in BENCHMARKS.md.
 */
export function scanSnapshot(body: Uint8Array, symbol: string): DepthSnapshot | undefined {
  const found = head.exec(Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, headBytes)).toString('latin1'))
  if (found === null) return undefined
  const buffer = (shared ??= scanBuffer([{ price: step, size: step }]))
  if (!buffer.hold(body)) return undefined
  const { bytes } = buffer
  let at = found[0].length

  /** A whole list of levels. */
  function side(): PriceLevel[] | undefined {
    if (bytes[at++] !== openList) return undefined
    if (bytes[at] === closeList) {
      at++
      return []
    }
    const used = buffer.read(0, at, 0)
    if (used < 0) return undefined
    at = buffer.end()
    const levels: PriceLevel[] = []
    // One correctly rounded division of integers: the double nearest to the text.
    for (let pair = 0; pair < used; pair += 2) levels.push([buffer.pairs[pair]! / divisor, buffer.pairs[pair + 1]! / divisor])
    return levels
  }

  const b = side()
  if (b === undefined || !holdsAt(bytes, at, between)) return undefined
  at += between.length
  const a = side()
  if (a === undefined || bytes[at] !== closeObject || at + 1 !== body.length) return undefined
  return { type: 'snapshot', symbol, lastUpdateId: Number(found[1]), T: found[2] === undefined ? undefined : Number(found[2]), b, a }
}
