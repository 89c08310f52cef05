import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../src/in-parts.js'
import { jsonInParts } from '../src/json-in-parts.js'

const utf8 = new TextEncoder()
const read = (text: string | Uint8Array, partBytes: number): unknown => atOnce(jsonInParts(typeof text === 'string' ? utf8.encode(text) : text, partBytes))
/** The value, or that there is none. */
const outcome = (run: () => unknown): unknown => {
  try {
    return { value: run() }
  } catch {
    return 'refused'
  }
}

describe('jsonInParts', () => {
  it('gives what JSON.parse gives, however small the parts', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), fc.integer({ min: 0, max: 40 }), fc.constantFrom(0, 1, 3), (text, partBytes, indent) => {
      const written = JSON.stringify(JSON.parse(text), null, indent)
      expect(read(written, partBytes)).toEqual(JSON.parse(written))
    }), { numRuns: 1000 })
  })

  it('refuses what JSON.parse refuses: one byte changed, left out or put in', () => {
    const bytes = fc.constantFrom(...'[]{},:"\\0123-e.tnul \u0001'.split(''))
    fc.assert(fc.property(fc.json({ maxDepth: 5 }), fc.nat(), fc.constantFrom('change', 'remove', 'insert'), bytes, fc.integer({ min: 0, max: 20 }), (text, place, kind, byte, partBytes) => {
      const at = place % (text.length + 1)
      const broken = text.slice(0, at) + (kind === 'remove' ? '' : byte) + text.slice(kind === 'insert' ? at : at + 1)
      expect(outcome(() => read(broken, partBytes))).toEqual(outcome(() => JSON.parse(broken) as unknown))
    }), { numRuns: 6000 })
  })

  it.each(['[1,2,]', '[,1]', '[1 2]', '[5[1,2]]', '[[1,2]5]', '[[1,2],]', '{"a":[1,2],}', '{"a":[1,2]"b":1}', '{"a" [1,2]}', '[1,2},{3]', '[1],[2]', '1,2', '', '  ', ']', '[1', '{"a":{"b":1,"c":2]}', '[1,2]]', '{"a":1,,"b":2}', '["\u0001",2]', '{1:[2,3]}'])(
    'refuses %s', (text) => {
      expect(() => JSON.parse(text) as unknown).toThrow()
      for (let partBytes = 0; partBytes < 12; partBytes++) expect(() => read(text, partBytes)).toThrow()
    })

  it.each(['{"__proto__":[1,2,3],"a":{"__proto__":1}}', '{"":[1,2],"7":{"x":1,"y":2},"a":1,"a":[2,3]}', '{"a\\"b\\\\":[1,2],"\\u00e9€":["\\\\",","]}', ' [ [ ] , { } , [ [ ] , 1 ] ] ', '\ufeff[1,2,3]'])('reads %s', (text) => {
    const expected = JSON.parse(text.replace('\ufeff', '')) as object
    for (let partBytes = 0; partBytes < 30; partBytes++) {
      const got = read(text, partBytes) as object
      expect(JSON.stringify(got)).toBe(JSON.stringify(expected))
      expect(Object.getPrototypeOf(got)).toBe(Object.getPrototypeOf(expected))
    }
  })

  it('refuses what is no UTF-8, wherever it is cut', () => {
    const bytes = Uint8Array.from([...utf8.encode('["a","'), 0xe2, 0x82, ...utf8.encode('","b"]')])
    for (let partBytes = 0; partBytes < 20; partBytes++) expect(() => read(bytes, partBytes)).toThrow(TypeError)
  })

  it('rests once a part', () => {
    const rows = JSON.stringify({ bids: Array.from({ length: 50_000 }, (_, n) => [String(n), '1.5']), sequence: 7 })
    const work = jsonInParts(utf8.encode(rows))
    let parts = 1
    while (work.next().done !== true) parts++
    expect(parts).toBeGreaterThanOrEqual(Math.floor(rows.length / 65_536))
    expect(read(rows, 65_536)).toEqual(JSON.parse(rows))
  })
})
