import { Op, RowFlag, type EventBatch } from '@rxlob/core'

/** One event of a level 3 batch, with the book after it, kept in plain maps. */
export interface NaiveStep {
  readonly op: number
  readonly side: 'bid' | 'ask'
  readonly orderId: number
  readonly ticks: number
  readonly lots: number
  readonly seq: number
  readonly tsExchange: number
  readonly nanos: number
  /** `[ticks, lots]`, best first. Live. */
  levels(side: 'bid' | 'ask'): [ticks: number, lots: number][]
}

/** Level 3 rows by the letter: orders in a map, levels summed from it. Throws on what cannot be. */
export async function* naiveMarket(batches: AsyncIterable<EventBatch>): AsyncGenerator<NaiveStep> {
  const orders = new Map<number, { side: 'bid' | 'ask'; ticks: number; lots: number }>()
  const sums = { bid: new Map<number, number>(), ask: new Map<number, number>() }
  const move = (side: 'bid' | 'ask', ticks: number, lots: number): void => {
    const sum = (sums[side].get(ticks) ?? 0) + lots
    if (sum < 0) throw new Error(`negative level at ${ticks}`)
    if (sum === 0) sums[side].delete(ticks)
    else sums[side].set(ticks, sum)
  }
  const levels = (side: 'bid' | 'ask'): [number, number][] => [...sums[side]].sort(([a], [b]) => (side === 'bid' ? b - a : a - b))
  for await (const batch of batches) {
    for (let row = 0; row < batch.length; row++) {
      const op = batch.op[row]!
      const flags = batch.flags[row]!
      const side = flags & RowFlag.sell ? 'ask' : 'bid'
      const orderId = batch.orderId![row]!
      const ticks = batch.ticks[row]!
      const lots = batch.lots[row]!
      const known = orders.get(orderId)
      if (op === Op.add) {
        if (known) throw new Error(`order ${orderId} was added twice`)
        orders.set(orderId, { side, ticks, lots })
        move(side, ticks, lots)
      } else if (op === Op.reduce || op === Op.fill || op === Op.remove) {
        if (!known || known.ticks !== ticks || known.side !== side || lots > known.lots || (op === Op.remove && lots !== known.lots)) throw new Error(`order ${orderId} is not as row ${row} says`)
        known.lots -= lots
        if (known.lots === 0) orders.delete(orderId)
        move(side, ticks, -lots)
      } else if (op === Op.replace) {
        if (!known || known.side !== side) throw new Error(`order ${orderId} cannot be replaced`)
        move(side, known.ticks, -known.lots)
        known.ticks = ticks
        known.lots = lots
        move(side, ticks, lots)
      }
      if ((flags & RowFlag.last) === 0) continue
      yield { op, side, orderId, ticks, lots, seq: batch.seq![row]!, tsExchange: batch.tsExchange[row]!, nanos: batch.nanos![row]!, levels }
    }
  }
}
