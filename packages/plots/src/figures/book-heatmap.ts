import type { Micros } from '@rxlob/core/kernel'
import { viridis } from '../color/viridis.js'
import { defineFigure } from '../define-figure.js'
import { stackedPanels } from '../draw/layout.js'
import type { LegendItem } from '../draw/legend.js'
import type { Mark } from '../draw/mark.js'
import type { Figure } from '../figure.js'
import type { FigureOptions } from '../figure-options.js'
import { formatNumber } from '../format-number.js'
import { inOrder } from '../in-order.js'
import { gridImageMark } from '../marks/grid-image-mark.js'
import { lineMark } from '../marks/line-mark.js'
import { symbolMark } from '../marks/symbol-mark.js'
import { triangleDown, triangleUp } from '../marks/symbols.js'
import { numbers } from '../numbers.js'
import { numberAxis } from '../scale/number-axis.js'
import { numberTicks } from '../scale/number-ticks.js'
import { timeAxis } from '../scale/time-axis.js'

export interface BookHeatmapValues {
  /** When each column begins, rising. It lasts until the next. */
  readonly times: ArrayLike<Micros>
  /** Price of each row, rising. */
  readonly prices: ArrayLike<number>
  /** Resting size, column by column: `sizes[time * prices.length + price]`. 0 is an empty level, NaN an unknown one. */
  readonly sizes: ArrayLike<number>
  /** Mid price at each of `times`. */
  readonly mid?: ArrayLike<number>
  readonly trades?: BookHeatmapTrades
}

export interface BookHeatmapTrades {
  readonly times: ArrayLike<Micros>
  readonly prices: ArrayLike<number>
  /** Positive where the buyer took, negative where the seller did. */
  readonly signedSizes: ArrayLike<number>
}

export interface BookHeatmapOptions extends FigureOptions {
  /** IANA zone of the time axis. Default `UTC`. */
  readonly timeZone?: string
  /** Of the prices, for example `USD`. */
  readonly priceUnit: string
  /** Of the sizes, for example `shares`. */
  readonly sizeUnit: string
  /** What the marks of positive and of negative size are called. Default trades by who took. */
  readonly tradeNames?: readonly [positive: string, negative: string]
}

const mostTrades = 600
const [white, black, sellColor] = ['#ffffff', '#000000', '#ff6a3d']

/**
 * The book over time: resting size by price, the mid, and trades marked by the side that took.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths disagree or times or prices do not rise.
 */
export function bookHeatmap(values: BookHeatmapValues, options: BookHeatmapOptions): Figure {
  const times = inOrder('times', numbers('times', values.times), 'rise')
  const prices = inOrder('prices', numbers('prices', values.prices), 'rise')
  const sizes = numbers('sizes', values.sizes, times.length * prices.length)
  const mid = values.mid === undefined ? undefined : numbers('mid', values.mid, times.length)
  const trades = largestTrades(values.trades)
  const { timeZone = 'UTC', priceUnit, sizeUnit, tradeNames = ['Trade, buyer took', 'Trade, seller took'] } = options
  const shown = sizes.filter((size) => size > 0).sort()
  const top = shown[Math.floor(0.99 * (shown.length - 1))] ?? 1
  const clipped = (shown.at(-1) ?? 0) > top
  const known = sizes.some((size) => !Number.isNaN(size))

  const steps = Array.from(times.subarray(1), (time, i) => time - (times[i] ?? 0)).sort((a, b) => a - b)
  const ends = [...times.subarray(1), (times.at(-1) ?? 0) + (steps[steps.length >> 1] ?? 1e6)]
  const edges = cellEdges(prices)
  const range: [number, number] = [times[0] ?? 0, ends.at(-1) ?? 1]
  // Root: books hold a few very large orders, which would leave all others in the darkest shade of a linear scale.
  const place = (size: number): number => Math.sqrt(size / top)

  const sampled = trades.left > 0 ? ` Of ${formatNumber(trades.left + mostTrades)} trades the ${mostTrades} largest are marked.` : ''
  const about = `Resting size at each price over time, lighter is larger on a square-root scale${clipped ? ` that ends at the 99th percentile, ${formatNumber(top)} ${sizeUnit}` : ''}.${sampled}`
  // Nearer to the end than a quarter of the bar its label and the last would touch.
  const barTicks = [0, ...numberTicks(0, top, 5).values.filter((size) => place(size) > 0.25 && place(size) < 0.75)].map((size) => ({ place: place(size), label: formatNumber(size) }))
  return defineFigure({
    title: `Order book of ${options.data.name}`,
    options,
    about,
    summary: `${times.length} snapshots of ${prices.length} prices from ${formatNumber(prices[0] ?? Number.NaN)} to ${formatNumber(prices.at(-1) ?? Number.NaN)} ${priceUnit}${values.trades === undefined ? '' : ` with ${trades.times.length} trades`}.`,
    empty: known ? undefined : 'the book has no snapshot with a known size.',
    legend: (theme): LegendItem[] => [
      { kind: 'colors', label: `Resting size (${sizeUnit})`, map: viridis, ticks: [...barTicks, { place: 1, label: `${clipped ? '≥ ' : ''}${formatNumber(top, { digits: 3 })}` }] },
      ...(mid === undefined ? [] : [{ kind: 'line', label: 'Mid', stroke: { color: white, width: 1.5 }, casing: black } as const]),
      ...(values.trades === undefined
        ? []
        : ([
            { kind: 'symbol', label: tradeNames[0], fill: white, outline: black, symbol: triangleUp },
            { kind: 'symbol', label: tradeNames[1], fill: sellColor, outline: black, symbol: triangleDown },
          ] as const)),
      ...(sizes.some(Number.isNaN) ? [{ kind: 'box', label: 'Unknown', fill: theme.missing } as const] : []),
    ],
    draw: (space) => {
      const tradeMark = (sign: 1 | -1): Mark => {
        const chosen = [...trades.signedSizes.keys()].filter((i) => Math.sign(trades.signedSizes[i] ?? 0) === sign)
        return symbolMark({
          x: chosen.map((i) => trades.times[i] ?? Number.NaN),
          y: chosen.map((i) => trades.prices[i] ?? Number.NaN),
          radius: chosen.map((i) => 2.5 + 4.5 * Math.sqrt(Math.abs(trades.signedSizes[i] ?? 0) / trades.largest)),
          symbol: sign === 1 ? triangleUp : triangleDown,
          color: sign === 1 ? white : sellColor,
          outline: black,
        })
      }
      return stackedPanels(space, {
        x: (length) => ({ ...timeAxis({ length, range, timeZone }), gridLines: false }),
        rows: [
          {
            height: options.plotHeight ?? 400,
            y: (length) => ({
              ...numberAxis({ title: `Price (${priceUnit})`, length, direction: 'vertical', range: [edges[0] ?? 0, edges.at(-1) ?? 1], nice: false }),
              gridLines: false,
            }),
            marks: [
              gridImageMark({ columnStarts: times, columnEnds: ends, rowEdges: edges, places: sizes.map(place), map: viridis, missing: space.theme.missing }),
              ...(mid === undefined ? [] : [lineMark({ x: times, y: mid, stroke: { color: white, width: 1.5 }, casing: black })]),
              tradeMark(1),
              tradeMark(-1),
            ],
          },
        ],
      })
    },
  })
}

interface ShownTrades {
  readonly times: readonly number[]
  readonly prices: readonly number[]
  readonly signedSizes: readonly number[]
  readonly largest: number
  /** Trades not shown. */
  readonly left: number
}

function largestTrades(trades: BookHeatmapTrades | undefined): ShownTrades {
  if (trades === undefined) return { times: [], prices: [], signedSizes: [], largest: 1, left: 0 }
  const times = numbers('trades.times', trades.times)
  const prices = numbers('trades.prices', trades.prices, times.length)
  const signed = numbers('trades.signedSizes', trades.signedSizes, times.length)
  const usable = [...times.keys()].filter((i) => !Number.isNaN((times[i] ?? 0) + (prices[i] ?? 0)) && Math.abs(signed[i] ?? 0) > 0)
  // The largest last, so that none is hidden by a smaller one before it in time.
  const chosen = usable.sort((a, b) => Math.abs(signed[b] ?? 0) - Math.abs(signed[a] ?? 0) || a - b).slice(0, mostTrades)
  const pick = (column: Float64Array): number[] => chosen.map((i) => column[i] ?? Number.NaN)
  const signedSizes = pick(signed)
  return { times: pick(times), prices: pick(prices), signedSizes, largest: Math.abs(signedSizes[0] ?? 1), left: usable.length - chosen.length }
}

/** Halfway between neighbours, and as far beyond the outer two. */
function cellEdges(centres: Float64Array): number[] {
  const count = centres.length
  if (count < 2) return Array.from(centres).flatMap((centre) => [centre - 0.5, centre + 0.5])
  const between = Array.from({ length: count - 1 }, (_, i) => ((centres[i] ?? 0) + (centres[i + 1] ?? 0)) / 2)
  const [first = 0, last = 0] = [centres[0], centres[count - 1]]
  return [2 * first - (between[0] ?? 0), ...between, 2 * last - (between.at(-1) ?? 0)]
}
