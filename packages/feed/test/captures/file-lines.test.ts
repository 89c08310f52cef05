import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileLines } from '../../src/captures/file-lines.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rxlob-lines-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function linesOf(name: string, content: Buffer | string, options: { whole?: boolean } = {}): Promise<string[]> {
  const file = join(folder, name)
  await writeFile(file, content)
  const lines: string[] = []
  let next = 1
  for await (const chunk of fileLines(file, options)) {
    expect(chunk.firstLine).toBe(next)
    next += chunk.lines.length
    lines.push(...chunk.lines.map((line) => Buffer.from(line).toString()))
  }
  return lines
}

describe('lines', () => {
  const text = Array.from({ length: 50_000 }, (_, at) => `${at} ${'x'.repeat(at % 60)}`)
  it.each([
    ['plain', Buffer.from(text.join('\n'))],
    ['crlf', Buffer.from(text.join('\r\n') + '\r\n')],
    ['one.gz', gzipSync(text.join('\n'))],
    ['two.gz', Buffer.concat([gzipSync(text.slice(0, 30_000).join('\n') + '\n'), gzipSync(text.slice(30_000).join('\n'))])],
    ['one.zst', zstdCompressSync(Buffer.from(text.join('\n')))],
    ['many.zst', Buffer.concat(text.map((line) => zstdCompressSync(Buffer.from(`${line}\n`))).slice(0, 500))],
  ])('of %s', async (name, content) => expect(await linesOf(name, content)).toEqual(name === 'many.zst' ? text.slice(0, 500) : text))

  it('a last line without its end counts where the file is whole', async () => {
    expect(await linesOf('tail', 'a\nb')).toEqual(['a', 'b'])
    expect(await linesOf('tail', 'a\nb', { whole: false })).toEqual(['a'])
    expect(await linesOf('empty', '')).toEqual([])
  })

  it('of a damaged file end in an error that names it', async () => {
    const packed = zstdCompressSync(Buffer.from(text.join('\n')), { params: { 201: 1 } })
    packed[packed.length >> 1]! ^= 255
    await expect(linesOf('bad.zst', packed)).rejects.toMatchObject({ code: 'LOB_BAD_FILE', where: { file: join(folder, 'bad.zst') } })
    await expect(linesOf('bad.gz', gzipSync('x'.repeat(1000)).subarray(0, 15))).rejects.toMatchObject({ code: 'LOB_BAD_FILE' })
  })
})
