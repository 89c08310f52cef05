import type { MarketEvent } from '@rxlob/core'

/** Events as JSON lines. JSON has no infinities: they are written as the strings `"Infinity"` and `"-Infinity"`. */
export const toEventLines = (events: readonly MarketEvent[]): string =>
  events.map((event) => `${JSON.stringify(event, (_, value: unknown) => (value === Infinity || value === -Infinity ? String(value) : value))}\n`).join('')

/** The inverse of `toEventLines`. */
export const fromEventLines = (text: string): MarketEvent[] =>
  text.trimEnd().split('\n').map((line) => JSON.parse(line, (_, value: unknown) => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value)) as MarketEvent)
