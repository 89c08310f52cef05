import { createGunzip, createZstdDecompress, gzipSync, zstdCompressSync } from 'node:zlib'
import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { decompress, type Decompressor } from '../src/decompress.js'
import { chunked } from './chunked.js'

const random = seededRandom(7)
const plain = Buffer.from(Array.from({ length: 60_000 }, () => `${Math.floor(random() * 1e9)}\n`).join(''))
const options = { chunkSize: 1 << 16, readableHighWaterMark: 1 } as object
const forms: [string, (bytes: Buffer) => Buffer, () => Decompressor][] = [
  ['gzip', (bytes) => gzipSync(bytes), () => createGunzip(options)],
  ['zstd', (bytes) => zstdCompressSync(bytes), () => createZstdDecompress(options)],
]

async function read(packed: Buffer, create: () => Decompressor, sizes: readonly number[] = [1 << 14]): Promise<{ bytes: Buffer; error: unknown }> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of decompress(chunked(packed, sizes), create)) chunks.push(chunk)
    return { bytes: Buffer.concat(chunks), error: undefined }
  } catch (error) {
    return { bytes: Buffer.concat(chunks), error }
  }
}

describe.each(forms)('%s', (_, compress, create) => {
  it.each([[[1 << 20]], [[1 << 14]], [[100, 1, 7777]]])('gives the whole, in pieces of %j', async (sizes) => {
    const { bytes, error } = await read(compress(plain), create, sizes)
    expect(error).toBeUndefined()
    expect(bytes.equals(plain)).toBe(true)
  })

  it.each([[[1 << 20]], [[1 << 14]], [[3]]])('reads on after the first of two parts, in pieces of %j', async (sizes) => {
    const tail = Buffer.from('the end')
    const { bytes, error } = await read(Buffer.concat([compress(plain.subarray(0, 5000)), compress(tail)]), create, sizes)
    expect(error).toBeUndefined()
    expect(bytes.equals(Buffer.concat([plain.subarray(0, 5000), tail]))).toBe(true)
  })

  it.each([0.9, 0.5, 0.999])('gives what there is before it says that the file was cut at %d', async (share) => {
    const packed = compress(plain)
    const { bytes, error } = await read(packed.subarray(0, Math.floor(packed.length * share)), create)
    expect(error).toMatchObject({ code: 'Z_BUF_ERROR' })
    // zstd gives whole blocks of 128 KiB.
    expect(bytes.length).toBeGreaterThan(plain.length * share - 140_000)
    expect(bytes.equals(plain.subarray(0, bytes.length))).toBe(true)
  })

  it('fails on damage, on rubbish after the end, and on an empty file', async () => {
    const damaged = compress(plain)
    damaged.fill(0xff, damaged.length >> 1, (damaged.length >> 1) + 64)
    const { bytes, error } = await read(damaged, create)
    expect(error).toBeInstanceOf(Error)
    expect(bytes.equals(plain.subarray(0, bytes.length))).toBe(true)
    expect((await read(Buffer.concat([compress(plain), Buffer.from('rubbish')]), create)).error).toBeInstanceOf(Error)
    expect((await read(Buffer.alloc(0), create)).error).toBeInstanceOf(Error)
  })

  it('destroys its stream when the reader stops early', async () => {
    let stream: Decompressor | undefined
    for await (const chunk of decompress(chunked(compress(plain), [1 << 14]), () => (stream = create()))) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    expect(stream?.destroyed).toBe(true)
  })
})
