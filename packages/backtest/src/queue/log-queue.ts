import { probabilityQueue } from './probability-queue.js'
import type { QueueModel } from './queue-model.js'

/**
 * Cancellations fall on the queue by logarithms of the lots ahead and behind.
 *
 *   p(behind) = ln(1 + back) / (ln(1 + back) + ln(1 + ahead))
 *
 * @see probabilityQueue
 */
export const logQueue = (): QueueModel =>
  probabilityQueue('log', (ahead, back) => Math.log1p(back) / (Math.log1p(back) + Math.log1p(ahead)))
