import { numberOption } from '@rxlob/core'
import { probabilityQueue } from './probability-queue.js'
import type { QueueModel } from './queue-model.js'

/**
 * Cancellations fall on the queue by logarithms of the size ahead and behind.
 *
 *   p(behind) = ln(1 + back / unit) / (ln(1 + back / unit) + ln(1 + ahead / unit))
 *
 * Alone among the models it depends on what size is counted in: a queue of 5 coins is another than one of 5,000 lots.
 *
 * @param options.unitLots Lots in the unit of size, above 0. Default 1; hftbacktest counts base units (coins).
 * @throws {LobError} LOB_BAD_OPTION where the unit is out of range.
 * @see probabilityQueue
 */
export function logQueue(options: { readonly unitLots?: number } = {}): QueueModel {
  const unit = numberOption('unitLots', options.unitLots ?? 1, Number.MIN_VALUE, Number.MAX_VALUE)
  return probabilityQueue('log', (ahead, back) => Math.log1p(back / unit) / (Math.log1p(back / unit) + Math.log1p(ahead / unit)))
}
