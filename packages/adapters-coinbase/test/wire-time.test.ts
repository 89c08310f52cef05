import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wireTime } from '../src/index.js'

it.each([
  ['2026-09-21T14:13:20.123456Z', 1_790_000_000_123_456, 0],
  ['2026-09-21T14:13:20.123456789Z', 1_790_000_000_123_456, 789],
  ['2026-09-21T14:13:20Z', 1_790_000_000_000_000, 0],
  ['2026-09-21T14:13:20.5Z', 1_790_000_000_500_000, 0],
  ['2018-04-15T23:11:43.047Z', 1_523_833_903_047_000, 0],
])('%s', (text, micros, nanos) => expect(wireTime(text)).toEqual({ micros, nanos }))

it.each(['0001-01-01T00:00:00.000000Z', '1970-01-01T00:00:00Z'])('%s is no time', (text) => expect(wireTime(text)).toBeUndefined())

it.each(['', 'now', '2026-09-21 14:13:21.000000000 +0000 UTC m=+91717.5', '2026-13-01T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:00:00+01:00', '2026-01-01T00:00:00.1234567890Z'])(
  '%j is an error', (text) => expect(() => wireTime(text)).toThrow(/UTC time/),
)

it('agrees with Date on every millisecond', () => {
  fc.assert(fc.property(fc.date({ min: new Date('2010-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (date) => {
    expect(wireTime(date.toISOString())).toEqual({ micros: date.getTime() * 1000, nanos: 0 })
  }))
})
