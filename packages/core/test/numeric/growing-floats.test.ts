import { describe, expect, it } from 'vitest'
import { growingFloats } from '../../src/numeric/growing-floats.js'

describe('growingFloats', () => {
  it.each([0, 1, 3, 1024])('keeps what is pushed and set, from a capacity of %d', (capacity) => {
    const floats = growingFloats(capacity)
    for (let n = 0; n < 3000; n++) {
      floats.push(n)
      if (n % 7 === 0) floats.set(n >> 1, -n)
    }
    const expected = Array.from({ length: 3000 }, (_, n) => n)
    for (let n = 0; n < 3000; n += 7) expected[n >> 1] = -n
    expect(floats.length).toBe(3000)
    expect([...floats.values()]).toEqual(expected)
  })

  it('sets nothing that was not pushed', () => {
    const floats = growingFloats()
    floats.push(1)
    floats.set(-1, 5)
    expect([...floats.values()]).toEqual([1])
  })
})
