import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { binanceSpec, readSnapshot } from '../src/index.js'
import type { DepthSnapshot } from '../src/messages.js'
import { encode } from './fixtures.js'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** The scanner as a process without or with WebAssembly has it: its buffer is made once. */
async function scannerIn(host: 'WebAssembly' | 'JavaScript alone'): Promise<(body: Uint8Array, symbol: string) => DepthSnapshot | undefined> {
  if (host === 'JavaScript alone') vi.stubGlobal('WebAssembly', undefined)
  vi.resetModules()
  return (await import('../src/snapshot-scanner.js')).scanSnapshot
}

function parsed(body: Uint8Array): DepthSnapshot | undefined {
  try {
    return readSnapshot(body, 'DEMOUSDT')
  } catch {
    return undefined
  }
}

const spotBody = '{"lastUpdateId":1007,"bids":[["64000.10000000","1.50000000"],["63999.90000000","0.75000000"]],"asks":[["64000.25000000","0.60000000"]]}'
const futuresBody = '{"lastUpdateId":5010,"E":1790000000100,"T":1790000000099,"bids":[["64000.10","1.500"]],"asks":[]}'

const digits = (most: number): fc.Arbitrary<string> => fc.integer({ min: 0, max: 10 ** most - 1 }).map(String)
const number = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(digits(5), fc.integer({ min: 0, max: 99_999_999 })).map(([whole, part]) => `${whole}.${String(part).padStart(8, '0')}`) },
  { weight: 3, arbitrary: fc.tuple(digits(6), digits(3)).map((parts) => parts.join('.')) },
  { weight: 1, arbitrary: fc.constantFrom('0', '7', '00.5', '0.00000000', '123456789.12345678', '99999999.99999999', '0.000000001', '5.', '.5', '1e3', '', '90071992.54740993') },
)
const list = fc.array(fc.tuple(number, number), { maxLength: 8 }).map((levels) => JSON.stringify(levels))
const head = fc.oneof(digits(12).map((id) => `"lastUpdateId":${id}`), digits(9).map((id) => `"lastUpdateId":${id},"E":1790000000100,"T":1790000000${id.padStart(3, '0').slice(0, 3)}`))
const body = fc.tuple(head, list, list).map(([first, bids, asks]) => `{${first},"bids":${bids},"asks":${asks}}`)

describe.each(['WebAssembly', 'JavaScript alone'] as const)('a REST snapshot from its bytes, in %s', (host) => {
  it.each([['spot', spotBody], ['futures, one side empty', futuresBody]])('of %s is what the parser reads', async (_, text) => {
    const scan = await scannerIn(host)
    expect(scan(encode(text), 'DEMOUSDT')).toEqual(readSnapshot(encode(text), 'DEMOUSDT'))
  })

  it('is the doubles of its text, bit for bit', async () => {
    const scan = await scannerIn(host)
    expect(scan(encode('{"lastUpdateId":1,"bids":[["0.1","0.3"],["64000.12345678","0.00000001"]],"asks":[]}'), 'A')!.b).toEqual([[0.1, 0.3], [64000.12345678, 1e-8]])
  })

  it('is what the parser reads or is left to it, whatever is written and whatever byte is another', async () => {
    const scan = await scannerIn(host)
    let scanned = 0
    fc.assert(
      fc.property(body, fc.option(fc.tuple(fc.nat(), fc.constantFrom(...'"[]{},:.019 eE-\\a')), { freq: 2 }), (text, change) => {
        const bytes = encode(text)
        if (change !== null) bytes[change[0] % bytes.length] = change[1].charCodeAt(0)
        const found = scan(bytes, 'DEMOUSDT')
        if (found === undefined) return
        scanned++
        expect(found).toEqual(parsed(bytes))
      }),
      { numRuns: 3_000 },
    )
    expect(scanned).toBeGreaterThan(500)
  })

  it.each([
    ['a blank', spotBody.replace(',', ', ')],
    ['a byte behind', `${spotBody} `],
    ['a list cut off', spotBody.slice(0, -2)],
    ['levels with a third field', spotBody.replace('"1.50000000"', '"1.50000000","x"')],
    ['an error', '{"code":-1121,"msg":"Invalid symbol."}'],
    ['nothing', ''],
  ])('with %s is left to the parser', async (_, text) => {
    const scan = await scannerIn(host)
    expect(scan(encode(text), 'DEMOUSDT')).toBeUndefined()
  })

  it('longer than all before is read all the same', async () => {
    const scan = await scannerIn(host)
    const levels = Array.from({ length: 5_000 }, (_, level) => [(64_000 - level / 100).toFixed(8), '1.50000000'])
    const text = JSON.stringify({ lastUpdateId: 7, bids: levels, asks: [['64000.01', '2']] })
    expect(scan(encode(text), 'DEMOUSDT')).toEqual(readSnapshot(encode(text), 'DEMOUSDT'))
  })
})

it('what the scanner leaves is parsed, or refused with its reason', () => {
  const { decode } = binanceSpec({ symbols: ['DEMOUSDT'] }).snapshot!
  expect(decode(encode(spotBody.replace(',', ', ')), 'DEMOUSDT')).toEqual(decode(encode(spotBody), 'DEMOUSDT'))
  expect(() => decode(encode('{"code":-1121,"msg":"Invalid symbol."}'), 'DEMOUSDT')).toThrow('lastUpdateId')
})
