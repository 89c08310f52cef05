import { batchesOf, integerOption, LobError, type EventBatch, type Micros, type Source } from '@rxlob/core'
import type { BacktestResult } from '../backtest-result.js'
import type { OrderRecord } from '../order-record.js'

export interface NoPeekOptions {
  readonly source: Source
  /**
   * Makes everything anew from the source it is given, models and precomputed signals too, and runs it: what was made from the whole
   * source beforehand cannot be caught.
   */
  readonly run: (source: Source) => Promise<BacktestResult>
  /** Times to cut at, evenly spread, 1 or more. Default 3. */
  readonly cuts?: number
  /** Decisions this close to a cut are not compared: what happened at the venue before it may reach us after it. Default 2,000,000. */
  readonly marginMicros?: Micros
}

export interface PeekFound {
  /** Where the source was cut. */
  readonly cutAt: Micros
  /** What was decided before the cut with the future there, and without it; undefined where there was nothing. */
  readonly withFuture: OrderRecord | undefined
  readonly withoutFuture: OrderRecord | undefined
}

/**
 * Runs a backtest on the source and on its beginnings: what was decided before a cut must not depend on what comes after it.
 * Undefined where no decision does, else the first that differs.
 *
 * @throws {LobError} LOB_BAD_OPTION where `cuts` is not 1 or more or the source has no events.
 */
export async function noPeek({ source, run, cuts = 3, marginMicros = 2e6 }: NoPeekOptions): Promise<PeekFound | undefined> {
  integerOption('cuts', cuts, 1)
  let from = Infinity
  let to = -Infinity
  for await (const { tsLocal, length } of batchesOf(source)) {
    if (length > 0) {
      from = Math.min(from, tsLocal[0]!)
      to = Math.max(to, tsLocal[length - 1]!)
    }
  }
  if (!(to >= from)) throw new LobError('LOB_BAD_OPTION', `noPeek: ${source.name} has no events.`)
  const whole = await run(source)
  for (let cut = 1; cut <= cuts; cut++) {
    const cutAt = from + Math.floor(((to - from) * cut) / (cuts + 1))
    const part = await run(until(source, cutAt))
    const before = ({ orders }: BacktestResult): OrderRecord[] => orders.filter(({ decidedAt, closing }) => decidedAt < cutAt - marginMicros && !closing)
    const [all, known] = [before(whole), before(part)]
    for (let at = 0; at < Math.max(all.length, known.length); at++) {
      if (!same(all[at], known[at])) return { cutAt, withFuture: all[at], withoutFuture: known[at] }
    }
  }
  return undefined
}

/** A decision is its time and what was asked for; what became of it may lie behind the cut. */
const same = (a: OrderRecord | undefined, b: OrderRecord | undefined): boolean =>
  a !== undefined && b !== undefined && a.decidedAt === b.decidedAt && a.side === b.side && a.type === b.type && a.instrument === b.instrument && a.decisionMid === b.decisionMid

/** The events of a source that reached us up to a time. */
function until(source: Source, time: Micros): Source {
  async function* batches(): AsyncGenerator<EventBatch, void, void> {
    for await (const batch of batchesOf(source)) {
      let length = 0
      while (length < batch.length && batch.tsLocal[length]! <= time) length++
      if (length > 0) yield { ...batch, length }
      if (length < batch.length) return
    }
  }
  return { ...source, batches }
}
