import { LevelBlocks } from './level-blocks.js'

/** Ticks that a ladder spans at first and at most. */
const leastSpan = 256
const mostSpan = 65_536
/** From here on neighbouring prices may be the same double. */
const unsafeKey = 2 ** 51

/**
 * Sizes by key of the levels behind a window: a ladder with a place for every price near the best, sorted blocks for those far from it.
 *
 * The ladder is a ring: a key's place is its last bits, and of the places that are taken one bit each says so. It spans the keys above
 * `floor` up to `top`, moves with the market, and grows with the number of levels beyond it: memory follows the number of levels, not
 * their prices. Nothing is allocated but on growth.
 */
export class LevelLadder {
  /** Size of the level that was written last, as it was before. */
  before = 0
  /** Of the last run: the known levels that came, less those that went. */
  came = 0
  private span = leastSpan
  private sizes = new Float64Array(leastSpan)
  private taken = new Int32Array(leastSpan / 32)
  /** Levels on the ladder. */
  private near = 0
  // Nothing is on the ladder while its floor is infinite.
  private top = Infinity
  private floor = Infinity
  /** No level of the ladder is better. */
  private bound = -Infinity
  private readonly far = new LevelBlocks()
  // The level that was read last by its number, best being 0; reads mostly go down level by level.
  private readLevel = -1
  private readKey = NaN

  /** Levels held. */
  get length(): number {
    return this.near + this.far.length
  }

  /** Sets the size at a key, or adds to it; 0 or less removes the level. Returns the levels that came, -1 for one that went. Cost: O(1) on the ladder. */
  write(key: number, lots: number, relative: boolean): number {
    if (!(key <= this.top && key > this.floor)) return this.writeFar(key, lots, relative)
    const { sizes, taken } = this
    const place = key & (this.span - 1)
    const before = sizes[place]!
    const after = relative ? before + lots : lots
    this.before = before
    if (after > 0) {
      sizes[place] = after
      if (before > 0) return 0
      taken[place >> 5]! ^= 1 << (place & 31)
      this.near++
      if (key > this.bound) this.bound = key
      this.readLevel = -1
      return 1
    }
    if (before === 0) return 0
    sizes[place] = 0
    taken[place >> 5]! ^= 1 << (place & 31)
    this.near--
    this.readLevel = -1
    return -1
  }

  /**
   * Writes a run of levels, ticks and lots in turn, the sizes before into `before` from `row` on, up to the first that is not worse than `worst`, does
   * not lie on the ladder, or is no level at all. Returns where it stopped; `came` counts the levels that came, less those that went, among the keys from `edge` on.
   */
  writeRun(sign: 1 | -1, pairs: Float64Array, from: number, to: number, worst: number, edge: number, before: Float64Array, row: number): number {
    const { sizes, taken, floor } = this
    const top = Math.min(this.top, worst - 1)
    const mask = this.span - 1
    let at = from
    let came = 0
    let near = this.near
    let bound = this.bound
    let changed = 0
    for (; at < to; at += 2) {
      const key = sign * pairs[at]!
      const lots = pairs[at + 1]!
      if (!(key <= top && key > floor && lots >= 0 && Number.isInteger(lots) && Number.isInteger(key))) break
      const place = key & mask
      const held = sizes[place]!
      before[row++] = held
      sizes[place] = lots
      // Whether a level comes or goes cannot be foretold, and a branch on it would be mispredicted: `Number` of a comparison is none.
      const change = (Number(lots > 0) - Number(held > 0)) | 0
      taken[place >> 5]! ^= (change & 1) << (place & 31)
      near = (near + change) | 0
      changed |= change
      came = (came + Math.imul(change, Number(key >= edge))) | 0
      if (key > bound && lots > 0) bound = key
    }
    if (changed !== 0) this.readLevel = -1
    this.bound = bound
    this.near = near
    this.came = came
    return at
  }

  /** Size at a key, 0 where there is none. */
  sizeAt(key: number): number {
    return key <= this.top && key > this.floor ? this.sizes[key & (this.span - 1)]! : this.far.sizeAt(key)
  }

  /** Key of a level that is held, the best being 0. Cost: O(levels since the one read before). */
  key(level: number): number {
    return level < this.near ? this.read(level) : this.far.key(level - this.near)
  }

  size(level: number): number {
    return level < this.near ? this.sizes[this.read(level) & (this.span - 1)]! : this.far.size(level - this.near)
  }

  /** Levels better than a key. Cost: O(levels better than it on the ladder). */
  above(key: number): number {
    if (key <= this.floor) {
      this.far.seek(key)
      return this.near + (this.far.length > 0 ? this.far.depth : 0)
    }
    let level = 0
    while (level < this.near && this.read(level) > key) level++
    return level
  }

  clear(): void {
    this.sizes.fill(0)
    this.taken.fill(0)
    this.far.clear()
    this.near = 0
    this.top = this.floor = Infinity
    this.bound = -Infinity
    this.readLevel = -1
  }

  /** A key that the ladder does not span. */
  private writeFar(key: number, lots: number, relative: boolean): number {
    this.reach(key)
    if (key <= this.top && key > this.floor) return this.write(key, lots, relative)
    const { far } = this
    const found = far.seek(key)
    const before = found ? far.held() : 0
    const after = relative ? before + lots : lots
    this.before = before
    if (!found) {
      if (!(after > 0)) return 0
      far.insert(key, after)
      if (far.length > this.span / 16 && this.span < mostSpan) this.grow()
      return 1
    }
    if (after > 0) {
      far.resize(after)
      return 0
    }
    far.remove()
    return -1
  }

  /** Brings the ladder to where the best levels are, if it is elsewhere. */
  private reach(key: number): void {
    if (this.length === 0) this.floor = Infinity
    if (!(Math.abs(key) < unsafeKey)) {
      if (this.floor !== Infinity) this.retire()
      return
    }
    if (this.floor === Infinity) {
      if (this.far.length === 0) this.moveTo(key)
      return
    }
    const best = Math.max(key, this.near > 0 ? this.read(0) : this.far.key(0))
    if (best > this.top || best < this.top - this.span / 2) this.moveTo(best)
  }

  /** With room above the best for a market that rises. */
  private moveTo(best: number): void {
    const { far, span } = this
    const top = best + span / 4
    const floor = top - span
    if (this.floor !== Infinity) this.evict(floor)
    this.top = top
    this.floor = floor
    this.bound = Math.min(this.bound, top)
    while (far.length > 0 && far.key(0) > floor) this.takeBack()
  }

  /** Gives levels up to a key to the blocks. */
  private evict(last: number): void {
    const { sizes, taken, far } = this
    const mask = this.span - 1
    const end = Math.min(last, this.top)
    for (let key = this.floor + 1; key <= end && this.near > 0; key++) {
      const place = key & mask
      const bits = taken[place >> 5]! >>> (place & 31)
      if (bits === 0) {
        key += 31 - (place & 31)
        continue
      }
      if ((bits & 1) === 0) continue
      far.insertBest(key, sizes[place]!)
      sizes[place] = 0
      taken[place >> 5]! ^= 1 << (place & 31)
      this.near--
    }
    this.readLevel = -1
  }

  private takeBack(): void {
    const { far } = this
    const key = far.key(0)
    const size = far.size(0)
    far.removeBest()
    this.write(key, size, false)
  }

  /** Prices that a ladder cannot count: all levels go to the blocks. */
  private retire(): void {
    this.evict(this.top)
    this.top = this.floor = Infinity
    this.bound = -Infinity
  }

  private grow(): void {
    const { top } = this
    if (this.floor === Infinity) return
    this.retire()
    this.span *= 2
    this.sizes = new Float64Array(this.span)
    this.taken = new Int32Array(this.span / 32)
    this.top = top
    this.floor = top - this.span
    while (this.far.length > 0 && this.far.key(0) > this.floor) this.takeBack()
  }

  /** Key of a level of the ladder. */
  private read(level: number): number {
    if (this.readLevel < 0 || level < this.readLevel) {
      this.readKey = this.bound = this.next(this.bound)
      this.readLevel = 0
    }
    while (this.readLevel < level) {
      this.readKey = this.next(this.readKey - 1)
      this.readLevel++
    }
    return this.readKey
  }

  /** The best key of the ladder not above one; there must be one. */
  private next(key: number): number {
    const { taken } = this
    const place = key & (this.span - 1)
    let word = place >> 5
    let bits = taken[word]! & (-1 >>> (31 - (place & 31)))
    let least = key - (place & 31)
    while (bits === 0) {
      word = (word - 1) & (taken.length - 1)
      least -= 32
      bits = taken[word]!
    }
    return least + 31 - Math.clz32(bits)
  }
}
