import { describe, expect, it } from 'vitest'
import { simulator, type SimulatorOptions } from '../src/index.js'
import { bookRows } from './book-rows.js'
import { logisticAccuracy } from './logistic.js'

interface Move {
  readonly seq: number
  readonly tsExchange: number
  readonly direction: number
  /** Sign of the best queues' imbalance in the row before. */
  readonly cue: number
}

/** The moves as the book alone shows them. */
async function movesOf(options: SimulatorOptions, watch: (row: { halfTicks: number; cue: number; seq: number; spread: number }) => void = () => {}): Promise<Move[]> {
  const moves: Move[] = []
  let halfTicks = NaN
  let cue = 0
  for await (const { tick, seq } of bookRows(simulator(options).batches())) {
    const { book } = tick
    const now = book.bidTicks(0) + book.askTicks(0)
    if (now !== halfTicks && !Number.isNaN(halfTicks)) moves.push({ seq, tsExchange: tick.tsExchange, direction: now - halfTicks, cue })
    halfTicks = now
    cue = Math.sign(book.bidLots(0) - book.askLots(0))
    watch({ halfTicks, cue, seq, spread: book.askTicks(0) - book.bidTicks(0) })
  }
  return moves
}

const hits = (moves: readonly Move[]): number => moves.filter(({ cue, direction }) => cue === direction).length

describe('plantedMarket', () => {
  it.each([8, 20, 33])('moves the mid by half a tick in every %i-th event and in no other', async (horizonEvents) => {
    let spread = 1
    let wrong = 0
    const moves = await movesOf({ seed: 5, durationMicros: 2000e6, signal: { horizonEvents } }, (row) => {
      if (row.seq > 0 && row.seq % horizonEvents === 0) spread = 3 - spread
      if (row.spread !== spread || row.cue === 0) wrong++
    })
    expect(wrong).toBe(0)
    expect(moves.length).toBeGreaterThan(5000)
    expect(moves.filter(({ seq, direction }, n) => seq !== (n + 1) * horizonEvents || Math.abs(direction) !== 1)).toEqual([])
  })

  it('shows the cue of the coming move in every row', async () => {
    const source = { seed: 11, durationMicros: 1800e6, signal: { accuracy: 0.7, horizonEvents: 9 } }
    const truth = [...simulator(source).truth()]
    const cues: number[] = []
    const moves = await movesOf(source, ({ cue, seq }) => (cues[seq] = cue))
    expect(truth).toHaveLength(moves.length)
    const coming = (seq: number): number => truth[Math.floor(seq / 9)]?.cue ?? cues[seq]!
    expect(cues.filter((cue, seq) => cue !== coming(seq))).toEqual([])
    expect(moves).toEqual(truth.map(({ seq, tsExchange, direction, cue }) => ({ seq, tsExchange, direction, cue })))
  })

  // 20,000 moves or so: one standard error is a third of a point; four are allowed.
  it.each([0.5, 0.65, 0.35, 0.9])('follows the cue with frequency %f', async (accuracy) => {
    const moves = await movesOf({ seed: 21, durationMicros: 1800e6, signal: { accuracy, horizonEvents: 9 } })
    const share = hits(moves) / moves.length
    expect(Math.abs(share - accuracy)).toBeLessThan(4 * Math.sqrt((accuracy * (1 - accuracy)) / moves.length))
    const up = moves.filter(({ direction }) => direction > 0).length / moves.length
    expect(Math.abs(up - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / moves.length))
    const repeated = moves.filter(({ direction }, n) => direction === moves[n - 1]?.direction).length / (moves.length - 1)
    expect(Math.abs(repeated - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / moves.length))
  })

  it('is certain at accuracies of 1 and 0', async () => {
    const all = await movesOf({ durationMicros: 300e6, signal: { accuracy: 1 } })
    expect(hits(all)).toBe(all.length)
    expect(hits(await movesOf({ durationMicros: 300e6, signal: { accuracy: 0 } }))).toBe(0)
  })

  it('shows nothing of a direction before it is taken: sessions that differ in a direction are equal up to it', async () => {
    let compared = 0
    for (let seed = 1; seed <= 80; seed++) {
      const options = { seed, durationMicros: 40e6, signal: { accuracy: 0.5, horizonEvents: 8 } }
      const other = { ...options, signal: { ...options.signal, accuracy: 0.51 } }
      const otherTruth = [...simulator(other).truth()]
      const firstDifference = [...simulator(options).truth()].find(({ direction }, n) => direction !== otherTruth[n]!.direction)
      if (firstDifference === undefined) continue
      const [rows, otherRows] = await Promise.all([rowsBefore(options, firstDifference.seq), rowsBefore(other, firstDifference.seq)])
      expect(rows.length).toBeGreaterThan(firstDifference.seq)
      expect(otherRows).toEqual(rows)
      compared += firstDifference.seq
    }
    expect(compared).toBeGreaterThan(40_000)
  })

  it('lets no model beat the cue: logistic regression on the whole book, flow and history adds nothing', async () => {
    const accuracy = 0.65
    const { rows, targets, leaked } = await examples({ seed: 31, durationMicros: 3600e6, signal: { accuracy, horizonEvents: 9 } })
    expect(rows.length).toBeGreaterThan(39_000)
    const fromBook = logisticAccuracy(rows, targets)
    const error = Math.sqrt((accuracy * (1 - accuracy)) / fromBook.tested)
    expect(fromBook.accuracy).toBeLessThan(accuracy + 4 * error)
    expect(fromBook.accuracy).toBeGreaterThan(accuracy - 4 * error)
    // The same harness sees a leak of one part in ten.
    expect(logisticAccuracy(leaked, targets).accuracy).toBeGreaterThan(accuracy + 8 * error)
  })
})

async function rowsBefore(options: SimulatorOptions, seq: number): Promise<string[]> {
  const rows: string[] = []
  for await (const batch of simulator(options).batches()) {
    for (let row = 0; row < batch.length && batch.seq![row]! < seq; row++) {
      rows.push([batch.op, batch.flags, batch.tsExchange, batch.nanos!, batch.ticks, batch.lots, batch.orderId!].map((column) => column[row]).join())
    }
  }
  return rows
}

/** One example a move: what was to be seen in the row before it, and whether the mid went up. `leaked` also holds a hint of the target. */
async function examples(options: SimulatorOptions): Promise<{ rows: number[][]; targets: number[]; leaked: number[][] }> {
  const truth = [...simulator(options).truth()]
  const rows: number[][] = []
  const flow = { buys: 0, sells: 0, bidChange: 0, askChange: 0, events: 0 }
  let before: number[] = []
  let started = NaN
  const past: number[] = [0, 0, 0]
  for await (const { tick, seq } of bookRows(simulator(options).batches())) {
    const move = truth[rows.length]
    if (move === undefined) break
    if (seq === move.seq) {
      rows.push(before)
      past.unshift(move.direction)
      past.length = 3
      Object.assign(flow, { buys: 0, sells: 0, bidChange: 0, askChange: 0, events: 0 })
      started = tick.tsExchange
      continue
    }
    flow.events++
    if (tick.tradeLots > 0) flow.buys += tick.tradeLots
    if (tick.tradeLots < 0) flow.sells -= tick.tradeLots
    for (let n = 0; n < tick.changes.length; n++) {
      const change = tick.changes.lotsAfter(n) - tick.changes.lotsBefore(n)
      if (tick.changes.side(n) > 0) flow.bidChange += change
      else flow.askChange += change
    }
    if (seq + 1 !== move.seq) continue
    const { book } = tick
    const cue = Math.sign(book.bidLots(0) - book.askLots(0))
    const sizes = [0, 1, 2, 3, 4].flatMap((level) => [Math.log(book.bidLots(level)), Math.log(book.askLots(level))])
    const shape = [book.askTicks(0) - book.bidTicks(0), flow.buys, flow.sells, flow.bidChange, flow.askChange, Math.log(tick.tsExchange - started + 1) || 0, ...past]
    before = [cue, ...sizes, ...shape, ...sizes.map((size) => size * cue), ...shape.map((value) => value * cue)]
  }
  const targets = truth.slice(0, rows.length).map(({ direction }) => (direction + 1) / 2)
  return { rows, targets, leaked: rows.map((row, n) => [...row, n % 10 === 0 ? 2 * targets[n]! - 1 : 0]) }
}
