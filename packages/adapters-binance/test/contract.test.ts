import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { seededRandom, type Source } from '@rxlob/core'
import { systemClock, type Outside } from '@rxlob/feed'
import { testSource } from '@rxlob/testkit'
import { scriptedConnect, type ScriptedConnect } from '@rxlob/testkit/venues'
import { afterAll, describe, it } from 'vitest'
import { binance, binanceCapture } from '../src/index.js'
import { demo, spot } from './fixtures.js'

const folder = mkdtempSync(join(tmpdir(), 'rxlob-contract-'))
afterAll(() => rm(folder, { recursive: true }))

/** Messages of a spot market that moves: a difference each time, sometimes a trade, sometimes one lost on the way. */
function* market(seed: number, losses: number): Generator<string> {
  const random = seededRandom(seed)
  let u = 1010
  for (let trade = 1; ; ) {
    const U = u + 1
    u += 1 + Math.floor(random() * 5)
    const level = (from: number): string => `["${(from + Math.floor(random() * 20) / 100).toFixed(8)}","${random() < 0.3 ? '0.00000000' : (1 + Math.floor(random() * 9)).toFixed(8)}"]`
    if (random() >= losses) yield `{"stream":"demousdt@depth@100ms","data":{"e":"depthUpdate","E":1790000000200,"s":"DEMOUSDT","U":${U},"u":${u},"b":[${level(63999)}],"a":[${level(64001)}]}}`
    if (random() < 0.3) yield `{"stream":"demousdt@trade","data":{"e":"trade","E":1790000000150,"s":"DEMOUSDT","t":${trade++},"p":"64000.25","q":"0.05","T":1790000000149,"m":${random() < 0.5},"M":true}}`
  }
}
const snapshotAt = (id: number): string => JSON.stringify({ ...JSON.parse(spot.snapshot1007), lastUpdateId: id })

function capture({ losses = 0, cut = false } = {}): Source {
  const messages = market(3, losses)
  const lines = Array.from({ length: 3000 }, (_, at) => {
    const text = at === 3 ? snapshotAt(1012) : messages.next().value as string
    return `${1_790_000_000 + Math.floor(at / 100)}${String((at % 100) * 10_000_000).padStart(9, '0')} ${text}\n`
  })
  // A recorder that asks again after each hole.
  const healed = losses === 0 ? lines : [...lines, `1790009999000000000 ${snapshotAt(99_999)}\n`]
  const packed = gzipSync(healed.join(''))
  const file = join(folder, `${losses}-${cut}.gz`)
  writeFileSync(file, cut ? packed.subarray(0, packed.length / 2) : packed)
  return binanceCapture({ files: [file], layout: 'receive-time', symbols: ['DEMOUSDT'], instruments: [demo] })
}

describe('a capture', () => {
  it.each(testSource(() => capture(), { faulty: () => capture({ losses: 0.01 }), broken: () => capture({ cut: true }) }))('$name', ({ run }) => run())
})

const venues: ScriptedConnect[] = []
const open = (): number => venues.reduce((sum, venue) => sum + venue.open, 0)

/** A venue in this process, in real time. */
function live(losses = 0): Source {
  const venue = scriptedConnect(() => market(9, losses))
  venues.push(venue)
  const outside: Outside = {
    clock: systemClock(),
    random: seededRandom(5),
    connect: venue.connect,
    fetch: (async (url: string) => new Response(url.includes('exchangeInfo') ? spot.exchangeInfo : snapshotAt(asked++ === 0 ? 1012 : 1_000_000_000))) as typeof globalThis.fetch,
  }
  let asked = 0
  const { contract, name, supports, events } = binance({ symbols: ['DEMOUSDT'], trades: true, timeUnit: 'ms' }, outside)
  // Batches of a live source are another subscription, in other time: they cannot equal the events of this one.
  return { contract, name, supports, events }
}

describe('a live source', () => {
  it.each(testSource(() => live(), { events: 2000, open, faulty: () => live(0.002) }))('$name', ({ run }) => run())
})
