import { integerOption, LobError, numberOption, type Column, type InputSpec, type LabelledFrame, type OutputSpec } from '@rxlob/core'
import { fi2010Matrix } from './fi2010-matrix.js'

/** Horizons of the labels in events, in the order of the file's last five lines. */
export const fi2010Horizons = [10, 20, 30, 50, 100] as const

/** A snapshot every ten events. */
const eventsPerSnapshot = 10
const bookColumns = 40
const allColumns = 144

export interface Fi2010Options {
  /** Levels of the book, 1 to 10. Default 10. */
  readonly levels?: number
  /** Takes the 104 hand-crafted features too. Default false, as most papers. */
  readonly handcrafted?: boolean
  /**
   * Snapshots but the first at which another stock or day begins: windows must not straddle them. Default: where both best prices jump, between neighbours, by more than
   * `jumpRatio` times the median of their own moves.
   */
  readonly breaks?: readonly number[]
  /** Default 200. */
  readonly jumpRatio?: number
}

/**
 * A file of the FI-2010 benchmark as a labelled frame: snapshots as rows, targets `events_10` to `events_100` of classes 0 down, 1 flat, 2 up.
 *
 * The files hold 149 lines: per level ask price, ask size, bid price, bid size (already normalised as the file's name says), 104 hand-crafted features, and
 * labels 1 up, 2 flat, 3 down at 10, 20, 30, 50, 100 events, in this order: the last line is 100, not 10. The labels cannot be recomputed from normalised prices.
 * Stocks and days are concatenated without a mark; `breaks` says where, and the default guesses from jumps. There are no times: `tsLocal` counts snapshots.
 * A label of k events settles k / 10 snapshots on. Accuracy of 55 % at 10 events is below the majority class.
 *
 * Cost: 8 bytes a snapshot and column; a training file takes seconds.
 *
 * @throws {LobError} LOB_BAD_FILE where the file is not of this shape, or a label is not 1, 2 or 3; LOB_BAD_OPTION where an option is out of range.
 * @see Ntakaris et al. (2018), Benchmark dataset for mid-price forecasting of limit order book data with machine learning methods, J. Forecasting 37(8)
 * @example
 * const train = await fi2010Frame('Train_Dst_NoAuction_ZScore_CF_7.txt')
 */
export async function fi2010Frame(file: string, options: Fi2010Options = {}): Promise<LabelledFrame> {
  const levels = integerOption('levels', options.levels ?? 10, 1, 10)
  const jumpRatio = numberOption('jumpRatio', options.jumpRatio ?? 200, 1, Number.MAX_VALUE)
  const kept = [...Array.from({ length: levels * 4 }, (_, at) => at), ...(options.handcrafted === true ? Array.from({ length: allColumns - bookColumns }, (_, at) => bookColumns + at) : [])]
  const { snapshots, rows } = await fi2010Matrix(file, [...kept, ...fi2010Horizons.map((_, at) => allColumns + at)])
  const values = new Float64Array(snapshots * kept.length)
  kept.forEach((_, column) => rows[column]!.forEach((value, row) => (values[row * kept.length + column] = value)))
  for (const at of options.breaks ?? []) integerOption('breaks', at, 1, Math.max(1, snapshots - 1))
  const breaks = [...new Set(options.breaks ?? jumps(rows[0]!, rows[2]!, jumpRatio))].sort((a, b) => a - b)
  const targets: Record<string, Float64Array> = {}
  const settledRows: Record<string, Float64Array> = {}
  fi2010Horizons.forEach((events, at) => {
    targets[`events_${events}`] = rows[kept.length + at]!.map((label, row) => {
      if (label === 1 || label === 2 || label === 3) return 3 - label
      throw new LobError('LOB_BAD_FILE', `Expected labels 1, 2 or 3, got ${label}.`, { file, line: allColumns + at + 1, column: row + 1 })
    })
    settledRows[`events_${events}`] = Float64Array.from({ length: snapshots }, (_, row) => (row + events / eventsPerSnapshot < snapshots ? row + events / eventsPerSnapshot : NaN))
  })
  const time = Float64Array.from({ length: snapshots }, (_, row) => row)
  return { instrument: 'fi2010:FIVE-STOCKS', columns: columnsOf(levels, kept.length), length: snapshots, firstRow: 0, tsExchange: time, tsLocal: time, values, breaks, targets, settledRows }
}

/** What models of a frame's columns read. */
export function fi2010Input({ columns }: Pick<LabelledFrame, 'columns'>, length: number): InputSpec {
  const names = columns.map(({ name }) => name)
  return { columns: names, fingerprints: names, sampler: 'fi2010_10_events', length: integerOption('length', length, 1) }
}

/** What models of a horizon say. */
export function fi2010Output(events: (typeof fi2010Horizons)[number]): Extract<OutputSpec, { kind: 'classes' }> {
  return { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: events / eventsPerSnapshot } }
}

function columnsOf(levels: number, count: number): Column<string>[] {
  const book = Array.from({ length: levels }, (_, level) => ['ask_price', 'ask_size', 'bid_price', 'bid_size'].map((name) => `${name}_${level + 1}`)).flat()
  const crafted = Array.from({ length: count - book.length }, (_, at) => `handcrafted_${at + 1}`)
  return [...book, ...crafted].map((name) => ({ name, unit: 'ratio' }))
}

/** Where both prices move at once by far more than they are wont to. */
function jumps(ask: Float64Array, bid: Float64Array, ratio: number): number[] {
  const wont = (prices: Float64Array): number => {
    const moves = prices.slice(1).map((price, at) => Math.abs(price - prices[at]!)).filter((move) => move > 0).sort()
    return moves[moves.length >> 1] ?? Infinity
  }
  const [askMove, bidMove] = [ratio * wont(ask), ratio * wont(bid)]
  return Array.from({ length: Math.max(0, ask.length - 1) }, (_, at) => at + 1).filter((at) => Math.abs(ask[at]! - ask[at - 1]!) > askMove && Math.abs(bid[at]! - bid[at - 1]!) > bidMove)
}
