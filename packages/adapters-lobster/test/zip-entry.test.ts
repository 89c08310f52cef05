import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { zipEntry } from '../src/zip-entry.js'
import { messageName, nineMessages, nineRows, orderbookName } from './nine-messages.js'
import { tempFolder } from './temp-folder.js'
import { zipOf } from './zip-of.js'

async function textOf(zip: Uint8Array, kind: 'message' | 'orderbook'): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of zipEntry(join(tempFolder({ 'a.zip': zip }), 'a.zip'), kind, 1 << 16)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe.each([['deflated', false], ['stored', true]])('%s', (_, stored) => {
  it('gives one of the two files, wherever it lies', async () => {
    const zip = zipOf({ 'readme.txt': 'x', [`folder/${orderbookName}`]: nineRows, [messageName]: nineMessages, [`${messageName}.bak`]: 'y' }, { stored })
    expect(await textOf(zip, 'message')).toBe(nineMessages)
    expect(await textOf(zip, 'orderbook')).toBe(nineRows)
  })

  it('gives nothing of an empty file', async () => {
    expect(await textOf(zipOf({ [messageName]: '' }, { stored }), 'message')).toBe('')
  })

  it('fails on a byte that is not as it was', async () => {
    const zip = zipOf({ [messageName]: nineMessages.repeat(50) }, { stored })
    zip[zip.length >> 1]! ^= 1
    await expect(textOf(zip, 'message')).rejects.toBeInstanceOf(Error)
  })
})

it('fails where there is no such file, or more than one', async () => {
  await expect(textOf(zipOf({ [messageName]: nineMessages }), 'orderbook')).rejects.toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringContaining('found 0') as string })
  await expect(textOf(zipOf({ [messageName]: 'a', [messageName.replace('DEMO', 'X')]: 'b' }), 'message')).rejects.toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringContaining('found 2') as string })
})
