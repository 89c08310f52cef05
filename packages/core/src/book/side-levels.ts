import type { Lots, Ticks } from '../units.js'
import { LevelBlocks } from './level-blocks.js'

/** Best levels that are kept ready to be read: as deep as most features look. */
const windowLevels = 10

/**
 * The price levels of one side: all of them in sorted blocks, and the best ten once more as they are read.
 *
 * A level's key is its ticks, negated for asks: the best level has the greatest key on both sides.
 * `edge` is the least key that is known: levels beyond it may exist without having been shown.
 */
export class SideLevels {
  /** Levels, best first, that can be trusted; Infinity where the whole side is known. */
  known = 0
  /** Size of the last level that `set`, `change` or `scroll` touched, as it was before. */
  before: Lots = 0
  private readonly sign: 1 | -1
  private readonly blocks = new LevelBlocks()
  private edge = Infinity
  /** The best levels with what is absent or unknown filled in: reading one is a single load. */
  private readonly windowTicks = new Float64Array(windowLevels).fill(NaN)
  private readonly windowLots = new Float64Array(windowLevels).fill(NaN)

  /** @param sign +1 for bids, -1 for asks. */
  constructor(sign: 1 | -1) {
    this.sign = sign
  }

  /** Levels held. */
  get length(): number {
    return this.blocks.length
  }

  ticks(level: number): Ticks {
    if (level < windowLevels) return this.windowTicks[level]!
    return level < this.known && level < this.blocks.length ? this.sign * this.blocks.key(level) : NaN
  }

  lots(level: number): Lots {
    if (level < windowLevels) return this.windowLots[level]!
    if (level >= this.known) return NaN
    return level < this.blocks.length ? this.blocks.size(level) : 0
  }

  /** Size at a price, 0 where there is no level; whether it can be trusted is not asked. */
  lotsAt(ticks: Ticks): Lots {
    return this.blocks.sizeAt(this.sign * ticks)
  }

  /** Sets the size at a price, 0 removing the level. Returns the depth of the level, 0 the best. */
  set(ticks: Ticks, lots: Lots): number {
    return this.write(this.sign * ticks, lots, false)
  }

  /** Adds to the size at a price, from nothing where there is no level; what comes to 0 or less is removed. Returns the depth. */
  change(ticks: Ticks, lots: Lots): number {
    return this.write(this.sign * ticks, lots, true)
  }

  /**
   * A level came into view at the far end (`lots` above 0: all up to it is known now) or left it
   * (0: what lies at it and beyond is unknown). Infinitely far with 0 lots: nothing lies beyond, the side is known whole.
   * Returns the depth of the level, or of the best one that only now is known.
   */
  scroll(ticks: Ticks, lots: Lots): number {
    const key = this.sign * ticks
    const known = this.known
    let depth = Infinity
    this.before = 0
    if (Number.isFinite(key)) {
      depth = this.set(ticks, lots)
      this.edge = lots > 0 ? Math.min(this.edge, key) : Math.max(this.edge, key + 1)
    } else this.edge = -Infinity
    this.countKnown()
    return lots > 0 || depth === Infinity ? Math.min(known, depth) : depth
  }

  clear(): void {
    this.blocks.clear()
    this.edge = Infinity
    this.known = 0
    this.refresh(0)
  }

  /** After a snapshot: all that it holds is known, and nothing lies beyond it where `whole`. */
  trust(whole: boolean): void {
    const { blocks } = this
    this.edge = whole ? -Infinity : blocks.length > 0 ? blocks.key(blocks.length - 1) : Infinity
    this.countKnown()
  }

  /** Forgets the worst levels past `most`, as far as they lie beyond what is known: nobody will ever say that they are gone. */
  prune(most: number): void {
    const { blocks } = this
    while (blocks.length > most) {
      const worst = blocks.key(blocks.length - 1)
      if (worst >= this.edge) return
      blocks.seek(worst)
      blocks.remove()
    }
  }

  private write(key: number, lots: Lots, relative: boolean): number {
    const { blocks } = this
    const found = blocks.seek(key)
    const { depth } = blocks
    const before = found ? blocks.held() : 0
    const after = relative ? before + lots : lots
    this.before = before
    if (found) {
      if (after > 0) {
        blocks.resize(after)
        if (depth < windowLevels && depth < this.known) this.windowLots[depth] = after
        return depth
      }
      blocks.remove()
      if (key >= this.edge) this.known--
    } else if (after > 0) {
      blocks.insert(key, after)
      if (key >= this.edge) this.known++
    } else return depth
    if (depth < windowLevels) this.refresh(depth)
    return depth
  }

  private countKnown(): void {
    if (this.edge === -Infinity) this.known = Infinity
    else {
      const found = this.blocks.seek(this.edge)
      this.known = this.blocks.depth + (found ? 1 : 0)
    }
    this.refresh(0)
  }

  /** Brings the window up to date from a level on. */
  private refresh(from: number): void {
    const { windowTicks, windowLots, known } = this
    const held = this.blocks.copyBest(from, Math.min(known, windowLevels), this.sign, windowTicks, windowLots)
    for (let level = held; level < windowLevels; level++) {
      windowTicks[level] = NaN
      windowLots[level] = level < known ? 0 : NaN
    }
  }
}
