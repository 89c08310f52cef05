import type { Lots, Ticks } from '../units.js'

/** Levels nearest the best are scanned one by one before a binary search takes over: most changes are there. */
const scanned = 12

/**
 * The price levels of one side, in typed arrays sorted worst first, so that a change near the best moves few elements.
 *
 * A level's key is its ticks, negated for asks: the best level has the greatest key on both sides.
 * `edge` is the least key that is known: levels beyond it may exist without having been shown.
 */
export class SideLevels {
  /** Levels held. */
  length = 0
  /** Levels, best first, that can be trusted; Infinity where the whole side is known. */
  known = 0
  /** Size of the last level that `set` or `scroll` touched, as it was before. */
  before: Lots = 0
  private readonly sign: 1 | -1
  private keys = new Float64Array(64)
  private sizes = new Float64Array(64)
  private edge = Infinity

  /** @param sign +1 for bids, -1 for asks. */
  constructor(sign: 1 | -1) {
    this.sign = sign
  }

  ticks(level: number): Ticks {
    return level < this.known && level < this.length ? this.sign * this.keys[this.length - 1 - level]! : NaN
  }

  lots(level: number): Lots {
    if (level >= this.known) return NaN
    return level < this.length ? this.sizes[this.length - 1 - level]! : 0
  }

  /** Size at a price, 0 where there is no level; whether it can be trusted is not asked. */
  lotsAt(ticks: Ticks): Lots {
    const at = this.search(this.sign * ticks)
    return at >= 0 ? this.sizes[at]! : 0
  }

  /** Sets the size at a price, 0 removing the level. Returns the depth of the level, 0 the best. */
  set(ticks: Ticks, lots: Lots): number {
    const key = this.sign * ticks
    const found = this.search(key)
    if (found >= 0) {
      this.before = this.sizes[found]!
      const depth = this.length - 1 - found
      if (lots > 0) this.sizes[found] = lots
      else this.removeAt(found)
      return depth
    }
    this.before = 0
    const at = ~found
    const depth = this.length - at
    if (lots > 0) this.insertAt(at, key, lots)
    return depth
  }

  /**
   * A level came into view at the far end (`lots` above 0: all up to it is known now) or left it
   * (0: what lies at it and beyond is unknown). Infinitely far with 0 lots: nothing lies beyond, the side is known whole.
   */
  scroll(ticks: Ticks, lots: Lots): number {
    const key = this.sign * ticks
    let depth = this.length
    this.before = 0
    if (Number.isFinite(key)) {
      depth = this.set(ticks, lots)
      this.edge = lots > 0 ? Math.min(this.edge, key) : Math.max(this.edge, key + 1)
    } else this.edge = -Infinity
    this.countKnown()
    return depth
  }

  clear(): void {
    this.length = 0
    this.edge = Infinity
    this.known = 0
  }

  /** After a snapshot: all that it holds is known, and nothing lies beyond it where `whole`. */
  trust(whole: boolean): void {
    this.edge = whole ? -Infinity : this.length > 0 ? this.keys[0]! : Infinity
    this.countKnown()
  }

  private countKnown(): void {
    if (this.edge === -Infinity) this.known = Infinity
    else {
      const at = this.search(this.edge)
      this.known = this.length - (at >= 0 ? at : ~at)
    }
  }

  /** Index of the key, or the complement of where it belongs. */
  private search(key: number): number {
    const { keys } = this
    let high = this.length - 1
    const stop = high < scanned ? -1 : high - scanned
    for (; high > stop; high--) {
      const held = keys[high]!
      if (held === key) return high
      if (held < key) return ~(high + 1)
    }
    let low = 0
    while (low <= high) {
      const middle = (low + high) >>> 1
      const held = keys[middle]!
      if (held === key) return middle
      if (held < key) low = middle + 1
      else high = middle - 1
    }
    return ~low
  }

  private insertAt(at: number, key: number, lots: Lots): void {
    if (this.length === this.keys.length) this.grow()
    const { keys, sizes } = this
    for (let i = this.length; i > at; i--) {
      keys[i] = keys[i - 1]!
      sizes[i] = sizes[i - 1]!
    }
    keys[at] = key
    sizes[at] = lots
    this.length++
    if (key >= this.edge) this.known++
  }

  private removeAt(at: number): void {
    const { keys, sizes } = this
    if (keys[at]! >= this.edge) this.known--
    this.length--
    for (let i = at; i < this.length; i++) {
      keys[i] = keys[i + 1]!
      sizes[i] = sizes[i + 1]!
    }
  }

  private grow(): void {
    const keys = new Float64Array(this.keys.length * 2)
    const sizes = new Float64Array(this.keys.length * 2)
    keys.set(this.keys)
    sizes.set(this.sizes)
    this.keys = keys
    this.sizes = sizes
  }
}
