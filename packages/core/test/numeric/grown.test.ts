import { expect, it } from 'vitest'
import { grown } from '../../src/numeric/grown.js'

it.each([Float64Array, Int32Array, Int8Array, Uint8Array])('a longer %o keeps the old numbers, adds zeros and leaves the old array alone', (Kind) => {
  const old = Kind.of(3, 1, 2)
  const longer = grown(old, 5)
  expect(longer).toEqual(Kind.of(3, 1, 2, 0, 0))
  longer[0] = 9
  expect(old).toEqual(Kind.of(3, 1, 2))
})
