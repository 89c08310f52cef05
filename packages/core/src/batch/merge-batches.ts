import { Op, RowFlag, type EventBatch } from './event-batch.js'

/**
 * Batches of several instruments as one sequence in `tsLocal` order; ties go to the earlier source of the list.
 * Batches are cut where another source's next event is earlier; the pieces share its arrays. None has a `position`: one source's
 * says nothing about the others. Cost: O(sources) a piece; it holds one batch of each source.
 */
export async function* mergeBatches(sources: readonly AsyncIterable<EventBatch>[]): AsyncGenerator<EventBatch, void, void> {
  const readers = sources.map((source) => source[Symbol.asyncIterator]())
  const heads: ({ batch: EventBatch; row: number; status: number } | undefined)[] = []
  const advance = async (n: number): Promise<void> => {
    for (;;) {
      const { value, done } = await readers[n]!.next()
      if (done) heads[n] = undefined
      else if (value.length === 0) continue
      else heads[n] = { batch: value, row: 0, status: 0 }
      return
    }
  }
  try {
    for (let n = 0; n < readers.length; n++) await advance(n)
    for (;;) {
      let first = -1
      let limit = Infinity
      let limitSource = -1
      for (let n = 0; n < heads.length; n++) {
        const head = heads[n]
        if (head === undefined) continue
        const ts = head.batch.tsLocal[head.row]!
        const best = heads[first]
        if (best === undefined || ts < best.batch.tsLocal[best.row]!) {
          if (best !== undefined) {
            limit = best.batch.tsLocal[best.row]!
            limitSource = first
          }
          first = n
        } else if (ts < limit) {
          limit = ts
          limitSource = n
        }
      }
      const head = heads[first]
      if (head === undefined) return
      const { batch, row } = head
      let to = row
      // Up to the limit; at the limit itself the earlier source of the list goes first.
      while (to < batch.length && (batch.tsLocal[to]! < limit || (batch.tsLocal[to]! === limit && first < limitSource) || to === row)) {
        while ((batch.flags[to]! & RowFlag.last) === 0 && to < batch.length - 1) to++
        to++
      }
      if (row === 0 && to === batch.length && batch.position === undefined) yield batch
      else yield cut(batch, row, to, head)
      if (to === batch.length) await advance(first)
      else head.row = to
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.return?.()))
  }
}

function cut(batch: EventBatch, from: number, to: number, head: { status: number }): EventBatch {
  const { seq, orderId, nanos, details, position: _, ...columns } = batch
  let statuses = 0
  if (details !== undefined) for (let row = from; row < to; row++) if (batch.op[row] === Op.status) statuses++
  const piece: EventBatch = {
    ...columns,
    length: to - from,
    op: batch.op.subarray(from, to),
    flags: batch.flags.subarray(from, to),
    tsExchange: batch.tsExchange.subarray(from, to),
    tsLocal: batch.tsLocal.subarray(from, to),
    ticks: batch.ticks.subarray(from, to),
    lots: batch.lots.subarray(from, to),
    ...(seq !== undefined && { seq: seq.subarray(from, to) }),
    ...(orderId !== undefined && { orderId: orderId.subarray(from, to) }),
    ...(nanos !== undefined && { nanos: nanos.subarray(from, to) }),
    ...(statuses > 0 && { details: details!.slice(head.status, head.status + statuses) }),
  }
  head.status += statuses
  return piece
}
