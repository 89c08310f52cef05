import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom, type MarketEvent } from '@rxlob/core'
import { lastValueFrom, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineLiveSource, record, replay, virtualClock, type LiveSource } from '../src/index.js'
import { acmeSpec, type AcmeMessage } from './acme/acme-spec.js'
import { acmeVenue } from './acme/acme-venue.js'

const second = 1_000_000
type AcmeSource = LiveSource<AcmeMessage>
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rxlob-record-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A minute with every kind of trouble, recorded; and the events that it gave. */
async function recordTrouble(file: string, options: { rotateBytes?: number } = {}) {
  const clock = virtualClock()
  const symbols = ['BTC', 'ETH']
  const venue = acmeVenue({ clock, symbols })
  const source = defineLiveSource(acmeSpec(symbols, { trades: true }), { clock, random: seededRandom(3), connect: venue.connect, fetch: venue.fetch })
  const live: MarketEvent[] = []
  const recording = record(source, file, { clock, onEvent: (event) => live.push(event), ...options })
  const run = async (seconds: number): Promise<void> => {
    for (let i = 0; i < seconds * 10; i++) {
      await clock.advance(100_000)
      for (const symbol of symbols) {
        venue.move(symbol)
        venue.trade(symbol)
      }
    }
  }
  await run(60)
  venue.move('BTC', { lost: true })
  venue.trade('ETH', true)
  await run(5)
  venue.say('{"k":"book",\n"s":"BTC"')
  venue.move('ETH', { cross: true })
  await run(5)
  venue.say('{"k":"shutdown"}')
  await run(5)
  for (const link of venue.openLinks()) link.silent = true
  await run(20)
  for (const link of venue.openLinks()) venue.close(link.number)
  await run(5)
  await recording.stop()
  return { recording, live, source }
}

function quiet() {
  const clock = virtualClock()
  const venue = acmeVenue({ clock, symbols: ['BTC'] })
  return { clock, venue, source: defineLiveSource(acmeSpec(['BTC']), { clock, random: seededRandom(3), connect: venue.connect, fetch: venue.fetch }) }
}

const eventsOf = (source: AcmeSource, files: readonly string[]): Promise<MarketEvent[]> => lastValueFrom(replay(source, files).events().pipe(toArray()))

describe('a recording', () => {
  it('replays the very events that the live source gave, faults and all', async () => {
    const { recording, live, source } = await recordTrouble(join(folder, 'day'))
    expect(recording.files).toEqual([join(folder, 'day.zst')])
    const statuses = new Set(live.filter(({ kind }) => kind === 'status').map((event) => (event as { status: string }).status))
    expect(statuses).toEqual(new Set(['connected', 'gap', 'crossed', 'stale', 'disconnected']))
    const replayed = await eventsOf(source, recording.files)
    expect(replayed).toHaveLength(live.length)
    expect(replayed).toEqual(live)
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(live))
  })

  it('rotates, and its parts join', async () => {
    const { recording, live, source } = await recordTrouble(join(folder, 'day.zst'), { rotateBytes: 20_000 })
    expect(recording.files.length).toBeGreaterThan(3)
    expect(recording.files[1]).toBe(join(folder, 'day.0001.zst'))
    expect(await eventsOf(source, recording.files)).toEqual(live)
  })

  it('cut at any byte is a prefix', async () => {
    const { recording, live, source } = await recordTrouble(join(folder, 'day'))
    const whole = await readFile(recording.files[0]!)
    const random = seededRandom(5)
    const cut = join(folder, 'cut.zst')
    let longest = 0
    for (let round = 0; round < 25; round++) {
      await writeFile(cut, whole)
      await truncate(cut, Math.floor(random() * whole.length))
      const replayed = await eventsOf(source, [cut])
      expect(replayed).toEqual(live.slice(0, replayed.length))
      longest = Math.max(longest, replayed.length)
    }
    expect(longest).toBeGreaterThan(live.length / 2)
  })

  it('that follows another joins it, the connections in between being lost', async () => {
    const first = await recordTrouble(join(folder, 'one'))
    const second = await recordTrouble(join(folder, 'two'))
    const replayed = await eventsOf(first.source, [...first.recording.files, ...second.recording.files])
    expect(replayed.slice(0, first.live.length)).toEqual(first.live)
    const seam = replayed.slice(first.live.length, first.live.length + 2)
    expect(seam).toMatchObject([{ status: 'disconnected', reason: 'the recording ended' }, { status: 'disconnected' }])
  })

  it('gives the same events as batches', async () => {
    const { recording, live, source } = await recordTrouble(join(folder, 'day'))
    let events = 0
    for await (const batch of replay(source, recording.files).batches!()) for (let row = 0; row < batch.length; row++) events += batch.flags[row]! & 1
    expect(events).toBe(live.filter(({ kind }) => kind !== 'instrument').length)
  })
})

describe('a bad recording', () => {
  it.each([
    ['text.zst', Buffer.from('not zstd at all'), /zstd frame/],
    ['missing.zst', undefined, /ENOENT/],
    ['plain', Buffer.from('hello\n1 f 1 {}\n'), /begins with "rxlob-wire 1"/],
    ['other', Buffer.from('rxlob-wire 1 {"source":"coinbase"}\n'), /recording of acme, got one of coinbase/],
    ['line', Buffer.from('rxlob-wire 1 {"source":"acme"}\n17 q 1\n'), /kind of item/],
    ['time', Buffer.from('rxlob-wire 1 {"source":"acme"}\nnow f 1 {}\n'), /<time> <kind>/],
  ])('%s', async (name, bytes, message) => {
    const file = join(folder, name)
    if (bytes !== undefined) await writeFile(file, bytes)
    await expect(eventsOf(defineLiveSource(acmeSpec(['BTC'])), [file])).rejects.toMatchObject({ name: 'LobError', message: expect.stringMatching(message), where: { file } })
  })

  it('is never written over another', async () => {
    const file = join(folder, 'day.zst')
    await writeFile(file, 'precious')
    const { venue, source, clock } = quiet()
    const recording = record(source, file, { clock })
    for (let i = 0; i < 5; i++) await clock.advance(second)
    await expect(recording.stop()).rejects.toMatchObject({ code: 'LOB_SINK', where: { file } })
    await clock.advance(second)
    expect(venue.openLinks()).toHaveLength(0)
    expect(clock.pending).toBe(0)
    expect(await readFile(file, 'utf8')).toBe('precious')
  })
})
