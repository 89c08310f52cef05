import { lobster } from '@rxlob/adapters-lobster'
import type { Source } from '@rxlob/core'

/** A NASDAQ sample day (LOBSTER, ten levels) from the folder named by RXLOB_DATA, or from its `lobster` folder. */
export function lobsterDay(symbol: string, levels = 10): Source {
  const folder = process.env['RXLOB_DATA']
  if (folder === undefined) throw new Error('Set RXLOB_DATA to the folder of the LOBSTER sample days.')
  try {
    return lobster({ folder, symbol, levels })
  } catch {
    return lobster({ folder: `${folder}/lobster`, symbol, levels })
  }
}
