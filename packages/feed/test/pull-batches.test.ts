import { seededRandom, statusNames, type EventBatch } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { defineLiveSource, virtualClock, type ConsumerCounts, type SlowConsumerOptions } from '../src/index.js'
import { acmeSpec } from './acme/acme-spec.js'
import { acmeVenue } from './acme/acme-venue.js'

const second = 1_000_000
function pulling(slow: SlowConsumerOptions) {
  const clock = virtualClock()
  const venue = acmeVenue({ clock, symbols: ['BTC'] })
  const source = defineLiveSource(acmeSpec(['BTC']), { clock, random: seededRandom(3), connect: venue.connect, fetch: venue.fetch })
  const abort = new AbortController()
  const counts: { last: Readonly<ConsumerCounts> | undefined } = { last: undefined }
  const reader = source.batches({ signal: abort.signal, slow: { ...slow, report: (now) => (counts.last = { ...now }) } })[Symbol.asyncIterator]()
  const run = async (messages: number): Promise<void> => {
    for (let i = 0; i < messages; i++) {
      await clock.advance(100_000)
      venue.move('BTC')
    }
  }
  return { clock, venue, reader, abort, counts, run }
}
const statusesIn = (batch: EventBatch): string[] => Array.from({ length: batch.length }, (_, row) => row).filter((row) => batch.op[row] === 9).map((row) => statusNames[batch.lots[row]!]!)

describe('a slow reader', () => {
  it('block: reading stops, nothing is called silent or dead, nothing is lost', async () => {
    const { clock, venue, reader, abort, run } = pulling({ policy: 'block', capacityEvents: 30 })
    const first = reader.next()
    await run(10)
    await first
    await run(300)
    expect(venue.links[0]!.paused).toBe(true)
    expect(venue.links[0]!.held.length).toBeGreaterThan(200)
    await clock.advance(120 * second)
    expect(venue.stats.connects).toBe(1)
    const statuses: string[] = []
    let lastSeq = 0
    for (let i = 0; i < 12; i++) {
      const { value } = await reader.next() as { value: EventBatch }
      statuses.push(...statusesIn(value))
      for (let row = 0; row < value.length; row++) if (!Number.isNaN(value.seq![row]!)) lastSeq = value.seq![row]!
      if (lastSeq === venue.books.get('BTC')!.id) break
      await clock.advance(1000)
    }
    expect(lastSeq).toBe(venue.books.get('BTC')!.id)
    expect(statuses.filter((name) => name !== 'connected')).toEqual([])
    abort.abort()
    await reader.next()
    expect(venue.openLinks()).toHaveLength(0)
    expect(clock.pending).toBe(0)
  })

  it.each(['conflate', 'drop'] as const)('%s: bounded, counted, and whole again', async (policy) => {
    const { reader, abort, counts, run, venue } = pulling({ policy, capacityEvents: 30 })
    const first = reader.next()
    await run(10)
    await first
    await run(1000)
    expect(venue.links[0]!.paused).toBe(false)
    const { value } = (await reader.next()) as { value: EventBatch }
    expect(statusesIn(value)).toEqual(policy === 'drop' ? ['dropped'] : [])
    expect(value.length).toBeLessThan(200)
    expect(counts.last!.produced).toBeGreaterThan(1000)
    expect(counts.last![policy === 'drop' ? 'dropped' : 'conflated']).toBeGreaterThan(900)
    expect(counts.last!.delivered + counts.last!.conflated + counts.last!.dropped).toBe(counts.last!.produced)
    abort.abort()
    await reader.next()
  })

  it.each([{ policy: 'odd' as never }, { capacityEvents: 0 }])('cannot be told %j', async (slow) => {
    const { reader } = pulling(slow)
    await expect(reader.next()).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })
})
