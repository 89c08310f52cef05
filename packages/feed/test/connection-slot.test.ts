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
})
