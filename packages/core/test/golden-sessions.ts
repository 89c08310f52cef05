import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { MarketEvent } from '@rxlob/core'

export interface GoldenSession {
  readonly name: string
  readonly events: readonly MarketEvent[]
  /** Fewest levels a side that any of its instruments shows. */
  readonly levels: number
}

const folder = new URL('./golden/', import.meta.url)

/** JSON has no infinities. */
const revived = (_: string, value: unknown): unknown => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value)

/** Every folder of `golden` with events in it. */
export function goldenSessions(): GoldenSession[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => existsSync(new URL(`${name}/events.jsonl`, folder)))
    .map(({ name }) => {
      const lines = readFileSync(new URL(`${name}/events.jsonl`, folder), 'utf8').trimEnd().split('\n')
      const events = lines.map((line) => JSON.parse(line, revived) as MarketEvent)
      return { name, events, levels: Math.min(...events.map((event) => (event.kind === 'instrument' ? event.levels : Infinity))) }
    })
}
