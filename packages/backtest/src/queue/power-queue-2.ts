import { numberOption } from '@rxlob/core'
import { probabilityQueue } from './probability-queue.js'
import type { QueueModel } from './queue-model.js'

/**
 * Cancellations by a power of the share behind, weights not summing to 1: more pessimistic than `powerQueue`.
 *
 *   p(behind) = back^n / (back + ahead)^n
 *
 * @param options.power n, above 0 to 100. Default 2.
 * @throws {LobError} LOB_BAD_OPTION where the power is out of range.
 * @see probabilityQueue
 */
export function powerQueue2(options: { readonly power?: number } = {}): QueueModel {
  const n = numberOption('power', options.power ?? 2, Number.MIN_VALUE, 100)
  return probabilityQueue(`power2_${n}`, (ahead, back) => back ** n / (back + ahead) ** n)
}
