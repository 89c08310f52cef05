import type { GroupMember } from '../contracts/feature-group.js'

/** NaN in every column of every member: the book is unsynced or crossed. */
export function voidColumns(members: readonly GroupMember<unknown>[], out: Float64Array, at: number): void {
  for (let i = 0; i < members.length; i++) {
    const { at: column, width } = members[i]!
    out.fill(NaN, at + column, at + column + width)
  }
}
