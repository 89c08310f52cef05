import type { Clock } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { zeroCounts } from '../src/feed-counts.js'
import { frameLanes } from '../src/frame-lanes.js'
import { virtualClock, type InParts, type WireItem } from '../src/index.js'
import { sideWork } from '../src/side-work.js'

const large = 2 ** 20

function lanesOf(inParts = true) {
  const clock = virtualClock()
  let looked = 0
  const busy: Clock = { now: () => clock.now() + (looked += 1000), after: (micros, run) => clock.after(micros, run) }
  const log: string[] = []
  const counts = zeroCounts()
  function* parts(): InParts<void> {
    for (let step = 0; step < 10; step++) yield
  }
  const name = (item: WireItem): string => (item.kind === 'frame' ? `${item.connection}:${item.data.length >= large ? 'large' : String.fromCharCode(...item.data)}` : item.kind)
  const lanes = frameLanes({
    work: sideWork(busy), counts,
    prepare: (item) => (inParts && item.kind === 'frame' && item.data.length >= large ? parts() : undefined),
    accept: (item) => log.push(name(item)),
    overflow: (connection) => {
      log.push(`overflow ${connection}`)
      lanes.close(connection)
    },
    unread: (connection, frames) => log.push(`unread ${connection} ${frames}`),
  })
  const frame = (connection: number, data: Uint8Array): void => lanes.frame({ kind: 'frame', tsLocal: 1, connection, data })
  return { clock, lanes, log, counts, frame, say: (connection: number, text: string) => frame(connection, new TextEncoder().encode(text)) }
}

describe('frameLanes', () => {
  it('keeps the order of each connection, and lets others pass', async () => {
    const { clock, lanes, log, frame, say } = lanesOf()
    say(1, 'a')
    frame(1, new Uint8Array(large))
    say(1, 'b')
    say(2, 'c')
    frame(1, new Uint8Array(large))
    say(1, 'd')
    expect([log, lanes.busy(1), lanes.busy(2)]).toEqual([['1:a', '2:c'], true, false])
    await clock.advance(0)
    say(1, 'e')
    expect([log, lanes.busy(1)]).toEqual([['1:a', '2:c', '1:large', '1:b', '1:large', '1:d', '1:e'], false])
  })

  it('takes at once what cannot be read in parts', () => {
    const { lanes, log, frame, say } = lanesOf(false)
    frame(1, new Uint8Array(large))
    say(1, 'a')
    expect([log, lanes.busy(1)]).toEqual([['1:large', '1:a'], false])
  })

  it('takes a copy of what waits: bytes are lent for the call', async () => {
    const { clock, log, frame } = lanesOf()
    const lent = new TextEncoder().encode('x')
    frame(1, new Uint8Array(large))
    frame(1, lent)
    lent[0] = 121
    await clock.advance(0)
    expect(log).toEqual(['1:large', '1:x'])
  })

  it('forgets what waits when its connection is lost, and says so', async () => {
    const { clock, lanes, log, frame, say } = lanesOf()
    frame(1, new Uint8Array(large))
    say(1, 'a')
    say(1, 'b')
    lanes.close(1)
    await clock.advance(0)
    expect(log).toEqual(['unread 1 2'])
    lanes.close(2)
    expect(log).toHaveLength(1)
  })

  it('more than may wait is told once, and counted', () => {
    const { log, counts, frame, say, lanes } = lanesOf()
    frame(1, new Uint8Array(large))
    for (let n = 0; n < 10_001; n++) say(1, 'a')
    expect([log[0], counts.overflows, lanes.busy(1)]).toEqual(['overflow 1', 1, false])
    frame(2, new Uint8Array(large))
    for (let n = 0; n < 64; n++) frame(2, new Uint8Array(large))
    expect(counts.overflows).toBe(2)
  })

  it('goes silent when it is stopped', async () => {
    const { clock, lanes, log, frame, say } = lanesOf()
    frame(1, new Uint8Array(large))
    say(1, 'a')
    lanes.stop()
    await clock.advance(0)
    expect(log).toEqual([])
  })
})
