import type { BookTracker } from '../book/book-tracker.js'
import type { Feature } from '../contracts/feature.js'
import { LobError } from '../errors.js'

/** @throws {LobError} LOB_DEPTH_TOO_SHALLOW where the source shows fewer levels than a feature reads. */
export function checkDepths(list: readonly Feature[], { instrument: { id }, levels }: BookTracker): void {
  for (const { name, depth } of list) {
    if (depth > levels) {
      throw new LobError('LOB_DEPTH_TOO_SHALLOW', `${name} reads ${depth} levels a side but ${id} shows ${levels}: ask the source for more levels or the feature for fewer.`, { stream: id })
    }
  }
}
