import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { CoinbaseCaptureOptions } from '@rxlob/adapters-coinbase'
import { cryptofeedJsonl, cryptofeedLines } from '@rxlob/feed'

/** One Coinbase capture to verify. */
export interface CoinbaseCaptureFile extends CoinbaseCaptureOptions {
  readonly name: string
}

/** Every Coinbase capture under a folder laid out as `coinbase/{cryptofeed,gdax_2018}`. */
export async function coinbaseCaptures(data: string): Promise<readonly CoinbaseCaptureFile[]> {
  const captures: CoinbaseCaptureFile[] = []
  const cryptofeed = join(data, 'coinbase/cryptofeed')
  for (const file of list(cryptofeed)) {
    const layout = file.includes('.jsonl') ? 'cryptofeed-jsonl' : 'cryptofeed-text'
    const files = [join(cryptofeed, file)]
    const feed = layout === 'cryptofeed-jsonl' ? 'advanced' : 'exchange'
    captures.push({ name: `cryptofeed/${basename(file, '.zst')}`, files, layout, feed, symbols: await symbolsIn(files, layout) })
  }
  const gdax = join(data, 'coinbase/gdax_2018')
  for (const file of list(gdax)) captures.push({ name: `gdax_2018/${basename(file, '.jsonl.zst')}`, files: [join(gdax, file)], layout: 'json-lines', feed: 'exchange', symbols: [file.replace(/^.*_(.+)\.jsonl\.zst$/, '$1')] })
  return captures
}

const snapshotShape = /"type": ?"snapshot", ?"product_id": ?"([^"]+)"/

/** The products whose books a capture has. */
async function symbolsIn(files: readonly string[], layout: 'cryptofeed-text' | 'cryptofeed-jsonl'): Promise<string[]> {
  const symbols = new Set<string>()
  for await (const records of layout === 'cryptofeed-text' ? cryptofeedLines(files) : cryptofeedJsonl(files)) {
    for (const { kind, data } of records) {
      const found = kind === 'message' ? snapshotShape.exec(Buffer.from(data.subarray(0, 300)).toString('latin1')) : null
      if (found !== null) symbols.add(found[1]!)
    }
  }
  return [...symbols].sort()
}

const list = (folder: string): string[] => readdirSync(folder).sort()
