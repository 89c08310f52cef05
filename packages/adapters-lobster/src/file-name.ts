import { basename } from 'node:path'

/** What the name of a LOBSTER file says about it. */
export interface LobsterFileName {
  readonly symbol: string
  /** `YYYY-MM-DD` as written, checked for form only. */
  readonly date: string
  readonly levels: number
  /** `pair`: the official sample zip, which holds both files. */
  readonly kind: 'message' | 'orderbook' | 'pair'
  /** Milliseconds after midnight, New York; 0 and a whole day for a zip, whose name does not say. */
  readonly startMillis: number
  readonly endMillis: number
}

const csvName = /^(.+)_(\d{4}-\d{2}-\d{2})_(\d+)_(\d+)_(message|orderbook)_(\d+)\.csv(?:\.gz|\.zst)?$/
const zipName = /^(?:LOBSTER_SampleFile_)?(.+)_(\d{4}-\d{2}-\d{2})_(\d+)\.zip$/

/**
 * Reads `GOOG_2012-06-21_34200000_57600000_message_10.csv` (also `.csv.gz`, `.csv.zst`) and
 * `LOBSTER_SampleFile_GOOG_2012-06-21_10.zip`; undefined for any other name.
 */
export function lobsterFileName(path: string): LobsterFileName | undefined {
  const name = basename(path)
  const csv = csvName.exec(name)
  if (csv) {
    const [, symbol, date, start, end, kind, levels] = csv
    return {
      symbol: symbol!,
      date: date!,
      levels: Number(levels),
      kind: kind === 'message' ? 'message' : 'orderbook',
      startMillis: Number(start),
      endMillis: Number(end),
    }
  }
  const zip = zipName.exec(name)
  if (!zip) return undefined
  const [, symbol, date, levels] = zip
  return { symbol: symbol!, date: date!, levels: Number(levels), kind: 'pair', startMillis: 0, endMillis: 86_400_000 }
}
