import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../src/index.js'

afterEach(() => vi.restoreAllMocks())

describe('the system clock', () => {
  it('is the time of day in whole microseconds', () => {
    const now = systemClock().now()
    expect(Number.isInteger(now)).toBe(true)
    expect(Math.abs(now / 1000 - Date.now())).toBeLessThan(50)
  })
  it.each([-3_600_000, 3_600_000, 86_400_000])('does not follow the wall clock when it jumps by %d ms', (jump) => {
    const clock = systemClock()
    const before = clock.now()
    const real = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(real + jump)
    const after = clock.now()
    expect(after).toBeGreaterThanOrEqual(before)
    expect(after - before).toBeLessThan(1_000_000)
  })
  it('runs after a delay, unless cancelled', async () => {
    const clock = systemClock()
    const ran: string[] = []
    clock.after(1000, () => ran.push('a'))
    clock.after(1000, () => ran.push('b'))()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(ran).toEqual(['a'])
  })
})
