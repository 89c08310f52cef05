import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ring } from '../../src/numeric/ring.js'

describe('ring', () => {
  it('is a queue of pairs, whatever order it grows, wraps and is cloned in', () => {
    const action = fc.oneof({ arbitrary: fc.constant('push'), weight: 4 }, fc.constant('shift'), fc.constant('pop'), fc.constant('clone'))
    fc.assert(
      fc.property(fc.array(action, { maxLength: 300, size: 'max' }), (actions) => {
        let queue = ring.init()
        const model: [number, number][] = []
        actions.forEach((action, i) => {
          if (action === 'push') {
            ring.push(queue, i, -i)
            model.push([i, -i])
          } else if (action === 'clone') queue = structuredClone(queue)
          else if (model.length > 0) {
            ring[action as 'shift' | 'pop'](queue)
            if (action === 'shift') model.shift()
            else model.pop()
          }
          expect(queue.length).toBe(model.length)
          const ends = queue.length > 0 ? [ring.firstKey(queue), ring.firstValue(queue), ring.lastValue(queue)] : []
          expect(ends).toEqual(model.length > 0 ? [...model[0]!, model.at(-1)![1]] : [])
        })
      }),
    )
  })
})
