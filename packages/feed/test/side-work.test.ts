import type { Clock } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { virtualClock, type InParts } from '../src/index.js'
import { sideWork } from '../src/side-work.js'

/** A virtual clock on which every look takes a millisecond. */
function worked() {
  const clock = virtualClock()
  let looked = 0
  const busy: Clock = { now: () => clock.now() + (looked += 1000), after: (micros, run) => clock.after(micros, run) }
  return { clock, busy }
}

function* steps(name: string, count: number, log: string[]): InParts<string> {
  for (let step = 1; step <= count; step++) {
    log.push(`${name}${step}`)
    yield
  }
  return name
}
const always = (): boolean => true

describe('sideWork', () => {
  it('rests after four milliseconds, and does one piece after the other', async () => {
    const { clock, busy } = worked()
    const log: string[] = []
    const work = sideWork(busy)
    const [first, second] = [work.run(steps('a', 5, log), always), work.run(steps('b', 1, log), always)]
    expect(log).toEqual(['a1', 'a2', 'a3'])
    clock.after(0, () => log.push('another'))
    await clock.advance(0)
    expect(log).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'another', 'b1'])
    expect(await Promise.all([first, second])).toEqual(['a', 'b'])
    expect(clock.pending).toBe(0)
  })

  it('does all of it in one go where time stands still', async () => {
    const log: string[] = []
    const clock = virtualClock()
    const done = sideWork(clock).run(steps('a', 100, log), always)
    expect([log.length, clock.pending]).toEqual([100, 0])
    expect(await done).toBe('a')
  })

  it('is one for all that share a clock', () => {
    const clock = virtualClock()
    expect(sideWork(clock)).toBe(sideWork(clock))
    expect(sideWork(clock)).not.toBe(sideWork(virtualClock()))
  })

  it('drops what nobody wants any more, and goes on after a piece that fails', async () => {
    const { clock, busy } = worked()
    const log: string[] = []
    const work = sideWork(busy)
    let wanted = true
    const dropped = work.run(steps('a', 100, log), () => wanted)
    const failing = work.run((function* (): InParts<string> {
      yield
      throw new Error('broken')
    })(), always)
    const last = work.run(steps('c', 2, log), always)
    wanted = false
    const outcome = Promise.allSettled([dropped, failing, last])
    await clock.advance(0)
    expect(await outcome).toEqual([{ status: 'fulfilled', value: undefined }, { status: 'rejected', reason: new Error('broken') }, { status: 'fulfilled', value: 'c' }])
    expect(log).toEqual(['a1', 'a2', 'a3', 'c1', 'c2'])
  })
})
