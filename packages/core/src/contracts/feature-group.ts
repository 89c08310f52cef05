import type { Tick } from '../book/tick.js'
import type { Instrument } from '../instrument.js'

/** A feature of a group as its group steps it. */
export interface GroupMember<Member> {
  readonly member: Member
  /** Its first column, counted from the `at` of `step`. */
  readonly at: number
  /** Its columns. */
  readonly width: number
}

/**
 * Features that read the same things: one call steps all of them over one tick, and what they share is computed once.
 *
 * A member alone is a group of one: its bits do not depend on who else is in the list. All members follow the book's channel.
 */
export interface FeatureGroup<Member = any, State = any> {
  /** As in `Feature`, of every member. */
  readonly levelsOnly: boolean
  init(members: readonly GroupMember<Member>[], instrument: Instrument): State
  /** Writes the columns of all members. */
  step(state: State, tick: Tick, out: Float64Array, at: number): void
}
