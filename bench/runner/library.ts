import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The built packages of one checkout. */
export interface Library {
  readonly core: typeof import('@rxlob/core')
  readonly lobster: typeof import('@rxlob/adapters-lobster')
  readonly simulator: typeof import('@rxlob/adapters-simulator')
}

/** The built packages of live venues. */
export interface LiveLibrary {
  readonly core: typeof import('@rxlob/core')
  readonly feed: typeof import('@rxlob/feed')
  readonly binance: typeof import('@rxlob/adapters-binance')
}

/** Root of the checkout whose `dist` folders are measured: `RXLOB_ROOT`, or the one that holds this file. */
export const libraryRoot: string = process.env.RXLOB_ROOT ?? resolve(import.meta.dirname, '../..')

const load = (name: string): Promise<unknown> => import(pathToFileURL(resolve(libraryRoot, 'packages', name, 'dist/index.js')).href)

export async function library(): Promise<Library> {
  const [core, lobster, simulator] = await Promise.all(['core', 'adapters-lobster', 'adapters-simulator'].map(load))
  return { core, lobster, simulator } as Library
}

export async function liveLibrary(): Promise<LiveLibrary> {
  const [core, feed, binance] = await Promise.all(['core', 'feed', 'adapters-binance'].map(load))
  return { core, feed, binance } as LiveLibrary
}
