import { grown } from '../numeric/grown.js'

/** Levels a block. A change moves half of them on average; a search walks the blocks one by one. */
const blockLevels = 64
/** A block with fewer levels joins its neighbour, where both together fill at most three quarters of one. */
const sparseLevels = 16
const joinedLevels = 48

/**
 * Sizes by key, sorted worst first, in blocks of up to 64 levels: a change costs the same near the best and thousands of levels deep,
 * memory follows the number of levels and not their prices, and the walk over the blocks counts the levels above on its way.
 *
 * `seek` finds a place; `held`, `resize`, `remove` and `insert` act there. Nothing is allocated but on growth.
 */
export class LevelBlocks {
  /** Levels held. */
  length = 0
  /** Levels better than the key that was last sought. */
  depth = 0
  private blocks = 0
  // By position, worst block first.
  private slots = new Int32Array(4)
  private floors = new Float64Array(4)
  private counts = new Int32Array(4)
  // By slot: a block's levels, worst first.
  private keys = new Float64Array(4 * blockLevels)
  private sizes = new Float64Array(4 * blockLevels)
  /** Slots that no block uses, from `blocks` on. */
  private spare = Int32Array.of(0, 1, 2, 3)
  // Where `seek` stopped: the position of a block, the levels in those above it, and the level's place among all slots. The next search
  // begins there: venues tell the levels of a side in order.
  private block = 0
  private above = 0
  private at = 0

  /** Finds a key, or where it belongs. Cost: O(blocks between it and the key sought before), and a few steps within the block where its levels lie evenly, else at most all of it. */
  seek(key: number): boolean {
    const { floors, counts, keys, blocks } = this
    if (blocks === 0) {
      this.depth = 0
      return false
    }
    let { block, above } = this
    if (key < floors[block]!) while (block > 0 && key < floors[block]!) above += counts[block--]!
    else while (block + 1 < blocks && key >= floors[block + 1]!) above -= counts[++block]!
    const base = this.slots[block]! * blockLevels
    const count = counts[block]!
    const end = base + count
    const least = keys[base]!
    const most = keys[end - 1]!
    // Where the levels of a block lie evenly, as they mostly do, the place can be guessed: a few steps from there cost less than
    // the mispredicted branches of a binary search.
    let at = base
    if (key >= most) at = end - 1
    else if (key > least) at += (((key - least) / (most - least)) * (count - 1)) | 0
    while (at > base && keys[at]! > key) at--
    while (at < end && keys[at]! < key) at++
    this.block = block
    this.above = above
    this.at = at
    const found = at < end && keys[at] === key
    this.depth = above + end - at - (found ? 1 : 0)
    return found
  }

  /** Size of the level that was found. */
  held(): number {
    return this.sizes[this.at]!
  }

  resize(size: number): void {
    this.sizes[this.at] = size
  }

  /** Size at a key, 0 where there is none. */
  sizeAt(key: number): number {
    return this.seek(key) ? this.sizes[this.at]! : 0
  }

  /** Key of a level that is held, the best being 0. Cost: O(blocks above it). */
  key(level: number): number {
    return this.keys[this.placeOf(level)]!
  }

  size(level: number): number {
    return this.sizes[this.placeOf(level)]!
  }

  /** Removes the level that was found. */
  remove(): void {
    const { keys, sizes, counts, block } = this
    const base = this.slots[block]! * blockLevels
    const count = --counts[block]!
    this.length--
    for (let at = this.at, end = base + count; at < end; at++) {
      keys[at] = keys[at + 1]!
      sizes[at] = sizes[at + 1]!
    }
    if (count === 0) this.dropBlock(block)
    else {
      this.floors[block] = keys[base]!
      if (count < sparseLevels) this.joinNeighbour(block)
    }
  }

  /** Inserts a level where the key was sought and not found. */
  insert(key: number, size: number): void {
    if (this.blocks === 0) this.openBlock(0)
    else if (this.counts[this.block] === blockLevels) {
      this.split(this.block)
      this.toBest()
      this.seek(key)
    }
    const { keys, sizes, block } = this
    const base = this.slots[block]! * blockLevels
    const end = base + this.counts[block]!++
    const at = end === base ? base : this.at
    for (let to = end; to > at; to--) {
      keys[to] = keys[to - 1]!
      sizes[to] = sizes[to - 1]!
    }
    keys[at] = key
    sizes[at] = size
    this.length++
    if (at === base) this.floors[block] = key
  }

  /** Inserts a level better than all that are held. */
  insertBest(key: number, size: number): void {
    this.toBest()
    this.insert(key, size)
  }

  removeBest(): void {
    this.toBest()
    this.at--
    this.remove()
  }

  clear(): void {
    this.length = 0
    this.blocks = 0
    this.block = 0
    this.above = 0
    for (let slot = 0; slot < this.spare.length; slot++) this.spare[slot] = slot
  }

  /** Past the best level. */
  private toBest(): void {
    const block = Math.max(0, this.blocks - 1)
    this.block = block
    this.above = 0
    this.at = this.blocks === 0 ? 0 : this.slots[block]! * blockLevels + this.counts[block]!
  }

  private placeOf(level: number): number {
    let block = this.blocks - 1
    let left = level
    while (left >= this.counts[block]!) left -= this.counts[block--]!
    return this.slots[block]! * blockLevels + this.counts[block]! - 1 - left
  }

  /** The better half of a full block becomes a block of its own. */
  private split(block: number): void {
    this.openBlock(block + 1)
    const from = this.slots[block]! * blockLevels + blockLevels / 2
    const to = this.slots[block + 1]! * blockLevels
    this.keys.copyWithin(to, from, from + blockLevels / 2)
    this.sizes.copyWithin(to, from, from + blockLevels / 2)
    this.counts[block] = this.counts[block + 1] = blockLevels / 2
    this.floors[block + 1] = this.keys[to]!
  }

  private joinNeighbour(block: number): void {
    const { counts } = this
    if (block + 1 < this.blocks && counts[block]! + counts[block + 1]! <= joinedLevels) this.join(block)
    else if (block > 0 && counts[block]! + counts[block - 1]! <= joinedLevels) this.join(block - 1)
  }

  /** A block takes in the one above it. */
  private join(block: number): void {
    const to = this.slots[block]! * blockLevels + this.counts[block]!
    const from = this.slots[block + 1]! * blockLevels
    const moved = this.counts[block + 1]!
    this.keys.copyWithin(to, from, from + moved)
    this.sizes.copyWithin(to, from, from + moved)
    this.counts[block]! += moved
    this.dropBlock(block + 1)
  }

  /** Makes room for an empty block at a position. */
  private openBlock(position: number): void {
    if (this.blocks === this.slots.length) this.grow()
    const slot = this.spare[this.blocks]!
    for (let block = this.blocks; block > position; block--) this.moveBlock(block - 1, block)
    this.blocks++
    this.slots[position] = slot
    this.counts[position] = 0
  }

  private dropBlock(position: number): void {
    const slot = this.slots[position]!
    this.blocks--
    for (let block = position; block < this.blocks; block++) this.moveBlock(block + 1, block)
    this.spare[this.blocks] = slot
    this.toBest()
  }

  private moveBlock(from: number, to: number): void {
    this.slots[to] = this.slots[from]!
    this.floors[to] = this.floors[from]!
    this.counts[to] = this.counts[from]!
  }

  private grow(): void {
    const capacity = this.slots.length * 2
    this.slots = grown(this.slots, capacity)
    this.counts = grown(this.counts, capacity)
    this.spare = grown(this.spare, capacity)
    for (let slot = capacity / 2; slot < capacity; slot++) this.spare[slot] = slot
    this.floors = grown(this.floors, capacity)
    this.keys = grown(this.keys, capacity * blockLevels)
    this.sizes = grown(this.sizes, capacity * blockLevels)
  }
}
