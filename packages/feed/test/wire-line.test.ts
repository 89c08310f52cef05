import fc from 'fast-check'
import { statusNames } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import type { WireItem } from '../src/index.js'
import { readWireLine, wireLine } from '../src/wire-line.js'
import { acmeInstrument } from './acme/acme-spec.js'

const tsLocal = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const connection = fc.integer({ min: 1, max: 1e6 })
const data = fc.uint8Array({ maxLength: 200 })
const anyItem: fc.Arbitrary<WireItem> = fc.oneof(
  fc.record({ kind: fc.constant('frame' as const), tsLocal, connection, data }),
  fc.record({ kind: fc.constant('frame' as const), tsLocal, connection, data: fc.json().map((text) => new TextEncoder().encode(text)) }),
  fc.record({ kind: fc.constant('response' as const), tsLocal, symbol: fc.string({ unit: 'grapheme', maxLength: 20 }), data }),
  fc.record({ kind: fc.constant('refill' as const), tsLocal, symbol: fc.string({ unit: 'grapheme', maxLength: 20 }), data }),
  fc.record({ kind: fc.constant('open' as const), tsLocal, connection, streams: fc.array(fc.string({ unit: 'grapheme' })) }),
  fc.record({ kind: fc.constant('close' as const), tsLocal, connection, reason: fc.string({ unit: 'grapheme' }) }),
  fc.record({ kind: fc.constant('promote' as const), tsLocal, connection }),
  fc.record({ kind: fc.constant('verdict' as const), tsLocal, instrument: fc.constant('acme:BTC' as const), status: fc.constantFrom(...statusNames), channel: fc.constantFrom('book' as const, 'trades' as const), reason: fc.string() }),
  fc.record({ kind: fc.constant('instruments' as const), tsLocal, instruments: fc.array(fc.string().map(acmeInstrument), { maxLength: 3 }) }),
)

describe('a line', () => {
  it('gives back any item, and never holds a line end', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        const line = wireLine(item)
        expect(line.includes(10)).toBe(false)
        const back = readWireLine(line)
        const plain = (each: WireItem): unknown => ('data' in each ? { ...each, data: [...each.data] } : each)
        expect(plain(back)).toEqual(plain(item))
      }),
      { numRuns: 500 },
    )
  })
  it('shows a message as it came', () => {
    expect(Buffer.from(wireLine({ kind: 'frame', tsLocal: 17, connection: 2, data: Buffer.from('{"a":"é"}') })).toString()).toBe('17 f 2 {"a":"é"}')
  })
  it.each(['', '17', '17 f', 'x f 1 {}', '17 ff 1 {}', '17 o 1 [', '17 v {', '17 z 1 2', '1.5 f 1 {}'])('%j is none', (text) => {
    expect(() => readWireLine(Buffer.from(text))).toThrow(/recording/)
  })
})
