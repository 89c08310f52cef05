import { batchesOf, Op, RowFlag, type InstrumentId, type Lots, type Micros, type Source } from '@rxlob/core'

/** Trades of a replay, for benchmarks. */
export interface TradeTape {
  /** Mean price of what traded from `from` to `to`, both included, weighted by lots, ticks; NaN where nothing did. */
  vwapTicks(instrument: InstrumentId, from: Micros, to: Micros): number
  /** Lots traded in the same time. */
  lots(instrument: InstrumentId, from: Micros, to: Micros): Lots
}

interface Sums {
  readonly ts: number[]
  readonly lots: number[]
  readonly value: number[]
}

/** Reads a source once and keeps its trades: visible, hidden and unknown takers; not crosses and prints off the book. Memory: 24 bytes a trade. */
export async function tradeTape(source: Source): Promise<TradeTape> {
  const tapes = new Map<InstrumentId, Sums>()
  for await (const { instrument, op, flags, tsExchange, ticks, lots, length } of batchesOf(source)) {
    const tape = tapes.get(instrument.id) ?? { ts: [], lots: [0], value: [0] }
    tapes.set(instrument.id, tape)
    for (let row = 0; row < length; row++) {
      if ((op[row] !== Op.trade && op[row] !== Op.fill) || flags[row]! & (RowFlag.cross | RowFlag.offBook)) continue
      tape.ts.push(Math.max(tsExchange[row]!, tape.ts.at(-1) ?? -Infinity))
      tape.lots.push(tape.lots.at(-1)! + lots[row]!)
      tape.value.push(tape.value.at(-1)! + lots[row]! * ticks[row]!)
    }
  }
  const between = (column: 'lots' | 'value', instrument: InstrumentId, from: Micros, to: Micros): number => {
    const tape = tapes.get(instrument)
    if (tape === undefined || !(to >= from)) return 0
    return tape[column][firstAfter(tape.ts, to)]! - tape[column][firstAfter(tape.ts, from - 1)]!
  }
  return {
    lots: (instrument, from, to) => between('lots', instrument, from, to),
    vwapTicks: (instrument, from, to) => between('value', instrument, from, to) / between('lots', instrument, from, to),
  }
}

/** How many are at or before `ts`. */
function firstAfter(times: readonly number[], ts: Micros): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle]! <= ts) low = middle + 1
    else high = middle
  }
  return low
}
