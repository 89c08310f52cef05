import type { BookDelta, BookSnapshot, MarketEvent } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { snapshotSync, type Pending } from '../src/index.js'
import { zeroCounts } from '../src/feed-counts.js'
import type { Sequencer } from '../src/sequencer.js'

interface Raw { readonly U: number; readonly u: number }
function sequencer(): Sequencer<Raw> {
  let last = NaN
  return {
    check({ U, u }) {
      if (u <= last) return 'drop'
      if (!(U <= last + 1)) return 'resync'
      last = u
      return 'apply'
    },
    missing: ({ U }) => ({ fromSeq: last + 1, toSeq: U - 1 }),
    reset: (seq) => (last = seq),
    behind: ({ u }) => last - u,
  }
}
const header = { instrument: 'acme:BTC', tsExchange: 1, tsLocal: 1 } as const
const message = (U: number, u = U, bytes = 100): Pending<Raw> => ({ raw: { U, u }, bytes, events: [{ kind: 'delta', ...header, seq: u, bids: [], asks: [] } satisfies BookDelta] })
const snapshot = (seq: number): BookSnapshot => ({ kind: 'snapshot', ...header, seq, bids: [], asks: [] })

function syncing(options: { maxMessages?: number; maxBytes?: number } = {}) {
  const counts = zeroCounts()
  const log: string[] = []
  const sync = snapshotSync<Raw>({
    sequencer: sequencer(), fetched: true, counts, ...options,
    emit: ({ kind, seq }: MarketEvent, tsLocal) => log.push(`${kind} ${seq} @${tsLocal}`),
    gap: (reason, { fromSeq, toSeq }) => log.push(`${reason} ${fromSeq}-${toSeq}`),
    want: (attempt, patient) => log.push(`want ${attempt}${patient ? ' patient' : ''}`),
  })
  return { sync, log, counts, take: () => log.splice(0) }
}

describe('the steps of a local book', () => {
  it('asks patiently until a message could prove a snapshot fresh', () => {
    const { sync, take } = syncing()
    sync.message(message(1), 1)
    expect(take()).toEqual([])
    sync.start()
    expect(take()).toEqual(['want 0 patient'])
    sync.message(message(5), 1)
    sync.message(message(6), 2)
    expect(take()).toEqual(['want 0'])
    sync.snapshot(snapshot(5), 3)
    expect(take()).toEqual(['snapshot 5 @3', 'delta 6 @3'])
    expect(sync.state).toBe('live')
  })

  it('refuses old snapshots and keeps the buffer', () => {
    const { sync, take, counts } = syncing()
    sync.start()
    for (let id = 10; id < 15; id++) sync.message(message(id), id)
    take()
    sync.snapshot(snapshot(7), 20)
    sync.snapshot(snapshot(8), 21)
    expect(take()).toEqual(['want 1', 'want 2'])
    sync.snapshot(snapshot(12), 22)
    expect(take()).toEqual(['snapshot 12 @22', 'delta 13 @22', 'delta 14 @22'])
    expect(counts).toMatchObject({ oldSnapshots: 2, snapshots: 1, stale: 3, applied: 2 })
  })

  it('a hole inside the buffer is found when it is replayed, and only what follows it is kept', () => {
    const { sync, take } = syncing()
    sync.start()
    for (const id of [10, 11, 14, 15]) sync.message(message(id), id)
    take()
    sync.snapshot(snapshot(10), 20)
    expect(take()).toEqual(['snapshot 10 @20', 'delta 11 @20', 'gap 12-13', 'want 0'])
    sync.snapshot(snapshot(14), 21)
    expect(take()).toEqual(['snapshot 14 @21', 'delta 15 @21'])
  })

  it.each([['messages', { maxMessages: 100 }], ['bytes', { maxBytes: 10_000 }]])('the buffer is bounded by its %s', (_, limit) => {
    const { sync, take, counts } = syncing(limit)
    sync.start()
    for (let id = 1; id <= 250; id++) sync.message(message(id), id)
    expect(counts.overflows).toBe(2)
    take()
    sync.snapshot(snapshot(50), 300)
    expect(take()).toEqual(['want 1'])
    sync.snapshot(snapshot(240), 301)
    expect(sync.state).toBe('live')
    expect(sync.last).toBe(250)
  })

  it('a snapshot that nobody asked for changes nothing', () => {
    const { sync, take } = syncing()
    sync.start()
    sync.snapshot(snapshot(5), 1)
    take()
    sync.snapshot(snapshot(1), 2)
    expect(take()).toEqual([])
    sync.stop()
    sync.snapshot(snapshot(9), 3)
    expect(take()).toEqual([])
    expect(sync.state).toBe('idle')
  })
})

describe('a refresh', () => {
  const live = () => {
    const session = syncing()
    session.sync.start()
    session.sync.snapshot(snapshot(5), 1)
    session.sync.message(message(6), 2)
    session.take()
    session.sync.refresh()
    expect(session.take()).toEqual(['want 0'])
    return session
  }
  it('takes a deeper look while the book stays live', () => {
    const { sync, take } = live()
    sync.message(message(7), 3)
    sync.message(message(8), 4)
    expect(take()).toEqual(['delta 7 @3', 'delta 8 @4'])
    sync.snapshot(snapshot(7), 5)
    expect(take()).toEqual(['snapshot 7 @5', 'delta 8 @5'])
    sync.message(message(9), 6)
    expect(take()).toEqual(['delta 9 @6'])
  })
  it('never goes back in time, whether or not messages came since', () => {
    const { sync, take } = live()
    sync.snapshot(snapshot(5), 3)
    expect(take()).toEqual(['want 1'])
    sync.message(message(7), 4)
    sync.snapshot(snapshot(5), 5)
    expect(take()).toEqual(['delta 7 @4', 'want 2'])
    sync.message(message(8), 6)
    expect(take()).toEqual(['delta 8 @6'])
  })
  it('may be ahead of the stream', () => {
    const { sync, take } = live()
    sync.snapshot(snapshot(9), 3)
    for (const id of [7, 8, 9, 10]) sync.message(message(id), id)
    expect(take()).toEqual(['snapshot 9 @3', 'delta 10 @10'])
  })
  it('gives up where its buffer overflows', () => {
    const session = syncing({ maxMessages: 10 })
    session.sync.start()
    session.sync.snapshot(snapshot(5), 1)
    session.sync.refresh()
    for (let id = 6; id < 30; id++) session.sync.message(message(id), id)
    session.take()
    session.sync.snapshot(snapshot(20), 40)
    expect(session.take()).toEqual([])
    expect(session.sync.last).toBe(29)
  })
})

describe('a snapshot ahead of its stream', () => {
  const second = 1_000_000
  function adopted() {
    const session = syncing()
    session.sync.start()
    session.sync.message(message(6), 0)
    session.take()
    session.sync.snapshot(snapshot(1000), 0)
    expect(session.take()).toEqual(['snapshot 1000 @0'])
    return session
  }
  it('is of something else where messages never catch up: it is asked for again', () => {
    const { sync, take, counts } = adopted()
    sync.message(message(7), 10 * second)
    sync.message(message(8), 15 * second)
    expect(take()).toEqual([])
    expect(sync.straight({ U: 9, u: 9 }, 9)).toBeUndefined()
    sync.message(message(9), 15 * second + 1)
    expect(take()).toEqual(['snapshot ahead of its stream undefined-undefined', 'want 0'])
    expect(sync.state).toBe('waiting')
    expect(counts.resyncs).toBe(1)
  })
  it('is of something else where the stream would take hours to come up to it: that shows within a second', () => {
    const session = syncing()
    session.sync.start()
    session.sync.message(message(6), 0)
    session.take()
    session.sync.snapshot(snapshot(5_000_000), 0)
    session.take()
    for (let at = 0; at < 9; at++) session.sync.message(message(7 + 20 * at, 26 + 20 * at), at * 0.1 * second)
    expect(session.take()).toEqual([])
    session.sync.message(message(187, 206), 0.9 * second)
    expect(session.take()).toEqual(['snapshot ahead of its stream undefined-undefined', 'want 0'])
  })
  it('gets its time where the stream stood still for a while and lags by seconds', () => {
    const { sync, take } = adopted()
    sync.message(message(7), 0)
    for (let at = 8; at < 1000; at++) sync.message(message(at), 1.9 * second + at * 0.002 * second)
    sync.message(message(1000, 1001), 4 * second)
    expect(take()).toEqual(['delta 1001 @4000000'])
  })
  it('gets twice the time after each time in vain: a stream that only lags is live in the end', () => {
    const { sync, take } = adopted()
    const lagSeconds = 16
    let snapshots = 1
    for (let at = 170; at < 90 * 10; at++) {
      sync.message(message(at - lagSeconds * 10), (at / 10) * second)
      if (sync.state !== 'waiting') continue
      sync.snapshot(snapshot(at), (at / 10) * second)
      snapshots++
    }
    expect(sync.state).toBe('live')
    expect(snapshots).toBe(3)
    expect(take().at(-1)).toMatch(/^delta/)
  })
  it('is proven by what ends where it does', () => {
    const { sync, take } = adopted()
    sync.message(message(1000), second)
    for (let at = 2; at < 60; at++) sync.message(message(999), at * second)
    expect(take()).toEqual([])
    expect(sync.state).toBe('live')
  })
  it('is the book where one does, however late repetitions come after', () => {
    const { sync, take } = adopted()
    sync.message(message(7, 1001), second)
    sync.message(message(8), 20 * second)
    expect(take()).toEqual(['delta 1001 @1000000'])
    expect(sync.state).toBe('live')
  })
  it('is the book of a quiet market', () => {
    const { sync, take } = adopted()
    sync.message(message(1001), 100 * second)
    expect(take()).toEqual(['delta 1001 @100000000'])
  })
})

describe('the short way', () => {
  it('is open only while nothing is awaited, and counts like the long one', () => {
    const { sync, counts } = syncing()
    expect(sync.straight({ U: 6, u: 6 }, 6)).toBeUndefined()
    sync.start()
    sync.snapshot(snapshot(5), 1)
    expect([sync.straight({ U: 6, u: 6 }, 6), sync.straight({ U: 6, u: 6 }, 6), sync.straight({ U: 9, u: 9 }, 9)]).toEqual(['apply', 'drop', undefined])
    expect(sync.last).toBe(6)
    expect(counts).toMatchObject({ applied: 1, stale: 1 })
  })
})
