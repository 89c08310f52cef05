import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { budgets } from '../src/budget.js'
import { connectionSlot } from '../src/connection-slot.js'
import type { SocketEvents } from '../src/outside.js'
import { virtualClock } from '../src/virtual-clock.js'

const second = 1_000_000

function slotOf() {
  const clock = virtualClock()
  const links: SocketEvents[] = []
  const closed: string[] = []
  let number = 0
  const slot = connectionSlot({
    streams: [], url: 'ws://venue', clock, random: seededRandom(3), budgets: budgets(clock),
    connect(_, events) {
      links.push(events)
      return { send() {}, ping: () => events.pong(), pause() {}, resume() {}, close() {}, terminate() {} }
    },
    limits: { weightPerMinute: 6000, weightWindowMicros: 60 * second, metadataWeight: 1, controlPerSecond: 4, connectsPerFiveMinutes: 300, streamsPerConnection: 200, lifetimeMicros: Infinity, pingMicros: Infinity, firstMessageMicros: 10 * second },
    requests: () => [], number: () => ++number, opened() {}, frame() {}, promote() {},
    closed: (connection, reason) => void closed.push(`${connection} ${reason}`),
  })
  return { clock, links, closed, slot }
}

describe('connectionSlot', () => {
  it('can be replaced again after a replacement fell due while nothing was open', async () => {
    const { clock, links, closed, slot } = slotOf()
    slot.start()
    links[0]!.open()
    slot.replace('silent')
    links[1]!.close(1006, 'refused')
    links[0]!.close(1006, '')
    expect(closed).toEqual(['1 1006'])
    await clock.advance(3 * second)
    // The next connection takes its time to open; what was silent is asked for again meanwhile.
    slot.replace('silent')
    await clock.advance(5 * second)
    links.at(-1)!.open()
    const opened = links.length
    slot.replace('silent')
    await clock.advance(5 * second)
    expect(links.length).toBe(opened + 1)
    slot.stop()
  })

  it('waits at most 4 s for a host that fails, however long', async () => {
    const { clock, links, slot } = slotOf()
    slot.start()
    let failed = 0
    for (let at = 0; at < 600; at++) {
      if (links.length > failed) links[failed++]!.close(1006, 'refused')
      await clock.advance(second / 10)
      // The mean wait is 2 s: a minute without twenty attempts would be a longer cap.
    }
    expect(failed).toBeGreaterThan(20)
    expect(failed).toBeLessThan(60)
    slot.stop()
  })

  it('comes within a second, once in an outage, where another found the host well', async () => {
    const { clock, links, slot } = slotOf()
    slot.start()
    for (let failed = 0; failed < 8; failed++) {
      links.at(-1)!.close(1006, 'refused')
      if (failed === 7) break
      const before = links.length
      while (links.length === before) await clock.advance(second / 10)
    }
    const before = links.length
    slot.hurry()
    await clock.advance(second)
    expect(links.length).toBe(before + 1)
    links.at(-1)!.close(1006, 'refused')
    const timers = clock.pending
    slot.hurry()
    expect(clock.pending).toBe(timers)
    slot.stop()
  })
})
