import { instrumentTrackers } from '../book/instrument-trackers.js'
import type { Source } from '../contracts/source.js'
import { LobError } from '../errors.js'
import { growingFloats } from '../numeric/growing-floats.js'
import { integerOption } from '../option-range.js'
import type { Lots, Micros } from '../units.js'
import { batchesOf } from './batches-of.js'

/** Empty bars that one jump in time may make: four months of seconds. */
const maxJump = 10_000_000

/** Open, high, low, close of the mid, in price units, and traded lots, per bar. */
export interface Bars {
  readonly length: number
  readonly tsStart: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly buyLots: Float64Array
  readonly sellLots: Float64Array
}

/** What closes a bar: time (aligned to multiples since the epoch), a number of trades, or traded lots. */
export type BarRule = { readonly micros: Micros } | { readonly trades: number } | { readonly lots: Lots }

/**
 * Bars of one instrument.
 *
 * A time bar holds the ticks of [k * micros, (k + 1) * micros); empty ones between two ticks carry the last close. A trade or
 * volume bar closes with the trade that fills it, whole. A bar opens at the last mid before it, the first bar with a mid at its
 * first one. The last, partial bar is dropped. Mids of an empty, unknown or crossed book are passed over; a bar before the first
 * mid is NaN. Hidden trades count, crosses and off-book prints do not; a trade of unknown side counts in neither column but moves
 * trade and volume bars on.
 *
 * @throws {LobError} LOB_BAD_OPTION where the rule is not an integer of 1 or more or the source holds several instruments,
 * LOB_BAD_MESSAGE where time jumps over more than ten million bars.
 */
export async function collectBars(source: Source, by: BarRule): Promise<Bars> {
  const [unit, size] = 'micros' in by ? ['micros', by.micros] : 'trades' in by ? ['trades', by.trades] : ['lots', by.lots]
  integerOption(`by.${unit}`, size, 1)
  const bars = { tsStart: growingFloats(), open: growingFloats(), high: growingFloats(), low: growingFloats(), close: growingFloats(), buyLots: growingFloats(), sellLots: growingFloats() }
  let instruments = 0
  let started = NaN
  let open = NaN
  let high = NaN
  let low = NaN
  let close = NaN
  let buyLots = 0
  let sellLots = 0
  let filled = 0

  const finish = (next: Micros): void => {
    bars.tsStart.push(started)
    bars.open.push(open)
    bars.high.push(high)
    bars.low.push(low)
    bars.close.push(close)
    bars.buyLots.push(buyLots)
    bars.sellLots.push(sellLots)
    started = next
    open = high = low = close
    buyLots = sellLots = filled = 0
  }
  const trackers = instrumentTrackers((tracker) => {
    if (++instruments > 1) throw new LobError('LOB_BAD_OPTION', `${source.name} holds several instruments (${tracker.instrument.id} too): collect bars one by one.`, { stream: source.name })
  })
  for await (const batch of batchesOf(source)) {
    trackers.accept(batch, (tracker) => {
      if (!tracker.ticked) return
      const { tsLocal, book, tradeSize, tradeLots, tradePrint } = tracker
      if (Number.isNaN(started)) started = 'micros' in by ? Math.floor(tsLocal / size) * size : tsLocal
      if ('micros' in by) {
        if (tsLocal - started > size * maxJump) {
          throw new LobError('LOB_BAD_MESSAGE', `Time jumps from ${started} to ${tsLocal}, over more than ${maxJump} bars of ${size} microseconds: check the source's times or use longer bars.`, { stream: source.name })
        }
        while (tsLocal >= started + size) finish(started + size)
      }
      const mid = book.crossed ? NaN : ((book.bidTicks(0) + book.askTicks(0)) / 2) * book.tickSize
      if (!Number.isNaN(mid)) {
        if (Number.isNaN(open)) open = high = low = mid
        high = Math.max(high, mid)
        low = Math.min(low, mid)
        close = mid
      }
      if (tradePrint !== 'regular' && tradePrint !== 'hidden') return
      if (tradeLots > 0) buyLots += tradeLots
      else if (tradeLots < 0) sellLots -= tradeLots
      filled += 'lots' in by ? tradeSize : 1
      if (!('micros' in by) && filled >= size) finish(tsLocal)
    })
  }
  return {
    length: bars.tsStart.length,
    tsStart: bars.tsStart.values(),
    open: bars.open.values(),
    high: bars.high.values(),
    low: bars.low.values(),
    close: bars.close.values(),
    buyLots: bars.buyLots.values(),
    sellLots: bars.sellLots.values(),
  }
}
