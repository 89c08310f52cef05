import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BinanceCaptureOptions, BinanceMarket } from '@rxlob/adapters-binance'

export interface StudyCapture {
  readonly name: string
  readonly options: BinanceCaptureOptions
}

const markets: readonly (readonly [folder: string, market: BinanceMarket])[] = [['spot', 'spot'], ['usdm', 'usdm'], ['cm', 'coinm']]

/** The folder of captures and sample days. */
export function dataFolder(): string {
  const folder = process.env['RXLOB_DATA']
  if (folder === undefined) throw new Error('Set RXLOB_DATA to the folder of the captures and sample days (binance/, lobster/).')
  return folder
}

/** The captures of August 2024 by hftbacktest's collector: spot, USD-M and COIN-M futures. */
export function binanceCaptures(data: string): StudyCapture[] {
  return markets.flatMap(([folder, market]) => {
    const at = join(data, 'binance/hftbacktest', folder)
    const files = readdirSync(at).sort()
    const stems = [...new Set(files.map((file) => file.replace(/_\d{8}\.gz$/, '')))]
    return stems.map((stem) => ({
      name: `binance ${folder} ${stem.toUpperCase()}`,
      options: { files: files.filter((file) => file.startsWith(`${stem}_`)).map((file) => join(at, file)), layout: 'receive-time' as const, market, symbols: [stem.toUpperCase()] },
    }))
  })
}

export const futuresCaptures = (data: string): StudyCapture[] => binanceCaptures(data).filter(({ options }) => options.market !== 'spot')
