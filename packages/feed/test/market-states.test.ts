import { describe, expect, it } from 'vitest'
import { marketStates } from '../src/market-states.js'
import { virtualClock } from '../src/virtual-clock.js'

const second = 1_000_000

describe('the states of markets', () => {
  function session() {
    const clock = virtualClock()
    const log: string[] = []
    let asked = 0
    let halted: readonly string[] | Error = []
    const states = marketStates({
      clock,
      async ask() {
        asked++
        if (halted instanceof Error) throw halted
        return halted
      },
      changed: (symbol, status) => log.push(`${symbol} ${status}`),
      failed: (reason) => log.push(reason),
    })
    return { clock, states, log, asked: () => asked, set: (now: readonly string[] | Error) => (halted = now) }
  }

  it('are told when they change, and asked for again while a market is halted', async () => {
    const { clock, states, log, asked, set } = session()
    void states.look()
    await clock.advance(60 * second)
    expect([log, asked()]).toEqual([[], 1])
    set(['A'])
    void states.look()
    await clock.advance(200 * second)
    expect([log, asked()]).toEqual([['A halted'], 5])
    set([])
    await clock.advance(200 * second)
    expect([log, asked()]).toEqual([['A halted', 'A resumed'], 6])
  })

  it('are not asked for more than once a minute, and a venue that does not answer changes nothing', async () => {
    const { clock, states, log, asked, set } = session()
    set(new Error('no'))
    for (let i = 0; i < 59; i++) {
      void states.look()
      await clock.advance(second)
    }
    expect([log, asked()]).toEqual([['Error: no'], 1])
    states.stop()
    await clock.advance(100 * second)
    void states.look()
    expect(asked()).toBe(1)
  })
})
