import { describe, expect, it } from 'vitest'
import { virtualClock } from '../src/index.js'

describe('a virtual clock', () => {
  it('stands still, then runs timers in the order of their times', async () => {
    const clock = virtualClock(1000)
    const ran: string[] = []
    clock.after(30, () => ran.push(`c ${clock.now()}`))
    clock.after(10, () => ran.push(`a ${clock.now()}`))
    clock.after(10, () => ran.push(`b ${clock.now()}`))
    const cancel = clock.after(20, () => ran.push('never'))
    cancel()
    cancel()
    expect(clock.pending).toBe(3)
    await clock.advance(29)
    expect(ran).toEqual(['a 1010', 'b 1010'])
    expect(clock.now()).toBe(1029)
    await clock.advance(1)
    expect(ran).toEqual(['a 1010', 'b 1010', 'c 1030'])
    expect(clock.pending).toBe(0)
  })

  it('runs what timers set, promises in between', async () => {
    const clock = virtualClock(0)
    const ran: number[] = []
    const loop = async (): Promise<void> => {
      for (let i = 0; i < 5; i++) {
        await new Promise<void>((resolve) => void clock.after(10, resolve))
        ran.push(clock.now())
      }
    }
    void loop()
    await clock.advance(35)
    expect(ran).toEqual([10, 20, 30])
  })

  it('orders a thousand timers', async () => {
    const clock = virtualClock(0)
    const ran: number[] = []
    for (let i = 0; i < 1000; i++) clock.after((i * 7919) % 1000, () => ran.push(clock.now()))
    await clock.advance(1000)
    expect(ran).toEqual(Array.from({ length: 1000 }, (_, at) => at))
  })
})
