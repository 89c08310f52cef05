import { describe, expect, it } from 'vitest'
import { soakRun } from '../scripts/soak/soak-run.ts'

describe('a live source that runs long', () => {
  it('through 25 virtual hours hands over once, loses nothing and keeps nothing: books, timers and connections stay as many', async () => {
    const looks: { timers: number; levels: number; open: number }[] = []
    const last = await soakRun({ frames: 90_000, symbols: 2, perSecond: 1, seed: 3, lookEvery: 9000, look: ({ timers, levels, connections }) => looks.push({ timers, levels, open: connections.open }) })
    expect(last.virtualSeconds).toBeGreaterThan(24 * 3600)
    expect(last.counts).toMatchObject({ gaps: 0, resyncs: 0, badMessages: 0, quoteMismatches: 0 })
    expect(last.counts.handovers).toBeGreaterThan(0)
    expect(last.connections).toEqual({ open: 1, ever: 2 })
    expect(last.valid).toBe(2)
    expect(last.events).toBeGreaterThanOrEqual(90_000)
    expect(Math.max(...looks.slice(1).map(({ timers }) => timers))).toBeLessThanOrEqual(looks[0]!.timers + 2)
    expect(Math.max(...looks.map(({ levels }) => levels))).toBeLessThanOrEqual(10_000)
  })
})
