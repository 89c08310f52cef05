import { describe, expect, it } from 'vitest'
import { behindShare, queueEstimate, type QueueModelOptions } from '../../src/kernel.js'
import { expectClose } from '../run-feature.js'

/** Vector A9: depths and trades after joining behind 100 lots. */
function frontsOf(options: QueueModelOptions): number[] {
  const share = behindShare(options)
  const order = queueEstimate.join(100)
  let lots = 100
  const depth = (after: number) => {
    queueEstimate.depth(order, lots, after, share)
    lots = after
    return order.front
  }
  const trade = (traded: number) => {
    queueEstimate.trade(order, traded)
    return order.front
  }
  return [depth(120), depth(90), trade(30), depth(60), depth(50), trade(20), depth(30)]
}

describe('queueEstimate', () => {
  it.each<[QueueModelOptions, number[]]>([
    [{ model: 'pessimistic' }, [100, 90, 60, 60, 50, 30, 30]],
    [{ model: 'power' }, [100, 71.1538461538, 41.1538461538, 41.1538461538, 32.8874201611, 12.8874201611, 12.8874201611]],
    [{ model: 'power2', exponent: 2 }, [100, 70.8333333333, 40.8333333333, 40.8333333333, 31.8537808642, 11.8537808642, 11.8537808642]],
    [{ model: 'power3', exponent: 3 }, [100, 82.6388888889, 52.6388888889, 52.6388888889, 45.8863609549, 25.8863609549, 25.8863609549]],
    [{ model: 'log' }, [100, 81.9242729294, 51.9242729294, 51.9242729294, 45.4964096082, 25.4964096082, 25.4964096082]],
  ])('equals vector A9 with %o', (options, expected) => {
    expectClose(frontsOf(options), expected)
  })

  it('takes a share that is no number for "behind"', () => {
    const order = queueEstimate.join(0)
    queueEstimate.depth(order, 0, 0, behindShare({ model: 'power' }))
    expect(order.front).toBe(0)
  })

  it('refuses other models and exponents', () => {
    expect(() => behindShare({ model: 'fifo' as never })).toThrow(/model/)
    expect(() => behindShare({ model: 'power', exponent: 0 })).toThrow(/exponent/)
  })
})
