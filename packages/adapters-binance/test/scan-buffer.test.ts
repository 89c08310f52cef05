import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Step } from '../src/level-reader.js'
import { plainScanBuffer } from '../src/plain-scan-buffer.js'
import { scanBuffer, type Grid, type ScanBuffer } from '../src/scan-buffer.js'
import { wasmScanBuffer } from '../src/wasm-scan-buffer.js'
import { encode } from './fixtures.js'

afterEach(() => void vi.unstubAllGlobals())

const step = fc.record({ multiplier: fc.constantFrom(1, 1, 1, 5, 25, 10, 3), digits: fc.integer({ min: 0, max: 10 }) })
const grid: fc.Arbitrary<Grid> = fc.record({ price: step, size: step })

/** A number on the grid more often than not: of 0 to 16 digits, with more or fewer decimals than the step, zeros around it, a bare point, or none. */
function written({ multiplier, digits }: Step): fc.Arbitrary<string> {
  const onGrid = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.integer({ min: 0, max: 6 }), fc.boolean()).map(([count, more, isSmall]) => {
    const text = String((isSmall ? count % 1000n : count) * BigInt(multiplier)).padStart(digits + 1, '0')
    const point = text.length - digits
    return digits + more === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}${'0'.repeat(more)}`
  })
  const eight = fc.tuple(fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 0, max: 99_999_999 })).map(([whole, part]) => `${whole}.${String(part).padStart(8, '0')}`)
  const any = fc.tuple(fc.stringMatching(/^\d{0,16}$/), fc.constantFrom('', '.', '.'), fc.stringMatching(/^\d{0,16}$/)).map((parts) => parts.join(''))
  const zeros = fc.constantFrom('0', '0.0', '0.00000000', '00.5', '0.000')
  return fc.oneof({ weight: 12, arbitrary: onGrid }, { weight: 2, arbitrary: eight }, { weight: 1, arbitrary: any }, { weight: 2, arbitrary: zeros })
}

const list = ({ price, size }: Grid): fc.Arbitrary<string> =>
  fc.array(fc.tuple(written(price), written(size)), { minLength: 1, maxLength: 12 }).map((levels) => `${levels.map((level) => `["${level.join('","')}"]`).join(',')}]`)

/** What `grid` reads from the list at `at` of what is held: numbers and place behind, or nothing. */
function found(buffer: ScanBuffer, at: number, from: number, which = 0): unknown {
  const used = buffer.read(which, at, from)
  return used < 0 ? -1 : [buffer.end(), ...buffer.pairs.subarray(from, used)]
}

function bothRead(plain: ScanBuffer, wasm: ScanBuffer, frame: Uint8Array, at = 0, from = 0, which = 0): unknown {
  expect(plain.hold(frame)).toBe(true)
  expect(wasm.hold(frame)).toBe(true)
  const expected = found(plain, at, from, which)
  const actual = found(wasm, at, from, which)
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual, Buffer.from(frame).toString('latin1').slice(0, 500)).toEqual(expected)
  return actual
}

describe('levels read in WebAssembly and in JavaScript', () => {
  it('are the same, whatever the grid and however they are written', () => {
    let read = 0
    fc.assert(
      fc.property(
        grid.chain((g) => fc.record({ g: fc.constant(g), lists: fc.array(list(g), { minLength: 1, maxLength: 4 }), before: fc.nat({ max: 9 }), from: fc.nat({ max: 20 }) })),
        ({ g, lists, before, from }) => {
          const plain = plainScanBuffer([g, g])
          const wasm = wasmScanBuffer([g, g])!
          // One after the other: what is expected of a number is what the last one was.
          for (const text of lists) if (bothRead(plain, wasm, encode(' '.repeat(before) + text), before, 2 * from, 1) !== -1) read++
        },
      ),
      { numRuns: 3_000 },
    )
    expect(read).toBeGreaterThan(1_000)
  })

  it('are the same when any byte is another one, is missing, or is there twice', () => {
    const any = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...'0123456789."[],:-+eE \0').map((letter) => letter.charCodeAt(0)) }, { weight: 1, arbitrary: fc.nat({ max: 255 }) })
    fc.assert(
      fc.property(
        grid.chain((g) => fc.record({ g: fc.constant(g), text: list(g), byte: any, place: fc.nat() })),
        ({ g, text, byte, place }) => {
          const plain = plainScanBuffer([g])
          const wasm = wasmScanBuffer([g])!
          const intact = encode(text)
          const at = place % intact.length
          const changed = intact.slice()
          changed[at] = byte
          const frames = [changed, intact.subarray(0, at), Uint8Array.of(...intact.subarray(0, at), ...intact.subarray(at + 1)), Uint8Array.of(...intact.subarray(0, at), byte, ...intact.subarray(at))]
          for (const frame of frames) bothRead(plain, wasm, frame)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['spot', { price: { multiplier: 1, digits: 2 }, size: { multiplier: 1, digits: 5 } }, '["61826.02000000","0.50000000"],["61826.01000000","123.00001000"],["9.99000000","0.00000000"]]'],
    ['USD-M', { price: { multiplier: 1, digits: 2 }, size: { multiplier: 1, digits: 3 } }, '["2682.64","3.726"],["2682.61","1234567.113"],["10000.00","0.000"]]'],
    ['COIN-M, sizes without a point', { price: { multiplier: 5, digits: 1 }, size: { multiplier: 1, digits: 0 } }, '["57000.5","1234"],["57001.0","1"],["9.5","9999999"]]'],
    ['eight digits', { price: { multiplier: 1, digits: 8 }, size: { multiplier: 1, digits: 8 } }, '["9999999.99999999","0.00000001"],["0.00001234","1.00000000"]]'],
  ] as const)('are the same with every byte at every place: %s', (_, g, text) => {
    const plain = plainScanBuffer([g])
    const wasm = wasmScanBuffer([g])!
    // Twice, so that it is expected as it is written.
    for (let again = 0; again < 2; again++) expect(bothRead(plain, wasm, encode(text))).not.toBe(-1)
    const frame = encode(text)
    let accepted = 0
    for (let at = 0; at < frame.length; at++) {
      const intact = frame[at]!
      for (let byte = 0; byte < 256; byte++) {
        frame[at] = byte
        if (bothRead(plain, wasm, frame) !== -1) accepted++
        // Back to the expected shape.
        if (byte % 16 === 15) {
          frame[at] = intact
          bothRead(plain, wasm, frame)
        }
      }
      frame[at] = intact
    }
    // Digits are others' equals; little else is.
    expect(accepted).toBeGreaterThan(150)
    expect(accepted).toBeLessThan(frame.length * 12)
  })

  it('are the same for every count of digits, decimals and digits of the step, whatever was expected', () => {
    let read = 0
    for (let digits = 0; digits <= 9; digits++) {
      const g: Grid = { price: { multiplier: 1, digits }, size: { multiplier: 1, digits } }
      const [plain, wasm] = [plainScanBuffer([g]), wasmScanBuffer([g])!]
      for (let expected = 0; expected <= 9; expected++) {
        const usual = expected === 0 ? '7' : `7.${'0'.repeat(expected)}`
        for (let whole = 0; whole <= 17; whole++) {
          for (let decimals = 0; decimals <= 9; decimals++) {
            for (const point of ['.', '5', '']) {
              const written = '1234567890123456789'.slice(0, whole) + point + '98765432100'.slice(0, Math.min(decimals, digits)) + '0'.repeat(Math.max(0, decimals - digits))
              bothRead(plain, wasm, encode(`["${usual}","${usual}"]]`))
              if (bothRead(plain, wasm, encode(`["${written}","${written}"],["${usual}","${written}"],["${written}","${usual}"]]`)) !== -1) read++
            }
          }
        }
      }
    }
    expect(read).toBeGreaterThan(10_000)
  })

  it('are the same to 2^53 - 1, and none above', () => {
    const g: Grid = { price: { multiplier: 1, digits: 0 }, size: { multiplier: 1, digits: 8 } }
    const plain = plainScanBuffer([g])
    const wasm = wasmScanBuffer([g])!
    expect(bothRead(plain, wasm, encode('["9007199254740991","90071992.54740991"]]'))).toEqual([41, 9007199254740991, 9007199254740991])
    expect(bothRead(plain, wasm, encode('["9007199254740992","1"]]'))).toBe(-1)
    expect(bothRead(plain, wasm, encode('["1","90071992.54740992"]]'))).toBe(-1)
    expect(bothRead(plain, wasm, encode(`["${'0'.repeat(30)}","1"]]`))).not.toBe(-1)
    expect(bothRead(plain, wasm, encode(`["${'0'.repeat(31)}","1"]]`))).toBe(-1)
  })

  it('are read from frames of several megabytes, and from short ones after them', () => {
    const g: Grid = { price: { multiplier: 1, digits: 2 }, size: { multiplier: 5, digits: 3 } }
    const plain = plainScanBuffer([g])
    const wasm = wasmScanBuffer([g])!
    for (const levels of [10, 2_000, 3, 300_000, 2]) {
      const text = `${Array.from({ length: levels }, (_, level) => `["${(level / 100).toFixed(2)}","${((level % 1000) * 0.005).toFixed(level % 7 === 0 ? 8 : 3)}"]`).join(',')}]`
      const numbers = bothRead(plain, wasm, encode(text)) as number[]
      expect(numbers).toHaveLength(1 + 2 * levels)
      expect(numbers.slice(1)).toEqual(Array.from({ length: 2 * levels }, (_, at) => (at % 2 === 0 ? at / 2 : ((at - 1) / 2) % 1000)))
    }
    // The shortest levels there are.
    const shortest = `${Array.from({ length: 100_000 }, () => '["1","5"]').join(',')}]`
    expect(bothRead(plain, wasm, encode(shortest))).toHaveLength(200_001)
  })
})

describe('what frames begin with', () => {
  const g: Grid = { price: { multiplier: 1, digits: 2 }, size: { multiplier: 1, digits: 2 } }
  const digits = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }).map(String), fc.stringMatching(/^\d{1,17}$/), fc.integer({ min: 0, max: 3 }).map((more) => String(2n ** 53n - 2n + BigInt(more))))
  const parts = fc.array(fc.tuple(fc.stringMatching(/^[a-z":,{]{1,30}$/), digits), { minLength: 1, maxLength: 6 })

  /** The numbers, where all that should be the same is; worked out from the texts. */
  function naive(before: readonly (readonly [string, string])[], after: string): number[] | undefined {
    const found = new RegExp(`^${before.map(([text, number]) => `${text.replace(/[{}]/g, '\\$&')}(\\d{${number.length}})`).join('')},`).exec(after)
    const numbers = found?.slice(1)
    return numbers?.every((number) => BigInt(number) < 2n ** 53n && number.length <= 16 && (number.length === 1 || !number.startsWith('0'))) ? numbers.map(Number) : undefined
  }

  it('is found again with other numbers, and with nothing else changed', () => {
    let followed = 0
    fc.assert(
      fc.property(parts, fc.array(digits, { minLength: 6, maxLength: 6 }), fc.nat(), fc.constantFrom('', 'x', '5', '0', ','), fc.nat({ max: 5 }), (before, others, place, letter, head) => {
        const text = `${before.map((part) => part.join('')).join('')},`
        const places: number[] = []
        let at = 0
        for (const [words, number] of before) {
          places.push(at + words.length, at + words.length + number.length)
          at += words.length + number.length
        }
        const buffers = [plainScanBuffer([g]), wasmScanBuffer([g])!]
        for (const buffer of buffers) {
          buffer.hold(encode(`${text}[`))
          expect(buffer.remember(head, text.length, places)).toBe(true)
        }
        // As many digits as before, of other numbers; then one letter elsewhere.
        const next = `${before.map(([words, number], which) => words + others[which]!.padStart(number.length, '7').slice(0, number.length)).join('')},`
        const cut = place % next.length
        for (const after of [text, next, next.slice(0, cut) + letter + next.slice(cut + letter.length)]) {
          const expected = naive(before, after)
          if (expected !== undefined) followed++
          for (const buffer of buffers) {
            buffer.hold(encode(`${after}[["1","1"]]`))
            expect(buffer.follows(head), after).toBe(expected !== undefined)
            if (expected !== undefined) expect([...buffer.numbers.subarray(0, expected.length)]).toEqual(expected)
          }
        }
      }),
      { numRuns: 1_500 },
    )
    expect(followed).toBeGreaterThan(1_000)
  })

  it('is kept for as many streams as there are places, through growing memory', () => {
    const buffers = [plainScanBuffer([g]), wasmScanBuffer([g])!]
    for (const buffer of buffers) {
      const many = Math.min(buffer.heads, 10)
      for (let head = 0; head < many; head++) {
        buffer.hold(encode(`stream${head},12,`))
        expect(buffer.remember(head, 11, [8, 10])).toBe(true)
      }
      buffer.hold(new Uint8Array(1_000_000))
      for (let head = 0; head < many; head++) {
        buffer.hold(encode(`stream${head},${34 + head},`))
        for (let other = 0; other < many; other++) expect(buffer.follows(other)).toBe(other === head)
        expect(buffer.numbers[0]).toBe(34 + head)
      }
    }
  })

  it('is not kept where it is longer than there is room for', () => {
    const wasm = wasmScanBuffer([g])!
    wasm.hold(encode('x'.repeat(400)))
    expect(wasm.remember(0, 321, [])).toBe(false)
    expect(wasm.remember(0, 320, [])).toBe(true)
    expect(wasm.follows(0)).toBe(true)
  })
})

describe('the buffer', () => {
  const g: Grid = { price: { multiplier: 1, digits: 2 }, size: { multiplier: 1, digits: 2 } }

  it('is in WebAssembly where the host has it, each with a memory of its own', () => {
    const first = scanBuffer([g])
    const second = scanBuffer([g])
    expect([first.constructor.name, second.constructor.name]).toEqual(['WasmScanBuffer', 'WasmScanBuffer'])
    expect(first.bytes.buffer).not.toBe(second.bytes.buffer)
  })

  it('leaves a frame alone that no memory can hold', () => {
    const wasm = wasmScanBuffer([g])!
    expect(wasm.hold({ length: 2 ** 31 } as Uint8Array)).toBe(false)
    expect(bothRead(plainScanBuffer([g]), wasm, encode('["1.00","2.00"]]'))).toEqual([16, 100, 200])
  })

  const failing = (error: Error) => function constructor(): never { throw error }
  it.each([
    ['without WebAssembly', () => undefined],
    ['where a policy forbids it', () => ({ Module: failing(new Error('Wasm code generation disallowed by embedder')) })],
    ['where there is no memory', ({ Module }: { Module: unknown }) => ({ Module, Instance: failing(new RangeError('could not allocate memory')) })],
  ])('is in JavaScript %s', async (_, host) => {
    vi.stubGlobal('WebAssembly', host((globalThis as unknown as { WebAssembly: { Module: unknown } }).WebAssembly))
    // Compiled anew.
    vi.resetModules()
    const buffer = (await import('../src/scan-buffer.js')).scanBuffer([g])
    expect(buffer.constructor.name).toBe('PlainScanBuffer')
    buffer.hold(encode('["1.00","2.00"]]'))
    expect(found(buffer, 0, 0)).toEqual([16, 100, 200])
  })
})
