import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { openFile } from '../src/open-file.js'
import { tempFolder } from './temp-folder.js'
import { zipOf } from './zip-of.js'

const text = Array.from({ length: 400_000 }, (_, i) => `${i}\n`).join('')

it.each([0, 1, 1_500_000, text.length, text.length + 5])('reads every form from byte %d of the csv on', async (start) => {
  const name = 'X_2012-06-21_34200000_57600000_message_5.csv'
  const folder = tempFolder({ 'm.csv': text, 'm.csv.gz': gzipSync(text), 'm.csv.zst': zstdCompressSync(text), 'm.zip': zipOf({ [name]: text }) })
  for (const file of ['m.csv', 'm.csv.gz', 'm.csv.zst', 'm.zip']) {
    const chunks: Uint8Array[] = []
    for await (const chunk of openFile(join(folder, file), 'message', start)) chunks.push(chunk.slice())
    expect([file, Buffer.concat(chunks).equals(Buffer.from(text.slice(start)))]).toEqual([file, true])
    for (const { length } of chunks) expect(length).toBeLessThanOrEqual(1 << 20)
  }
})
