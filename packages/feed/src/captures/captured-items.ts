import type { Instrument, Micros } from '@rxlob/core'
import type { WireItem } from '../wire-item.js'
import type { CaptureRecord, CaptureRecords } from './capture-record.js'

/** What a capture's REST answer is to its venue. */
export type CapturedAnswer =
  | { readonly kind: 'instruments'; readonly instruments: readonly Instrument[] }
  | { readonly kind: 'snapshot'; readonly symbol: string }

export interface CapturedItemsOptions {
  /** Streams that each connection of the capture carried. */
  readonly streams: readonly string[]
  /** Metadata for a capture that has none of its own; asked for once. */
  instruments(): readonly Instrument[]
  /** Undefined for an answer about nothing that is read. */
  answer(record: CaptureRecord): CapturedAnswer | undefined
}

/**
 * Another recorder's records as the wire items of one connection; each new socket in them takes a number of its own. What comes before the
 * first time that is known stands at that time.
 */
export async function* capturedItems(records: CaptureRecords, { streams, instruments, answer }: CapturedItemsOptions): AsyncGenerator<readonly WireItem[], void, void> {
  let connection = 0
  let now: Micros = NaN
  let defined = false
  let waiting: readonly CaptureRecord[] = []

  function openItems(): WireItem[] {
    const items: WireItem[] = []
    if (!defined) items.push({ kind: 'instruments', tsLocal: now, instruments: instruments() })
    defined = true
    if (connection > 0) items.push({ kind: 'close', tsLocal: now, connection, reason: 'the capture opened another' })
    connection++
    items.push({ kind: 'open', tsLocal: now, connection, streams })
    return items
  }
  function itemsOf(record: CaptureRecord): WireItem[] {
    if (!Number.isNaN(record.tsLocal)) now = record.tsLocal
    if (record.kind === 'connected') return openItems()
    if (record.kind === 'message') return [...(connection === 0 ? openItems() : []), { kind: 'frame', tsLocal: now, connection, data: record.data }]
    const told = answer(record)
    if (told === undefined) return []
    if (told.kind === 'instruments') {
      defined = true
      return [{ kind: 'instruments', tsLocal: now, instruments: told.instruments }]
    }
    return [...(connection === 0 ? openItems() : []), { kind: 'response', tsLocal: now, symbol: told.symbol, data: record.data }]
  }

  for await (const slice of records) {
    const all = waiting.length > 0 ? [...waiting, ...slice] : slice
    waiting = []
    if (Number.isNaN(now)) now = all.find(({ tsLocal }) => !Number.isNaN(tsLocal))?.tsLocal ?? NaN
    if (Number.isNaN(now)) waiting = all
    else yield all.flatMap(itemsOf)
  }
}
