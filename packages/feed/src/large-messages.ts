import type { InstrumentId } from '@rxlob/core'
import type { InParts } from './in-parts.js'
import type { InstrumentDesk } from './instrument-desk.js'
import type { LiveSourceSpec, Normalizer } from './live-source-spec.js'
import type { WireItem } from './wire-item.js'

/** From here on a message holds the event loop for longer than others may wait: about 20 ms a MiB. */
export const largeBytes: number = 2 ** 20

export interface LargeMessagesOptions<Raw> {
  readonly spec: LiveSourceSpec<Raw>
  readonly normalizer: Normalizer<Raw>
  deskOf(symbol: string): InstrumentDesk<Raw> | undefined
  desk(instrument: InstrumentId): InstrumentDesk<Raw> | undefined
}

/** Decodes bytes, and large ones beforehand and in parts. */
export interface LargeMessages<Raw> {
  prepare(item: WireItem): InParts<number | undefined> | undefined
  /** A frame as a message: at once, or as it was prepared. Throws what the venue's decoder throws. */
  frame(data: Uint8Array): Raw
  /** The same for a REST book. */
  body(data: Uint8Array, symbol: string): Raw
}

type Outcome<Raw> = { readonly raw: Raw } | { readonly error: unknown }

/**
 * Everything here follows from the bytes, the metadata in force and what the normalizer remembers: whoever finds it changed does the work
 * again. So it makes no difference to events whether, or when, a message was prepared, and a replay need not.
 */
export function largeMessages<Raw>({ spec, normalizer, deskOf, desk }: LargeMessagesOptions<Raw>): LargeMessages<Raw> {
  const decode = spec.decode ?? decodeJson<Raw>
  const books = spec.snapshot ?? spec.audit
  /** By the very bytes. */
  const prepared = new WeakMap<Uint8Array, Outcome<Raw>>()

  function ready(data: Uint8Array, otherwise: () => Raw): Raw {
    const outcome = prepared.get(data)
    if (outcome === undefined) return otherwise()
    prepared.delete(data)
    if ('error' in outcome) throw outcome.error
    return outcome.raw
  }

  function* read(data: Uint8Array, decoding: InParts<Raw>, deskFor: (part: Raw) => InstrumentDesk<Raw> | undefined): InParts<number | undefined> {
    let seq: number | undefined
    try {
      const raw = yield* decoding
      prepared.set(data, { raw })
      for (const part of spec.parts?.(raw) ?? [raw]) {
        const contents = normalizer.prepare === undefined ? undefined : yield* normalizer.prepare(part)
        if (contents === undefined) continue
        seq = contents.seq
        // A REST book beside a stream with snapshots of its own is compared, and becomes no book.
        const taker = deskFor(part)
        if (taker !== undefined) yield* taker.guard.stage(contents)
      }
    } catch (error) {
      // Told where the message is accepted: a message of nothing is no news before its turn.
      if (!prepared.has(data)) prepared.set(data, { error })
    }
    return seq
  }

  return {
    prepare(item) {
      if ((item.kind !== 'frame' && item.kind !== 'response') || item.data.length < largeBytes) return undefined
      if (item.kind === 'frame') {
        return spec.decodeInParts && read(item.data, spec.decodeInParts(item.data), (part) => {
          const address = spec.address?.(part)
          return address === undefined ? undefined : desk(address.instrument)
        })
      }
      return books?.decodeInParts && read(item.data, books.decodeInParts(item.data, item.symbol), () => (spec.snapshot === undefined ? undefined : deskOf(item.symbol)))
    },
    frame: (data) => (data.length < largeBytes ? decode(data) : ready(data, () => decode(data))),
    body: (data, symbol) => ready(data, () => books!.decode(data, symbol)),
  }
}

const text = new TextDecoder('utf-8', { fatal: true })

function decodeJson<Raw>(frame: Uint8Array): Raw {
  return JSON.parse(text.decode(frame)) as Raw
}
