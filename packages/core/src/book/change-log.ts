import { grown } from '../numeric/grown.js'
import type { Lots, Ticks } from '../units.js'
import type { ChangeCause, LevelChanges } from './tick.js'

const causes: readonly ChangeCause[] = ['set', 'add', 'cancel', 'fill', 'replace', 'snapshot', 'scroll']
export const Cause = { set: 0, add: 1, cancel: 2, fill: 3, replace: 4, snapshot: 5, scroll: 6 } as const
export type CauseCode = (typeof Cause)[keyof typeof Cause]

/** The level changes of one event, written in place and reused for the next. */
export class ChangeLog implements LevelChanges {
  length = 0
  shallowest: number = Infinity
  /** By row; for the books alone, which write it as they go. */
  before: Float64Array<ArrayBuffer> = new Float64Array(16)
  private sides = new Int8Array(16)
  private causeCodes = new Uint8Array(16)
  private levelTicks = new Float64Array(16)
  private after = new Float64Array(16)

  side(row: number): 1 | -1 {
    return this.sides[row] as 1 | -1
  }
  ticks(row: number): Ticks {
    return this.levelTicks[row]!
  }
  lotsBefore(row: number): Lots {
    return this.before[row]!
  }
  lotsAfter(row: number): Lots {
    return this.after[row]!
  }
  cause(row: number): ChangeCause {
    return causes[this.causeCodes[row]!]!
  }

  clear(): void {
    this.length = 0
    this.shallowest = Infinity
  }

  /** From this depth on something is not as it was, though no level's size was set. */
  reach(depth: number): void {
    if (depth < this.shallowest) this.shallowest = depth
  }

  push(side: 1 | -1, ticks: Ticks, before: Lots, after: Lots, cause: CauseCode, depth: number): void {
    const row = this.length++
    if (row === this.sides.length) this.grow()
    this.sides[row] = side
    this.causeCodes[row] = cause
    this.levelTicks[row] = ticks
    this.before[row] = before
    this.after[row] = after
    this.reach(depth)
  }

  /**
   * The rows of a run of levels whose sizes are set, ticks and lots in turn from `from` to `to` of `pairs`; `before` and the depths are the book's to fill in.
   * Returns the first of them.
   */
  extend(side: 1 | -1, pairs: Float64Array, from: number, to: number, cause: CauseCode): number {
    const begin = this.length
    const end = begin + ((to - from) >> 1)
    while (end > this.sides.length) this.grow()
    this.length = end
    const { sides, causeCodes, levelTicks, after } = this
    for (let row = begin, at = from; row < end; row++, at += 2) {
      sides[row] = side
      causeCodes[row] = cause
      levelTicks[row] = pairs[at]!
      after[row] = pairs[at + 1]!
    }
    return begin
  }

  private grow(): void {
    const size = this.sides.length * 2
    this.sides = grown(this.sides, size)
    this.causeCodes = grown(this.causeCodes, size)
    for (const name of ['levelTicks', 'before', 'after'] as const) this[name] = grown(this[name], size)
  }
}
