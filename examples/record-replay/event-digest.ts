import { createHash } from 'node:crypto'
import type { MarketEvent } from '@rxlob/core'

/** What went by, and a hash of every bit of it. */
export interface EventDigest {
  readonly events: number
  add(event: MarketEvent): void
  /** `1,234 events (delta 900, trade 300, ...)`. */
  text(): string
  hash(): string
}

export function eventDigest(): EventDigest {
  const kinds = new Map<string, number>()
  const hash = createHash('sha256')
  let events = 0
  return {
    get events() {
      return events
    },
    add(event) {
      events++
      kinds.set(event.kind, (kinds.get(event.kind) ?? 0) + 1)
      hash.update(JSON.stringify(event))
    },
    text: () => `${events} events (${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')})`,
    hash: () => hash.copy().digest('hex').slice(0, 16),
  }
}
