import { expect, it } from 'vitest'
import { messageBlock, parseMessages, type MessageBlock } from '../src/message-file.js'
import { naiveMessage } from './naive-message.js'
import { nineMessages } from './nine-messages.js'

const parsed = (text: string, capacity = 100): { block: MessageBlock; end: number; bytes: Uint8Array } => {
  const bytes = new TextEncoder().encode(text)
  const block = messageBlock(capacity)
  return { block, end: parseMessages(bytes, 0, bytes.length, block), bytes }
}
const rowOf = (block: MessageBlock, row: number): number[] =>
  [block.micros, block.nanos, block.types, block.orderIds, block.sizes, block.prices, block.directions].map((column) => column[row]!)

it('decodes the nine messages', () => {
  const { block, end, bytes } = parsed(nineMessages)
  expect(end).toBe(bytes.length)
  expect(Array.from({ length: block.length }, (_, row) => rowOf(block, row))).toEqual([
    [34_200_017_459, 617, 1, 5000001, 50, 999900, 1],
    [34_200_189_608, 68, 1, 5000002, 80, 1000100, -1],
    [34_200_250_000, 1, 2, 5000002, 30, 1000100, -1],
    [34_201_500_000, 0, 4, 5000002, 50, 1000100, -1],
    [34_202_123_456, 789, 5, 0, 25, 1000100, 1],
    [34_203_000_000, 1, 3, 5000001, 50, 999900, 1],
    [34_210_500_000, 0, 7, 0, 0, -1, -1],
    [34_270_500_000, 0, 7, 0, 0, 0, -1],
    [34_280_500_000, 0, 7, 0, 0, 1, -1],
  ])
  expect(Array.from(block.starts.subarray(0, 3))).toEqual([0, 38, 78])
})

it.each([
  ['34200', 34_200_000_000, 0],
  ['0.0', 0, 0],
  ['34200.1', 34_200_100_000, 0],
  ['34200.017459617', 34_200_017_459, 617],
  ['34200.0174596174', 34_200_017_459, 617],
  ['34200.0174596175', 34_200_017_459, 618],
  ['34200.017459999999', 34_200_017_460, 0],
  ['34200.999999999999', 34_201_000_000, 0],
  ['86399.9999999999', 86_400_000_000, 0],
  ['0034200.000000000000000000001', 34_200_000_000, 0],
])('rounds the time %s to the nearest nanosecond', (time, micros, nanos) => {
  const { block } = parsed(`${time},1,7,1,100,1\n`)
  expect([block.length, block.micros[0], block.nanos[0]]).toEqual([1, micros, nanos])
})

it.each(['34200.1,4,7,1,100,-1,', '34200.1,4,7,1,100,-1,null', '34200.1,4,7,1,100,-1\r', '34200.1,4,7,1,100,-1,MPID,x\r'])('takes the line %j', (line) => {
  const { block } = parsed(`${line}\n${line}\n`)
  expect(block.length).toBe(2)
  expect(rowOf(block, 1)).toEqual([34_200_100_000, 0, 4, 7, 1, 100, -1])
})

it('takes ids and sizes up to their limits', () => {
  const { block } = parsed('34200,1,9007199254740991,4294967295,9999999998,1\n34200,6,-9007199254740991,4294967295,9999999998,0\n')
  expect([rowOf(block, 0), rowOf(block, 1)]).toEqual([
    [34_200_000_000, 0, 1, 9007199254740991, 4294967295, 9999999998, 1],
    [34_200_000_000, 0, 6, -9007199254740991, 4294967295, 9999999998, 0],
  ])
})

it('takes crosses, with their negative ids and empty volume', () => {
  const { block } = parsed('34200.1,6,-1,0,0,-1\n')
  expect(rowOf(block, 0)).toEqual([34_200_100_000, 0, 6, -1, 0, 0, -1])
})

it.each([
  '', ',1,7,1,100,1', '34200.,1,7,1,100,1', '.5,1,7,1,100,1', '86400,1,7,1,100,1', '-1,1,7,1,100,1', '3e4,1,7,1,100,1', ' 34200,1,7,1,100,1',
  '34200,0,7,1,100,1', '34200,8,7,1,100,1', '34200,11,7,1,100,1', '34200,x,7,1,100,1', '34200,,7,1,100,1',
  '34200,1,,1,100,1', '34200,1,0,1,100,1', '34200,1,-7,1,100,1', '34200,1,9007199254740992,1,100,1', '34200,1,7a,1,100,1', '34200,5,-1,1,100,1',
  '34200,1,7,0,100,1', '34200,1,7,-1,100,1', '34200,1,7,4294967296,100,1', '34200,1,7,,100,1', '34200,1,7,1.5,100,1',
  '34200,1,7,1,0,1', '34200,1,7,1,-100,1', '34200,1,7,1,9999999999,1', '34200,1,7,1,,1', '34200,1,7,1,1e6,1', '34200,6,-1,1,-1,1', '34200,6,-1,1,0,1', '34200,7,0,0,2,-1', '34200,7,0,0,-2,-1',
  '34200,1,7,1,100,0', '34200,1,7,1,100,2', '34200,1,7,1,100,11', '34200,1,7,1,100,', '34200,1,7,1,100', '34200,1,7,1,100,-', '34200,1,7,1,100,1\r\r', '34200,1,7,1,100,1 ',
  // A colon is the byte after 9.
  '3420:,1,7,1,100,1', '34200.1:,1,7,1,100,1', '34200.123456789:,1,7,1,100,1', '34200.1234567891:,1,7,1,100,1', '34200,1,7:,1,100,1', '34200,1,7,1:,100,1', '34200,1,7,1,10:,1',
])('stops before the line %j and keeps what comes before it', (line) => {
  const good = '34200,1,7,1,100,1\n'
  const { block, end } = parsed(`${good}${line}\n${good}`)
  expect(naiveMessage(line)).toBeUndefined()
  expect([block.length, end]).toEqual([1, good.length])
})

it('stops at a full block and goes on from there', () => {
  const bytes = new TextEncoder().encode(nineMessages)
  const block = messageBlock(4)
  const lengths: number[] = []
  for (let at = 0; at < bytes.length; ) {
    at = parseMessages(bytes, at, bytes.length, block)
    lengths.push(block.length)
  }
  expect(lengths).toEqual([4, 4, 1])
})

it('refuses a line of more than 64 KiB even where the rest of it is a seventh column', () => {
  const line = (bytes: number): string => `34200,1,7,1,100,1,`.padEnd(bytes - 1, 'x')
  expect(parsed(`${line(65_536)}\n`).block.length).toBe(1)
  expect(parsed(`${line(65_537)}\n`).block.length).toBe(0)
})
