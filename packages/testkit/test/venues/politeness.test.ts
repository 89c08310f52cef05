import { virtualClock } from '@rxlob/feed'
import { describe, expect, it } from 'vitest'
import { politeness } from '../../src/venues/politeness.js'

const rules = { weightPerMinute: 100, connectsPerFiveMinutes: 3, framesPerSecond: 5, streamsPerConnection: 10 }
const second = 1_000_000

describe('politeness', () => {
  it('takes half of the weight for polite, refuses above all of it, and forgets after a minute', async () => {
    const clock = virtualClock()
    const polite = politeness(clock, rules)
    expect(polite.request(50).status).toBe(200)
    expect(polite.report().violations).toEqual([])
    expect(polite.request(1)).toMatchObject({ status: 200, usedWeight: 51 })
    expect(polite.report().violations).toEqual([expect.stringContaining('request weight 51 of 100')])
    expect(polite.request(60)).toMatchObject({ status: 429, waitMicros: 30 * second })
    await clock.advance(61 * second)
    expect(polite.request(50)).toMatchObject({ status: 200, usedWeight: 50 })
  })

  it('blames requests during a ban only once the client was told', async () => {
    const clock = virtualClock()
    const polite = politeness(clock, rules)
    polite.ban(10 * second, 418)
    await clock.advance(5 * second)
    expect(polite.request(1)).toMatchObject({ status: 418, waitMicros: 5 * second })
    expect(polite.report()).toMatchObject({ requestsDuringBan: 0, violations: [] })
    await clock.advance(2 * second)
    polite.request(1)
    expect(polite.report()).toMatchObject({ requestsDuringBan: 1, violations: [expect.stringContaining('during a ban (418)')] })
    await clock.advance(4 * second)
    expect(polite.request(1).status).toBe(200)
  })

  it('counts connections and frames in any window, and closes above the limit', async () => {
    const clock = virtualClock()
    const polite = politeness(clock, rules)
    expect([1, 2, 3, 4].map(() => polite.connect())).toEqual([true, true, true, false])
    const connection = polite.connection()
    expect([1, 2, 3, 4].map(() => connection.frame())).toEqual([true, true, true, true])
    await clock.advance(second / 2)
    expect(connection.frame()).toBe(true)
    expect(connection.frame()).toBe(false)
    await clock.advance(second)
    expect(connection.frame()).toBe(true)
    expect(polite.report()).toMatchObject({ connectsPerFiveMinutes: 4, framesPerSecond: 6 })
    expect(polite.report().violations).toHaveLength(3)
  })
})
