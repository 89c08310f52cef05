import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budget, budgets, virtualClock } from '../src/index.js'

const second = 1_000_000

describe('a budget', () => {
  it('holds in every window, whatever is asked and when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ amount: fc.integer({ min: 1, max: 5 }), wait: fc.integer({ min: 0, max: 700_000 }) }), { minLength: 1, maxLength: 40 }), async (asks) => {
        const clock = virtualClock()
        const limit = budget({ clock, limit: 5, windowMicros: second })
        const spent: { at: number; amount: number; order: number }[] = []
        for (const [order, { amount, wait }] of asks.entries()) {
          limit.spend(amount, () => spent.push({ at: clock.now(), amount, order }))
          await clock.advance(wait)
        }
        await clock.advance(60 * second)
        expect(spent.map(({ order }) => order)).toEqual(asks.map((_, order) => order))
        for (const { at: from } of spent) {
          expect(spent.filter(({ at }) => at >= from && at < from + second).reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(5)
        }
        expect(limit.used).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('counts what others spend, forgets what is withdrawn, and waits out a ban', async () => {
    const clock = virtualClock()
    const limit = budget({ clock, limit: 4, windowMicros: second })
    const ran: string[] = []
    limit.note(3)
    limit.spend(1, () => ran.push('fits'))
    const withdraw = limit.spend(2, () => ran.push('withdrawn'))
    limit.spend(1, () => ran.push('next'))
    expect(ran).toEqual(['fits'])
    withdraw()
    limit.blockUntil(clock.now() + 10 * second)
    await clock.advance(9 * second)
    expect(ran).toEqual(['fits'])
    await clock.advance(second)
    expect(ran).toEqual(['fits', 'next'])
    withdraw()
    expect(clock.pending).toBe(0)
  })

  it('spends an amount above the limit when nothing else was spent', async () => {
    const clock = virtualClock()
    const limit = budget({ clock, limit: 4, windowMicros: second })
    let at = 0
    limit.spend(1, () => {})
    limit.spend(9, () => (at = clock.now()))
    const from = clock.now()
    await clock.advance(5 * second)
    expect(at - from).toBe(second)
  })

  it('is shared by all who ask for a host, at half of its weight', () => {
    const all = budgets(virtualClock())
    const limits = { weightPerMinute: 6000, connectsPerFiveMinutes: 300 }
    expect(all.of('a', limits)).toBe(all.of('a', { weightPerMinute: 1, connectsPerFiveMinutes: 1 }))
    expect(all.of('b', limits)).not.toBe(all.of('a', limits))
    let ran = 0
    for (let i = 0; i < 20; i++) all.of('a', limits).weight.spend(250, () => ran++)
    expect(ran).toBe(12)
  })
})
