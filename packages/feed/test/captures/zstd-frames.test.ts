import { zstdCompressSync } from 'node:zlib'
import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { zstdFrames } from '../../src/captures/zstd-frames.js'

const random = seededRandom(9)
const noise = (bytes: number): Buffer => Buffer.from(Uint8Array.from({ length: bytes }, () => random() * 256))
/** Raw, compressed and run-length blocks, with and without checksums, of one and of several blocks. */
const frames = [zstdCompressSync(Buffer.from('hello')), zstdCompressSync(noise(400_000)), zstdCompressSync(Buffer.alloc(500_000)), zstdCompressSync(Buffer.from('abc'.repeat(100_000)), { params: { 201: 1 } }), zstdCompressSync(Buffer.alloc(0))]
const skippable = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5])

describe('frames', () => {
  it.each([1, 3, 7, 1000, 1 << 20])('are found in pieces of %d bytes', (size) => {
    const all = Buffer.concat([frames[0]!, skippable, ...frames.slice(1)])
    const found: { bytes: Buffer; skippable: boolean }[] = []
    let open: Uint8Array[] = []
    const finder = zstdFrames()
    for (let at = 0; at < all.length; at += size) {
      for (const piece of finder.push(all.subarray(at, at + size))) {
        open.push(piece.bytes)
        if (!piece.last) continue
        found.push({ bytes: Buffer.concat(open), skippable: piece.skippable })
        open = []
      }
    }
    expect(finder.whole).toBe(true)
    expect(found.map(({ bytes }) => bytes.length)).toEqual([frames[0]!, skippable, ...frames.slice(1)].map(({ length }) => length))
    expect(found.map((frame) => frame.skippable)).toEqual([false, true, false, false, false, false])
    expect(Buffer.concat(found.map(({ bytes }) => bytes)).equals(all)).toBe(true)
  })
  it('cut anywhere are not whole', () => {
    for (let cut = 1; cut < frames[0]!.length; cut++) {
      const finder = zstdFrames()
      expect(finder.push(frames[0]!.subarray(0, cut)).some(({ last }) => last)).toBe(false)
      expect(finder.whole).toBe(false)
    }
  })
  it('are told from anything else', () => expect(() => zstdFrames().push(Buffer.from('PK\u0003\u0004'))).toThrow(/zstd frame/))
})
