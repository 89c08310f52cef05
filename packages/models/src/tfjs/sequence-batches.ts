import type { Random } from '@rxlob/core'
import type { RowRange } from '@rxlob/evaluation'
import type { Feeding } from './architecture.js'
import type { ScaledRows } from '../scaled-rows.js'

/** Stretches of rows that go through a net together. */
export interface SequenceBatch {
  /** First row of each stretch. May lie before the frame: such rows are empty. */
  readonly starts: Int32Array
  readonly steps: number
  /** First step that is answered; all later ones are too. */
  readonly answersFrom: number
  /** `carried` alone: whether each stretch starts from nothing. */
  readonly reset?: Uint8Array
  /** `carried` alone: the rows that each stretch is to answer; others only warm its state. */
  readonly owned?: readonly RowRange[]
}

export interface BatchOptions {
  readonly feeding: Feeding
  readonly length: number
  /** Stretches in a batch. */
  readonly batch: number
  /** Rows to be answered. */
  readonly range: RowRange
  /** Shuffles, and moves the cuts between stretches; left out, they come in order. */
  readonly random?: Random
  /** At most so many windows, drawn at random. */
  readonly windows?: number
  /** `carried`: rows before the range, or before a stretch of it, that only warm the state. Default 0. */
  readonly warmUpRows?: number
}

/** Batches that answer each row of a range once, as the architecture is fed. */
export function sequenceBatches(data: ScaledRows, options: BatchOptions): SequenceBatch[] {
  if (options.feeding === 'carried') return carriedBatches(data, options)
  const { length, batch, range, random, feeding } = options
  const stride = feeding === 'window' ? 1 : Math.max(1, Math.floor(length / 2))
  const starts: number[] = []
  // Each stretch answers its last `stride` rows, the first of them at or after `range.from`.
  const offset = random === undefined ? 0 : Math.floor(random() * stride)
  for (let last = range.from + stride - 1 - offset; last - stride + 1 < range.to; last += stride) {
    const end = Math.min(last, data.rows - 1, range.to - 1)
    const start = end - length + 1
    if (start >= 0 && data.cleanFrom[end]! <= start) starts.push(start)
  }
  if (random !== undefined) shuffle(starts, random)
  const kept = options.windows === undefined ? starts : starts.slice(0, options.windows)
  const batches: SequenceBatch[] = []
  for (let at = 0; at < kept.length; at += batch) {
    batches.push({ starts: Int32Array.from(kept.slice(at, at + batch)), steps: length, answersFrom: length - stride })
  }
  return batches
}

function carriedBatches({ rows, cleanFrom }: ScaledRows, { length, batch, range, random, warmUpRows = 0 }: BatchOptions): SequenceBatch[] {
  const streams = Math.max(1, Math.min(batch, Math.floor((range.to - range.from) / length)))
  const perStream = Math.ceil((range.to - range.from) / streams)
  const offset = random === undefined ? 0 : Math.floor(random() * length)
  const warmUp = Math.ceil(warmUpRows / length) * length
  const batches: SequenceBatch[] = []
  const owned = Array.from({ length: streams }, (_, stream): RowRange => ({ from: range.from + stream * perStream, to: Math.min(range.to, range.from + (stream + 1) * perStream) }))
  const firsts = Int32Array.from({ length: streams }, (_, stream) => range.from + stream * perStream - warmUp - offset)
  for (let moved = 0; moved < perStream + warmUp + offset; moved += length) {
    const starts = firsts.map((first) => first + moved)
    // After a break inside the stretch before, what the state holds is of another session.
    const reset = Uint8Array.from(starts, (start) => (moved === 0 || start <= 0 || start >= rows || cleanFrom[start]! > start - length + 1 ? 1 : 0))
    batches.push({ starts, steps: length, answersFrom: 0, reset, owned })
  }
  return batches
}

/** Calls `visit` with the place of each answered step, stretch by stretch, and its row, where that row has `length` clean rows behind it. */
export function answeredRows({ cleanFrom, rows }: ScaledRows, { starts, steps, answersFrom, owned }: SequenceBatch, range: RowRange, length: number, visit: (place: number, row: number) => void): void {
  const answers = steps - answersFrom
  starts.forEach((start, stretch) => {
    const { from, to } = owned?.[stretch] ?? range
    for (let step = answersFrom; step < steps; step++) {
      const row = start + step
      if (row < from || row >= to || row >= rows) continue
      const clean = cleanFrom[row]!
      // Behind a break inside a carried stretch the state is of another session.
      if (clean <= row - length + 1 && (owned === undefined || clean <= Math.max(0, start))) visit(stretch * answers + step - answersFrom, row)
    }
  })
}

function shuffle(values: number[], random: Random): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const value = values[at]!
    values[at] = values[other]!
    values[other] = value
  }
}
