import type { Lots, Ticks } from '../units.js'
import type { ChangeLog } from './change-log.js'
import { LevelLadder } from './level-ladder.js'

/** Best levels that are kept as they are read: as deep as most features look. */
export const windowLevels = 10

/**
 * The price levels of one side: the best ten as they are read, in a window, and those behind it on a ladder.
 *
 * A level's key is its ticks, negated for asks: the best level has the greatest key on both sides.
 * `edge` is the least key that is known: levels beyond it may exist without having been shown. What is not known is never in the window,
 * so that reading one of its levels is a single load: NaN where nothing is known, 0 lots where it is known that nothing is there.
 */
export class SideLevels {
  /** Levels, best first, that can be trusted; Infinity where the whole side is known. */
  known = 0
  /** Size of the last level that `set`, `change` or `scroll` touched, as it was before. */
  before: Lots = 0
  private readonly sign: 1 | -1
  /** Levels in the window: as many as are held, known and fit. */
  private held = 0
  /** As `ticks(level)` and `lots(level)` give them. Written here alone. */
  readonly windowTicks: Float64Array<ArrayBuffer> = new Float64Array(windowLevels).fill(NaN)
  readonly windowLots: Float64Array<ArrayBuffer> = new Float64Array(windowLevels).fill(NaN)
  private readonly behind = new LevelLadder()
  private edge = Infinity

  /** @param sign +1 for bids, -1 for asks. */
  constructor(sign: 1 | -1) {
    this.sign = sign
  }

  /** Levels held. */
  get length(): number {
    return this.held + this.behind.length
  }

  ticks(level: number): Ticks {
    if (level < windowLevels) return this.windowTicks[level]!
    return level < this.known && level < this.length ? this.sign * this.behind.key(level - windowLevels) : NaN
  }

  lots(level: number): Lots {
    if (level < windowLevels) return this.windowLots[level]!
    if (level >= this.known) return NaN
    return level < this.length ? this.behind.size(level - windowLevels) : 0
  }

  /** Size at a price, 0 where there is no level; whether it can be trusted is not asked. */
  lotsAt(ticks: Ticks): Lots {
    const level = this.place(ticks)
    if (level < this.held) return this.windowTicks[level] === ticks ? this.windowLots[level]! : 0
    return this.behind.sizeAt(this.sign * ticks)
  }

  /** Sets the size at a price, 0 removing the level. Returns the depth of the level, 0 the best; behind the window that of the first level there. */
  set(ticks: Ticks, lots: Lots): number {
    return this.write(ticks, lots, false)
  }

  /**
   * Sets the sizes of a run of levels, ticks and lots in turn from `from` to `to` of `pairs`, as `set` does one by one; the log's rows from `row` on get the sizes
   * before. Returns where it stopped: before the first that is no level.
   */
  setRun(pairs: Float64Array, from: number, to: number, changes: ChangeLog, row: number): number {
    const { sign, windowTicks, behind } = this
    const { before } = changes
    let at = from
    while (at < to) {
      const worst = this.held === windowLevels ? sign * windowTicks[windowLevels - 1]! : -Infinity
      if (sign * pairs[at]! < worst) {
        const begin = at
        at = behind.writeRun(sign, pairs, at, to, worst, this.edge, before, row + ((at - from) >> 1))
        this.known += behind.came
        if (at > begin) changes.reach(windowLevels)
        if (at === to) break
      }
      const ticks = pairs[at]!
      const lots = pairs[at + 1]!
      if (!(lots >= 0 && Number.isInteger(lots) && Number.isInteger(ticks))) break
      changes.reach(this.write(ticks, lots, false))
      before[row + ((at - from) >> 1)] = this.before
      at += 2
    }
    return at
  }

  /** Adds to the size at a price, from nothing where there is no level; what comes to 0 or less is removed. Returns the depth. */
  change(ticks: Ticks, lots: Lots): number {
    return this.write(ticks, lots, true)
  }

  /**
   * A level came into view at the far end (`lots` above 0: all up to it is known now) or left it
   * (0: what lies at it and beyond is unknown). Infinitely far with 0 lots: nothing lies beyond, the side is known whole.
   * Returns the depth of the level, or of the best one that only now is known.
   */
  scroll(ticks: Ticks, lots: Lots): number {
    const key = this.sign * ticks
    const { known } = this
    if (!Number.isFinite(key)) {
      this.before = 0
      this.edge = -Infinity
      this.know(Infinity)
      return known
    }
    if (lots > 0) {
      if (key < this.edge) this.reveal(key)
      return Math.min(known, this.write(ticks, lots, false))
    }
    const depth = this.write(ticks, lots, false)
    if (key >= this.edge) {
      this.edge = key + 1
      this.know(depth < this.held ? depth : this.held + this.behind.above(key))
    }
    return depth
  }

  clear(): void {
    this.behind.clear()
    this.edge = Infinity
    this.held = 0
    this.know(0)
  }

  /** Becomes as another side is. Cost: O(levels). */
  copy(from: SideLevels): void {
    const { held, windowTicks, windowLots, behind } = from
    this.clear()
    // Whatever is written now is known; what of it really is follows.
    this.edge = -Infinity
    this.know(Infinity)
    for (let level = 0; level < held; level++) this.write(windowTicks[level]!, windowLots[level]!, false)
    for (let level = 0; level < behind.length; level++) this.write(this.sign * behind.key(level), behind.size(level), false)
    this.edge = from.edge
    this.know(from.known)
  }

  /** After a snapshot: all that it holds is known, and nothing lies beyond it where `whole`. */
  trust(whole: boolean): void {
    const { behind, held, length } = this
    const worst = behind.length > 0 ? behind.key(behind.length - 1) : held > 0 ? this.sign * this.windowTicks[held - 1]! : Infinity
    this.edge = whole ? -Infinity : worst
    this.know(whole ? Infinity : length)
  }

  /** Forgets the worst levels past `most`, as far as they lie beyond what is known: nobody will ever say that they are gone. */
  prune(most: number): void {
    const { behind } = this
    if (this.edge === -Infinity) return
    while (this.length > most && behind.length > 0) {
      const worst = behind.key(behind.length - 1)
      if (worst >= this.edge) return
      behind.write(worst, 0, false)
    }
  }

  private write(ticks: Ticks, lots: Lots, relative: boolean): number {
    const { held } = this
    const at = this.place(ticks)
    if (at === held && (held === windowLevels || this.sign * ticks < this.edge)) return this.writeBehind(this.sign * ticks, lots, relative)
    const { windowTicks, windowLots } = this
    const found = at < held && windowTicks[at] === ticks
    const before = found ? windowLots[at]! : 0
    const after = relative ? before + lots : lots
    this.before = before
    if (found) {
      if (after > 0) windowLots[at] = after
      else this.close(at)
    } else if (after > 0) this.open(at, ticks, after)
    return at
  }

  /** The same behind the window. */
  private writeBehind(key: number, lots: Lots, relative: boolean): number {
    const { behind } = this
    const came = behind.write(key, lots, relative)
    this.before = behind.before
    if (key >= this.edge) this.known += came
    return this.held
  }

  /** Where a price stands in the window or would, the levels in the window where it is worse than all of them. */
  private place(ticks: Ticks): number {
    const { windowTicks, held, sign } = this
    const key = sign * ticks
    if (held === 0 || key < sign * windowTicks[held - 1]!) return held
    let at = 0
    while (sign * windowTicks[at]! > key) at++
    return at
  }

  /** Makes a level in the window; the last one gives way. */
  private open(at: number, ticks: Ticks, lots: Lots): void {
    const { windowTicks, windowLots } = this
    let last = windowLevels - 1
    if (this.held < windowLevels) last = this.held++
    else this.behind.write(this.sign * windowTicks[last]!, windowLots[last]!, false)
    for (let to = last; to > at; to--) {
      windowTicks[to] = windowTicks[to - 1]!
      windowLots[to] = windowLots[to - 1]!
    }
    windowTicks[at] = ticks
    windowLots[at] = lots
    this.known++
  }

  /** Removes a level of the window; the best one behind it moves up. */
  private close(at: number): void {
    const { windowTicks, windowLots, behind } = this
    const last = this.held - 1
    for (let to = at; to < last; to++) {
      windowTicks[to] = windowTicks[to + 1]!
      windowLots[to] = windowLots[to + 1]!
    }
    const known = --this.known
    if (known > last && behind.length > 0) this.moveUp(last)
    else {
      this.held = last
      windowTicks[last] = NaN
      windowLots[last] = known === Infinity ? 0 : NaN
    }
  }

  private moveUp(to: number): void {
    const { behind } = this
    const key = behind.key(0)
    this.windowTicks[to] = this.sign * key
    this.windowLots[to] = behind.size(0)
    behind.write(key, 0, false)
  }

  /** All levels from a key on are known. */
  private reveal(key: number): void {
    const { behind } = this
    let { known } = this
    if (behind.length > 0) known = this.held + behind.above(key) + (behind.sizeAt(key) > 0 ? 1 : 0)
    this.edge = key
    this.know(known)
  }

  /** So many levels are known, the window takes what it may show and gives back the rest. */
  private know(known: number): void {
    const { windowTicks, windowLots, behind } = this
    this.known = known
    const shown = Math.min(known, windowLevels)
    while (this.held > shown) {
      const last = --this.held
      behind.write(this.sign * windowTicks[last]!, windowLots[last]!, false)
    }
    while (this.held < shown && behind.length > 0) this.moveUp(this.held++)
    for (let level = this.held; level < windowLevels; level++) {
      windowTicks[level] = NaN
      windowLots[level] = known === Infinity ? 0 : NaN
    }
  }
}
