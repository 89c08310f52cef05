const empty = -1

/**
 * From integer keys (order ids below 2^53, prices in ticks) to small slot numbers: open addressing
 * in typed arrays, linear probing, backward-shift deletion. O(1), nothing allocated but on growth.
 */
export class SlotMap {
  size = 0
  private keys = new Float64Array(256)
  private slots = new Int32Array(256).fill(empty)
  private mask = 255

  /** The slot of a key, -1 where it has none. */
  get(key: number): number {
    const { keys, slots, mask } = this
    let at = this.home(key)
    for (;;) {
      const slot = slots[at]!
      if (slot === empty || keys[at] === key) return slot
      at = (at + 1) & mask
    }
  }

  /** `slot` is 0 or more. */
  set(key: number, slot: number): void {
    if (this.size * 2 > this.mask) this.grow()
    let at = this.home(key)
    while (this.slots[at] !== empty && this.keys[at] !== key) at = (at + 1) & this.mask
    if (this.slots[at] === empty) this.size++
    this.keys[at] = key
    this.slots[at] = slot
  }

  delete(key: number): void {
    const { keys, slots, mask } = this
    let hole = this.home(key)
    while (keys[hole] !== key || slots[hole] === empty) {
      if (slots[hole] === empty) return
      hole = (hole + 1) & mask
    }
    for (let at = (hole + 1) & mask; slots[at] !== empty; at = (at + 1) & mask) {
      // An entry may fill the hole unless its home lies cyclically in (hole, at].
      if (((at - this.home(keys[at]!)) & mask) < ((at - hole) & mask)) continue
      keys[hole] = keys[at]!
      slots[hole] = slots[at]!
      hole = at
    }
    slots[hole] = empty
    this.size--
  }

  clear(): void {
    if (this.size > 0) this.slots.fill(empty)
    this.size = 0
  }

  private home(key: number): number {
    const mixed = Math.imul((key | 0) ^ ((key / 4294967296) | 0), 0x9e3779b1)
    return (mixed ^ (mixed >>> 15)) & this.mask
  }

  private grow(): void {
    const { keys, slots } = this
    this.keys = new Float64Array(keys.length * 2)
    this.slots = new Int32Array(keys.length * 2).fill(empty)
    this.mask = keys.length * 2 - 1
    this.size = 0
    for (let at = 0; at < keys.length; at++) if (slots[at] !== empty) this.set(keys[at]!, slots[at]!)
  }
}
