import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { batchToEvents, eventsToBatch, type InstrumentEvent, type MarketEvent } from '@rxlob/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromEventLines, toEventLines } from '../scripts/golden/event-lines.ts'
import { goldenFiles } from '../scripts/golden/golden-files.ts'

const folder = fileURLToPath(new URL('../packages/core/test/golden/', import.meta.url))
const sessions = readdirSync(folder, { withFileTypes: true }).filter((entry) => existsSync(`${folder}${entry.name}/events.jsonl`)).map(({ name }) => name)
const eventsOf = (session: string): MarketEvent[] => fromEventLines(readFileSync(`${folder}${session}/events.jsonl`, 'utf8'))

describe('golden sessions', () => {
  let made: Map<string, string>
  beforeAll(async () => {
    made = await goldenFiles()
  })

  it('are what their command makes, byte for byte', () => {
    expect(made.size).toBeGreaterThan(0)
    expect([...made].filter(([path, text]) => readFileSync(`${folder}${path}`, 'utf8') !== text).map(([path]) => path)).toEqual([])
  })

  it('hold together every kind of event, action and status that a book reacts to', () => {
    const seen = new Set<string>()
    for (const event of sessions.flatMap(eventsOf)) {
      seen.add(event.kind)
      if (event.kind === 'order') seen.add(event.action).add(event.scrolled ? 'order scrolled' : '')
      if (event.kind === 'status') seen.add(`${event.status} ${event.channel}`)
      if (event.kind === 'trade') seen.add(event.print)
    }
    for (const kind of ['instrument', 'snapshot', 'delta', 'trade', 'order', 'add', 'reduce', 'remove', 'fill', 'replace', 'order scrolled', 'regular', 'hidden',
      'gap book', 'stale book', 'dropped trades', 'disconnected all', 'connected all', 'halted all', 'resumed all', 'crossed book', 'session all', 'ended all']) expect(seen).toContain(kind)
  })
})

describe.each(sessions)('golden session %s', (session) => {
  it('is small, begins with its instruments and never goes back in receive time', () => {
    expect(readFileSync(`${folder}${session}/events.jsonl`).length).toBeLessThan(400_000)
    const events = eventsOf(session)
    expect(events.length).toBeGreaterThan(1000)
    const known = new Set<string>()
    let latest = 0
    for (const event of events) {
      if (event.kind === 'instrument') known.add(event.instrument)
      expect(known).toContain(event.instrument)
      expect(event.tsLocal).toBeGreaterThanOrEqual(latest)
      latest = event.tsLocal
    }
  })

  it('survives its text, and every instrument of it survives a batch', () => {
    const events = eventsOf(session)
    expect(fromEventLines(toEventLines(events))).toEqual(events)
    for (const id of new Set(events.map(({ instrument }) => instrument))) {
      const own = events.filter(({ instrument }) => instrument === id)
      const parts: MarketEvent[][] = []
      for (const event of own) {
        if (event.kind === 'instrument') parts.push([event])
        else parts.at(-1)!.push(event)
      }
      for (const [opening, ...rest] of parts) {
        const gatherer = eventsToBatch(opening as InstrumentEvent)
        for (const event of rest) gatherer.push(event as Exclude<MarketEvent, InstrumentEvent>)
        expect([...batchToEvents(gatherer.take())]).toEqual(rest)
      }
    }
  })
})
