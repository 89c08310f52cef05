import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fifo } from '../src/fifo.js'

describe('fifo', () => {
  it('does what an array with push and shift does', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('push', 'push', 'push', 'shift', 'shift', 'clear'), { maxLength: 300, size: 'max' }), (steps) => {
        const queue = fifo<number>()
        let held: number[] = []
        steps.forEach((step, n) => {
          if (step === 'push') {
            queue.push(n)
            held.push(n)
          } else if (step === 'shift') expect(queue.shift()).toBe(held.shift())
          else {
            queue.clear()
            held = []
          }
          expect(queue.length).toBe(held.length)
        })
      }),
    )
  })
})
