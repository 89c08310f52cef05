import { isoTime } from '@rxlob/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('agrees with Date wherever microseconds are exact, 1684 to 2255, to the microsecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), fc.integer({ min: 0, max: 999 }), (millis, micros) => {
      expect(isoTime(millis * 1000 + micros)).toBe(`${new Date(millis).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`)
    }),
    { numRuns: 5000 },
  )
})

it('says invalid where there is no time', () => {
  expect(isoTime(NaN)).toBe('invalid')
})
