import { describe, expect, it } from 'vitest'
import { logQueue, pessimisticQueue, powerQueue, powerQueue2, powerQueue3, type QueueModel } from '../../src/index.js'

// Vectors made by an independent script of the formulas in hftbacktest's queue.rs: join with 100 ahead, then depth 120, depth 90, trade 30,
// depth 60, depth 50, trade 20, depth 30.
const events: readonly (readonly ['depth' | 'trade', number])[] = [
  ['depth', 120], ['depth', 90], ['trade', 30], ['depth', 60], ['depth', 50], ['trade', 20], ['depth', 30],
]

function aheadAfterEach(model: QueueModel): number[] {
  const state = { ahead: 100, traded: 0 }
  let level = 100
  return events.map(([kind, lots]) => {
    if (kind === 'trade') model.trade(state, lots)
    else {
      model.depth(state, level, lots)
      level = lots
    }
    return state.ahead
  })
}

describe('lots ahead after each event', () => {
  it.each<[QueueModel, number[]]>([
    [pessimisticQueue(), [100, 90, 60, 60, 50, 30, 30]],
    [powerQueue({ power: 2 }), [100, 71.1538461538, 41.1538461538, 41.1538461538, 32.8874201611, 12.8874201611, 12.8874201611]],
    [powerQueue2({ power: 2 }), [100, 70.8333333333, 40.8333333333, 40.8333333333, 31.8537808642, 11.8537808642, 11.8537808642]],
    [powerQueue3({ power: 3 }), [100, 82.6388888889, 52.6388888889, 52.6388888889, 45.8863609549, 25.8863609549, 25.8863609549]],
    [logQueue(), [100, 81.9242729294, 51.9242729294, 51.9242729294, 45.4964096082, 25.4964096082, 25.4964096082]],
  ])('$name', (model, expected) => {
    aheadAfterEach(model).forEach((ahead, at) => expect(ahead).toBeCloseTo(expected[at]!, 9))
  })
})

it('an empty level leaves nothing ahead, however the shares come out', () => {
  for (const model of [pessimisticQueue(), powerQueue(), powerQueue2(), powerQueue3(), logQueue()]) {
    const state = { ahead: 0, traded: 0 }
    model.depth(state, 0, 0)
    expect(state.ahead).toBe(0)
  }
})

it.each([0, -1, 101, NaN])('refuses a power of %s', (power) => {
  for (const make of [powerQueue, powerQueue2, powerQueue3]) expect(() => make({ power })).toThrow(/power/)
})
