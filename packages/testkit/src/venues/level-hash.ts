import type { Lots, Side, Ticks } from '@rxlob/core'

/**
 * An order-independent hash of a book: the sum, modulo 2^32 each, of two mixed hashes of every level. A changed level changes it in O(1),
 * so that two books can be compared after every event.
 */
export interface LevelHash {
  /** The level at `ticks` holds `lots` where it held `before`. */
  change(side: Side, ticks: Ticks, before: Lots, lots: Lots): void
  clear(): void
  readonly high: number
  readonly low: number
}

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
function mixed(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

function levelBits(side: Side, ticks: Ticks, lots: Lots, seed: number): number {
  const place = mixed(seed ^ mixed(ticks) ^ mixed(Math.floor(ticks / 2 ** 32) + 1) ^ (side === 'bid' ? 0x9e3779b9 : 0x7f4a7c15))
  return mixed(place ^ mixed(lots + seed) ^ mixed(Math.floor(lots / 2 ** 32) + 2))
}

export function levelHash(): LevelHash {
  let high = 0
  let low = 0
  return {
    change(side, ticks, before, lots) {
      if (before > 0) {
        high = (high - levelBits(side, ticks, before, 1)) | 0
        low = (low - levelBits(side, ticks, before, 2)) | 0
      }
      if (lots > 0) {
        high = (high + levelBits(side, ticks, lots, 1)) | 0
        low = (low + levelBits(side, ticks, lots, 2)) | 0
      }
    },
    clear() {
      high = 0
      low = 0
    },
    get high() {
      return high
    },
    get low() {
      return low
    },
  }
}
