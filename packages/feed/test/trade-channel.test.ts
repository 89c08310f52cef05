import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InstrumentId, MarketEvent } from '@rxlob/core'
import { zeroCounts } from '../src/feed-counts.js'
import type { MissingRange, Sequencer } from '../src/sequencer.js'
import type { Pending } from '../src/snapshot-sync.js'
import { tradeChannel } from '../src/trade-channel.js'

/** Numbers that rise by one. */
function counting(): Sequencer<number> {
  let last = NaN
  return {
    check(raw) {
      if (raw <= last) return 'drop'
      if (raw > last + 1) return 'resync'
      last = raw
      return 'apply'
    },
    missing: (raw) => ({ fromSeq: last + 1, toSeq: raw - 1 }),
    reset(seq) {
      last = seq
    },
  }
}

const trade = (seq: number): Pending<number> => {
  const event: MarketEvent = { kind: 'trade', instrument: 'test:ABC' as InstrumentId, tsExchange: seq, tsLocal: seq, seq, price: 1, size: 1, aggressor: 'buy', print: 'regular' }
  return { raw: seq, events: [event], bytes: 0 }
}

function channel(withRefill = true, maxHeld?: number) {
  const out: (number | string)[] = []
  const asked: Required<MissingRange>[] = []
  const counts = zeroCounts()
  const trades = tradeChannel<number>({
    sequencer: counting(), counts,
    emit: (event) => out.push(event.seq!),
    gap: ({ fromSeq, toSeq }) => out.push(`gap ${fromSeq}-${toSeq}`),
    ...(withRefill && { refill: (missing: Required<MissingRange>) => void asked.push(missing) }),
    ...(maxHeld !== undefined && { maxHeld }),
  })
  return { out, asked, counts, trades, say: (...seqs: number[]) => seqs.forEach((seq) => trades.message(trade(seq), seq)) }
}

describe('a hole in the trades', () => {
  it('without a place to ask is told at once, and the trades go on', () => {
    const { out, say, counts } = channel(false)
    say(1, 2, 5, 6, 6)
    expect(out).toEqual([1, 2, 'gap 3-4', 5, 6])
    expect(counts).toMatchObject({ gaps: 1, applied: 4, stale: 1 })
  })

  it('is filled: later trades wait, nothing comes twice or out of order, and no gap is told', () => {
    const { out, asked, say, trades, counts } = channel()
    say(1, 2, 5, 6)
    expect(out).toEqual([1, 2])
    expect(asked).toEqual([{ fromSeq: 3, toSeq: 4 }])
    trades.refilled([trade(2), trade(3), trade(4), trade(5)], 9)
    expect(out).toEqual([1, 2, 3, 4, 5, 6])
    expect(counts).toMatchObject({ gaps: 0, refilled: 3 })
    say(7)
    expect(out.at(-1)).toBe(7)
  })

  it('is filled answer by answer while they bring something', () => {
    const { out, asked, say, trades } = channel()
    say(1, 5)
    trades.refilled([trade(2), trade(3)], 9)
    expect(asked).toEqual([{ fromSeq: 2, toSeq: 4 }, { fromSeq: 4, toSeq: 4 }])
    trades.refilled([], 10)
    expect(out).toEqual([1, 2, 3, 'gap 4-4', 5])
  })

  it('that nobody fills is told when the time is up', () => {
    const { out, say, trades } = channel()
    say(1, 4, 5)
    trades.giveUp(9)
    say(6)
    expect(out).toEqual([1, 'gap 2-3', 4, 5, 6])
    // An answer that comes too late says nothing new.
    trades.refilled([trade(2), trade(3)], 10)
    expect(out).toEqual([1, 'gap 2-3', 4, 5, 6])
  })

  it('behind which too much waits is told', () => {
    const { out, say, counts } = channel(true, 3)
    say(1, 4, 5, 6, 7)
    expect(out).toEqual([1, 'gap 2-3', 4, 5, 6, 7])
    expect(counts.overflows).toBe(1)
  })

  it('whatever is lost, repeated and refilled: every trade comes out once, in its order, or stands in a gap that was told', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ lost: fc.boolean(), twice: fc.boolean(), answer: fc.constantFrom('all', 'half', 'none', 'late', 'never'), }), { minLength: 1, maxLength: 60 }), (plan) => {
        const { out, asked, say, trades } = channel()
        say(0)
        plan.forEach(({ lost, twice, answer }, at) => {
          const seq = at + 1
          if (!lost) say(...(twice ? [seq, seq] : [seq]))
          const hole = asked.at(-1)
          if (hole === undefined || answer === 'never') return
          const all = Array.from({ length: hole.toSeq - hole.fromSeq + 1 }, (_, i) => trade(hole.fromSeq + i))
          if (answer === 'none') trades.giveUp(seq)
          else trades.refilled(answer === 'half' ? all.slice(0, Math.ceil(all.length / 2)) : all, seq)
        })
        const end = plan.length + 1
        say(end)
        for (let turn = 0; turn < 20; turn++) trades.giveUp(end)
        let next = 0
        for (const said of out) {
          if (typeof said === 'number') expect(said).toBe(next++)
          else {
            const [from, to] = said.slice(4).split('-').map(Number) as [number, number]
            expect(from).toBe(next)
            next = to + 1
          }
        }
        expect(next).toBe(end + 1)
      }),
      { numRuns: 2000 },
    )
  })
})
