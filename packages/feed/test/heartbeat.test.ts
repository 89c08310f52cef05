import { describe, expect, it } from 'vitest'
import { virtualClock } from '../src/index.js'
import { heartbeat } from '../src/heartbeat.js'

const second = 1_000_000
function beating(options: { pingMicros?: number } = {}) {
  const clock = virtualClock()
  const start = clock.now()
  const pings: number[] = []
  const deaths: number[] = []
  const beat = heartbeat({ clock, ping: () => pings.push((clock.now() - start) / second), dead: () => deaths.push((clock.now() - start) / second), ...options })
  return { clock, pings, deaths, beat }
}

describe('a heartbeat', () => {
  it('pings every 15 s while anything answers', async () => {
    const { clock, pings, deaths, beat } = beating()
    for (let i = 0; i < 61; i++) {
      await clock.advance(second)
      beat.alive()
    }
    expect(pings).toEqual([15, 30, 45, 60])
    expect(deaths).toEqual([])
  })

  it('is dead 10 s after a ping that nothing follows, once', async () => {
    const { clock, pings, deaths } = beating()
    await clock.advance(120 * second)
    expect(pings).toEqual([15])
    expect(deaths).toEqual([25])
    expect(clock.pending).toBe(0)
  })

  it('data before the ping prove nothing, data after it do', async () => {
    const { clock, deaths, beat } = beating()
    await clock.advance(14 * second)
    beat.alive()
    await clock.advance(2 * second)
    beat.alive()
    await clock.advance(12 * second)
    expect(deaths).toEqual([])
    await clock.advance(20 * second)
    expect(deaths).toEqual([40])
  })

  it('holds still while nothing is read', async () => {
    const { clock, deaths, beat } = beating()
    beat.hold(true)
    await clock.advance(100 * second)
    expect(deaths).toEqual([])
    beat.hold(false)
    await clock.advance(100 * second)
    expect(deaths).toHaveLength(1)
  })

  it('can be stopped, or never started', async () => {
    const { clock, pings, beat } = beating()
    beat.stop()
    await clock.advance(100 * second)
    expect(pings).toEqual([])
    expect(clock.pending).toBe(0)
    const never = beating({ pingMicros: Infinity })
    await never.clock.advance(1000 * second)
    expect(never.pings).toEqual([])
  })
})
