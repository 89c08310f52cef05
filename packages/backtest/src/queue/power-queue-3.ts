import { numberOption } from '@rxlob/core'
import { probabilityQueue } from './probability-queue.js'
import type { QueueModel } from './queue-model.js'

/**
 * Cancellations by a power of the share ahead: the greater n, the more of them behind us.
 *
 *   p(behind) = 1 - (ahead / (ahead + back))^n
 *
 * @param options.power n, above 0 to 100. Default 3.
 * @throws {LobError} LOB_BAD_OPTION where the power is out of range.
 * @see probabilityQueue
 */
export function powerQueue3(options: { readonly power?: number } = {}): QueueModel {
  const n = numberOption('power', options.power ?? 3, Number.MIN_VALUE, 100)
  return probabilityQueue(`power3_${n}`, (ahead, back) => 1 - (ahead / (ahead + back)) ** n)
}
