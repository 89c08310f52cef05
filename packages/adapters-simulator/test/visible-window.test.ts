import { describe, expect, it } from 'vitest'
import { simulator, type SimulatorOptions } from '../src/index.js'
import { bookRows } from './book-rows.js'
import { naiveMarket } from './naive-market.js'

const thinMarket = { limitOrders: 6, marketOrders: 2, cancellations: 0.8 }

/** The best levels after each event of the whole book, by its `seq`. */
async function wholeBook(options: SimulatorOptions, levels: number): Promise<string[]> {
  const rows: string[] = []
  for await (const step of naiveMarket(simulator(options).batches())) {
    rows[step.seq] = JSON.stringify([step.levels('bid').slice(0, levels), step.levels('ask').slice(0, levels)])
  }
  return rows
}

async function window(options: SimulatorOptions, levels: number): Promise<{ rows: Map<number, string>; unknown: number; forgotten: number; inconsistent: number; scrolledIn: number }> {
  const rows = new Map<number, string>()
  let unknown = 0
  let counts = { forgotten: 0, inconsistent: 0, scrolledIn: 0 }
  for await (const { tick, seq } of bookRows(simulator({ ...options, levels }).batches())) {
    const { book } = tick
    const bids = Array.from({ length: Math.min(levels, book.bidDepth) }, (_, level) => [book.bidTicks(level), book.bidLots(level)])
    const asks = Array.from({ length: Math.min(levels, book.askDepth) }, (_, level) => [book.askTicks(level), book.askLots(level)])
    rows.set(seq, JSON.stringify([bids, asks]))
    if (Number.isNaN(book.bidLots(levels - 1)) || Number.isNaN(book.askLots(levels - 1))) unknown++
    counts = { forgotten: tick.counts.forgottenOrders, inconsistent: tick.counts.inconsistentOrders, scrolledIn: tick.counts.scrolledIn }
    expect(tick.counts.faults).toBe(0)
  }
  return { rows, unknown, ...counts }
}

describe('visibleWindow', () => {
  it.each<[number, string, SimulatorOptions]>([
    [1, 'a liquid market', {}],
    [5, 'a liquid market', {}],
    [37, 'as deep as the market', {}],
    [3, 'a thin market', { rates: thinMarket }],
    [12, 'a planted market', { signal: {} }],
  ])('of %i levels shows the top of the whole book after every event, %s', async (levels, _, market) => {
    const options = { ...market, durationMicros: 120e6 }
    const whole = await wholeBook(options, levels)
    const { rows, unknown, inconsistent, scrolledIn } = await window(options, levels)
    expect(scrolledIn).toBeGreaterThan(5)
    expect(unknown).toBe(0)
    expect(inconsistent).toBe(0)
    let last = ''
    const wrong: number[] = []
    whole.forEach((expected, seq) => {
      last = rows.get(seq) ?? last
      if (last !== expected) wrong.push(seq)
    })
    expect(wrong).toEqual([])
    expect(rows.size).toBeGreaterThan(500)
  })

  it('leaves out what happens beyond it', async () => {
    const options = { durationMicros: 60e6 }
    const shown = await window(options, 2)
    expect(shown.rows.size).toBeLessThan((await wholeBook(options, 2)).length / 2)
    expect(shown.forgotten).toBeGreaterThan(0)
  })
})
