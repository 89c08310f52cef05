import type { SortedSums } from '../numeric/sorted-sums.js'

/** The bin with the most lots, and the range around it: plain data, written in place. NaN where there are no lots. */
export interface ValueArea {
  point: number
  low: number
  high: number
}

/** Point of control and value area of a histogram by price bin. Cost: O(bins). */
export const valueArea = {
  init: (): ValueArea => ({ point: NaN, low: NaN, high: NaN }),

  find(area: ValueArea, { keys, sums, length, total }: SortedSums, share: number): void {
    area.point = area.low = area.high = NaN
    if (length === 0) return
    let point = 0
    for (let at = 1; at < length; at++) if (sums[at]! > sums[point]!) point = at
    area.point = keys[point]!
    // The range [low, high] slides: with a higher low end the high end can only rise.
    let held = 0
    for (let at = 0; at < point; at++) held += sums[at]!
    let bestHeld = 0
    for (let low = 0, high = point - 1; low <= point; held -= sums[low++]!) {
      while (high < point || (held < share * total && high < length - 1)) held += sums[++high]!
      if (held < share * total) return
      const width = keys[high]! - keys[low]!
      const best = area.high - area.low
      if (width > best || (width === best && held <= bestHeld)) continue
      area.low = keys[low]!
      area.high = keys[high]!
      bestHeld = held
    }
  },
} as const
