import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { rawChunks } from '../src/raw-chunks.js'
import { tempFolder } from './temp-folder.js'

const read = async (path: string, ...range: [number, number?, number?]): Promise<string[]> => {
  const chunks: string[] = []
  for await (const chunk of rawChunks(path, ...range)) chunks.push(Buffer.from(chunk).toString())
  return chunks
}

it('gives a file, or a part of it, in chunks', async () => {
  const path = join(tempFolder({ a: '0123456789' }), 'a')
  expect(await read(path, 4)).toEqual(['0123', '4567', '89'])
  expect(await read(path, 4, 3)).toEqual(['3456', '789'])
  expect(await read(path, 4, 3, 9)).toEqual(['3456', '78'])
  expect(await read(path, 4, 10)).toEqual([])
  expect(await read(path, 4, 5, 5)).toEqual([])
})

it.skipIf(process.platform === 'win32')('reads a pipe', async () => {
  const path = join(tempFolder(), 'pipe')
  execFileSync('mkfifo', [path])
  const reading = read(path, 4)
  execFileSync('sh', ['-c', `printf 0123456789 > ${path}`])
  expect((await reading).join('')).toBe('0123456789')
})

it('fails where there is no file', async () => {
  await expect(read(join(tempFolder(), 'none'), 4)).rejects.toMatchObject({ code: 'ENOENT' })
})
