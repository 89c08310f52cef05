import type { BookTracker } from '@rxlob/core'
import type { BookHeatmapValues } from '@rxlob/plots'

const mostColumns = 400
const priceRows = 72

interface Look {
  readonly time: number
  readonly mid: number
  readonly ticks: readonly number[]
  readonly lots: readonly number[]
}

/** Pictures of the book at even times. Twice as far apart whenever there are too many: the day's length need not be known. */
export function bookLooks(levels: number) {
  let looks: Look[] = []
  let everyMicros = 250_000
  let tickSize = NaN
  const trades = { times: [] as number[], prices: [] as number[], signedSizes: [] as number[] }

  return {
    take(tracker: BookTracker): void {
      const { tsLocal, book, tradeLots, tradeTicks } = tracker
      tickSize = book.tickSize
      if (tradeLots !== 0 && !Number.isNaN(tradeLots)) {
        trades.times.push(tsLocal)
        trades.prices.push(tradeTicks * tickSize)
        trades.signedSizes.push(tradeLots)
      }
      if (looks.length > 0 && tsLocal < looks.at(-1)!.time + everyMicros) return
      const look = { time: tsLocal, mid: ((book.bidTicks(0) + book.askTicks(0)) / 2) * tickSize, ticks: [] as number[], lots: [] as number[] }
      for (let level = 0; level < levels; level++) {
        look.ticks.push(book.bidTicks(level), book.askTicks(level))
        look.lots.push(book.bidLots(level), book.askLots(level))
      }
      looks.push(look)
      if (looks.length > 2 * mostColumns) {
        looks = looks.filter((_, n) => n % 2 === 0)
        everyMicros *= 2
      }
    },

    /** Resting lots by time and price; prices no visible level reached at a time are unknown then. Undefined without a look. */
    heatmap(): BookHeatmapValues | undefined {
      if (looks.length === 0) return undefined
      const seen = looks.flatMap(({ ticks, lots }) => ticks.filter((_, n) => lots[n]! > 0)).sort((a, b) => a - b)
      // The far one percent of the levels would squeeze all others.
      const low = seen[Math.floor(seen.length * 0.005)] ?? 0
      const high = seen[Math.ceil(seen.length * 0.995) - 1] ?? 1
      const step = Math.max(1, Math.ceil((high - low + 1) / priceRows))
      const rows = Math.ceil((high - low + 1) / step)
      const sizes = new Float64Array(looks.length * rows).fill(NaN)
      for (const [column, { ticks, lots }] of looks.entries()) {
        const visible = ticks.filter((_, n) => lots[n]! > 0)
        const from = Math.floor((Math.min(...visible) - low) / step)
        const to = Math.floor((Math.max(...visible) - low) / step)
        for (let row = Math.max(0, from); row <= Math.min(rows - 1, to); row++) sizes[column * rows + row] = 0
        for (const [n, tick] of ticks.entries()) {
          const row = Math.floor((tick - low) / step)
          if (row >= 0 && row < rows && lots[n]! > 0) sizes[column * rows + row]! += lots[n]!
        }
      }
      return {
        times: looks.map(({ time }) => time),
        mid: looks.map(({ mid }) => mid),
        prices: Array.from({ length: rows }, (_, row) => (low + (row + 0.5) * step) * tickSize),
        sizes,
        trades,
      }
    },
  }
}
