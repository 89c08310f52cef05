import { numberOption } from '@rxlob/core'
import { probabilityQueue } from './probability-queue.js'
import type { QueueModel } from './queue-model.js'

/**
 * Cancellations fall on the queue by powers of the lots ahead and behind: the greater n, the more of them behind the longer part.
 *
 *   p(behind) = back^n / (back^n + ahead^n)
 *
 * @param options.power n, above 0 to 100. Default 2.
 * @throws {LobError} LOB_BAD_OPTION where the power is out of range.
 * @see probabilityQueue
 */
export function powerQueue(options: { readonly power?: number } = {}): QueueModel {
  const n = numberOption('power', options.power ?? 2, Number.MIN_VALUE, 100)
  return probabilityQueue(`power_${n}`, (ahead, back) => back ** n / (back ** n + ahead ** n))
}
