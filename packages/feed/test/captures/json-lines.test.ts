import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cryptofeedLines, jsonLines, type CaptureRecords } from '../../src/index.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rxlob-json-lines-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function written(name: string, content: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}
async function recordsOf(records: CaptureRecords): Promise<[number, string, string][]> {
  const found: [number, string, string][] = []
  for await (const slice of records) for (const { tsLocal, kind, data } of slice) found.push([tsLocal, kind, Buffer.from(data).toString()])
  return found
}

it('one message a line: times never go back, over files too', async () => {
  const files = [await written('a.jsonl', '{"t":NaN}\n{"t":5}\n\n{"t":3}\n'), await written('b.jsonl', '{"t":4}\n{"t":9}')]
  const timeOf = (message: Uint8Array): number => Number(/\d+/.exec(Buffer.from(message).toString())?.[0] ?? NaN)
  expect(await recordsOf(jsonLines(files, timeOf))).toEqual([
    [NaN, 'message', '{"t":NaN}'], [5, 'message', '{"t":5}'], [5, 'message', '{"t":3}'], [5, 'message', '{"t":4}'], [9, 'message', '{"t":9}'],
  ])
})

describe('cryptofeed text', () => {
  it('passes over what the recorder sent', async () => {
    const file = await written('c.0', 'wss://x.example <-> 1618677816.84\nwss://x.example <- 1618677817.02: {"type":"subscribe"}\n1618677817.5: {"a":1}\n')
    expect(await recordsOf(cryptofeedLines([file]))).toEqual([[1_618_677_816_840_000, 'connected', ''], [1_618_677_817_500_000, 'message', '{"a":1}']])
  })
})
