import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { BinanceMarket, CaptureLayout } from '@rxlob/adapters-binance'
import { cryptofeedJsonl, cryptofeedLines } from '@rxlob/feed'

/** One capture to verify: files that join. */
export interface Capture {
  readonly name: string
  readonly files: readonly string[]
  readonly layout: CaptureLayout
  readonly market: BinanceMarket
  readonly symbols: readonly string[]
}

const marketOfFolder = { spot: 'spot', usdm: 'usdm', cm: 'coinm' } as const

/** Every Binance capture under a folder laid out as `binance/{hftbacktest,cryptofeed,deep_orderbook}`. */
export async function binanceCaptures(data: string): Promise<readonly Capture[]> {
  return [...hftbacktest(join(data, 'binance/hftbacktest')), ...deepOrderbook(join(data, 'binance/deep_orderbook')), ...(await cryptofeed(join(data, 'binance/cryptofeed')))]
}

function hftbacktest(folder: string): Capture[] {
  return list(folder).flatMap((market) =>
    [...grouped(list(join(folder, market)), (file) => file.replace(/_\d{8}\.gz$/, ''))].map(([stem, files]) => ({
      name: `hftbacktest/${market}/${stem}`,
      files: files.map((file) => join(folder, market, file)),
      layout: 'receive-time' as const,
      market: marketOfFolder[market as keyof typeof marketOfFolder],
      symbols: [stem.toUpperCase()],
    })),
  )
}

function deepOrderbook(folder: string): Capture[] {
  return [...grouped(list(folder), (file) => file.split('_', 1)[0]!)].map(([symbol, files]) => ({
    name: `deep_orderbook/${symbol}`,
    files: files.map((file) => join(folder, file)),
    layout: 'json',
    market: 'spot',
    symbols: [symbol],
  }))
}

async function cryptofeed(folder: string): Promise<Capture[]> {
  const captures: Capture[] = []
  for (const file of list(folder).filter((each) => each.startsWith('BINANCE'))) {
    const layout = file.includes('.jsonl') ? 'cryptofeed-jsonl' : 'cryptofeed-text'
    const market = /DELIVERY/.test(file) ? 'coinm' : /FUTURES/.test(file) ? 'usdm' : /_US/.test(file) ? 'us' : 'spot'
    const path = join(folder, file)
    captures.push({ name: `cryptofeed/${basename(file, '.zst')}`, files: [path], layout, market, symbols: await symbolsIn(path, layout) })
  }
  return captures
}

/** The symbols whose books a capture subscribed to, from the address of its socket. */
async function symbolsIn(file: string, layout: 'cryptofeed-text' | 'cryptofeed-jsonl'): Promise<string[]> {
  const symbols = new Set<string>()
  for await (const records of layout === 'cryptofeed-text' ? cryptofeedLines([file]) : cryptofeedJsonl([file])) {
    for (const { kind, url = '' } of records) {
      if (kind !== 'connected') continue
      for (const [, symbol] of url.matchAll(/[=/]([^/@=]+)@depth/g)) symbols.add(symbol!.toUpperCase())
    }
  }
  return [...symbols].sort()
}

const list = (folder: string): string[] => readdirSync(folder).sort()

function grouped(files: readonly string[], keyOf: (file: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const file of files) groups.set(keyOf(file), [...(groups.get(keyOf(file)) ?? []), file])
  return groups
}
