import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BinanceMessage } from '@rxlob/adapters-binance'
import type { Instrument } from '@rxlob/core'
import { liveLibrary } from '../runner/library.ts'

/** Markets that there are captures of. */
export const depthMarkets = ['spot', 'usdm'] as const
export type DepthMarket = (typeof depthMarkets)[number]

/** Depth messages of one symbol as they came from the socket, from the one that joins the snapshot on. */
export interface DepthCapture {
  readonly instrument: Instrument
  readonly market: DepthMarket
  /** Body of the REST answer. */
  readonly snapshot: Buffer
  readonly frames: readonly Buffer[]
}

/** Folder of the recorded captures (`binance/hftbacktest/{spot,usdm}`): `RXLOB_DATA`; undefined where there are none. */
export function captureFolder(): string | undefined {
  const folder = join(resolve(process.env.RXLOB_DATA ?? '../shared/data'), 'binance/hftbacktest')
  return existsSync(folder) ? folder : undefined
}

/** Every capture of a market: two days that join are one. Trades and best prices, which stand between the depth messages, are left out. */
export async function depthCaptures(market: DepthMarket): Promise<readonly DepthCapture[]> {
  const { feed, binance } = await liveLibrary()
  const folder = join(captureFolder()!, market)
  const stems = [...new Set(readdirSync(folder).map((file) => file.replace(/_\d{8}\.gz$/, '')))].sort()
  return Promise.all(stems.map(async (stem) => {
    const files = readdirSync(folder).filter((file) => file.startsWith(stem)).sort().map((file) => join(folder, file))
    let snapshot: Buffer | undefined
    let frames: Buffer[] = []
    for await (const records of feed.receiveTimeLines(files)) {
      for (const { data } of records) {
        const head = Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, 80)).toString('latin1')
        if (head.startsWith('{"lastUpdateId"')) snapshot = Buffer.from(data)
        else if (head.includes('@depth')) frames.push(Buffer.from(data))
      }
    }
    const { lastUpdateId } = JSON.parse(snapshot!.toString()) as { lastUpdateId: number }
    frames = frames.filter((frame) => (JSON.parse(frame.toString()) as { data: { u: number } }).data.u > lastUpdateId)
    const instrument = binance.captureInstrument(market, stem.toUpperCase())
    return { instrument, market, snapshot: snapshot!, frames: await reached({ instrument, market, snapshot: snapshot!, frames }) }
  }))
}

/**
 * The frames up to which the capture's one snapshot reaches: when fewer than twenty levels of a side are known a live source fetches
 * another, and a recording has none. Books that know no boundary would go on with levels that nobody told them.
 */
async function reached({ instrument, market, snapshot, frames }: DepthCapture): Promise<readonly Buffer[]> {
  const { feed, binance } = await liveLibrary()
  const spec = binance.binanceSpec({ symbols: [instrument.symbol], market, depth: '100ms', timeUnit: 'ms' })
  let wanted = 0
  const core = feed.feedCore<BinanceMessage>(spec, () => {}, { snapshot: () => wanted++ }, () => {})
  core.accept({ kind: 'instruments', tsLocal: 0, instruments: [instrument] })
  core.accept({ kind: 'open', tsLocal: 0, connection: 1, streams: [spec.streams![0]!.name] })
  core.accept({ kind: 'response', tsLocal: 1, symbol: instrument.symbol, data: snapshot })
  const asked = wanted
  const end = frames.findIndex((data, at) => {
    core.accept({ kind: 'frame', tsLocal: 2 + at, connection: 1, data })
    return wanted > asked
  })
  return end === -1 ? frames : frames.slice(0, end)
}
