import { LobError, writeTo, type Clock, type Sink, type WriteToOptions } from '@rxlob/core'
import { from, of, Subject, throwError } from 'rxjs'
import type { TestScheduler } from 'rxjs/testing'
import { describe, expect, it } from 'vitest'
import { later } from './later.js'
import { marbles } from './operator-suite.js'

/** Milliseconds of the scheduler as microseconds. */
const clockOf = (scheduler: TestScheduler): Clock => ({
  now: () => scheduler.now() * 1000,
  after(micros, run) {
    const timer = scheduler.schedule(() => run(), micros / 1000)
    return () => timer.unsubscribe()
  },
})
const noTimers: Clock = { now: () => 0, after: () => () => {} }

/** A sink whose writes take so many frames; `writes` has the frame at which each began and its rows. */
function slowSink(scheduler: TestScheduler, frames: number): { sink: Sink<string>; writes: [frame: number, rows: string][] } {
  const writes: [number, string][] = []
  const write = (rows: readonly string[]): Promise<void> => {
    writes.push([scheduler.now(), rows.join('')])
    return later(scheduler, frames, () => {})
  }
  return { sink: { contract: 1, name: 'slow', write, close: async () => {} }, writes }
}
const settledSink = (write: Sink<string>['write'] = async () => {}): Sink<string> => ({ contract: 1, name: 'store', write, close: async () => {} })

describe('writeTo', () => {
  it('passes rows on as they come, writes them in batches, and completes when the last row is durable', () => {
    marbles(({ hot, expectObservable, expectSubscriptions, flush }, scheduler) => {
      const { sink, writes } = slowSink(scheduler, 4)
      const rows = hot('abcde|')
      expectObservable(rows.pipe(writeTo(sink, { clock: clockOf(scheduler), rows: 2 }))).toBe('abcde--------|')
      expectSubscriptions(rows.subscriptions).toBe('^----!')
      flush()
      expect(writes).toEqual([[1, 'ab'], [5, 'cd'], [9, 'e']])
    })
  })

  it('writes one batch at a time', () => {
    marbles(({ hot, expectObservable, flush }, scheduler) => {
      const { sink, writes } = slowSink(scheduler, 10)
      expectObservable(hot('abcdef--|').pipe(writeTo(sink, { clock: clockOf(scheduler), rows: 1 }))).toBe('abcdef 54ms |')
      flush()
      expect(writes).toEqual([[0, 'a'], [10, 'b'], [20, 'c'], [30, 'd'], [40, 'e'], [50, 'f']])
    })
  })

  it('writes a row that has waited long enough for company, and no later for a write under way than that takes', () => {
    marbles(({ hot, expectObservable, flush }, scheduler) => {
      const { sink, writes } = slowSink(scheduler, 3)
      expectObservable(hot('a-b---c--d------|').pipe(writeTo(sink, { clock: clockOf(scheduler), rows: 10, micros: 5000 }))).toBe('a-b---c--d------|')
      flush()
      // a waits 5; c came while that was written and waits from its end; d comes along.
      expect(writes).toEqual([[5, 'ab'], [13, 'cd']])
    })
  })

  it('writes at once what a full batch left behind', () => {
    marbles(({ hot, expectObservable, flush }, scheduler) => {
      const { sink, writes } = slowSink(scheduler, 5)
      expectObservable(hot('abcde 20ms |').pipe(writeTo(sink, { clock: clockOf(scheduler), rows: 2, micros: 8000 }))).toBe('abcde 20ms |')
      flush()
      expect(writes).toEqual([[1, 'ab'], [6, 'cd'], [11, 'e']])
    })
  })

  it('completes at once where nothing waits', () => {
    marbles(({ cold, expectObservable }, scheduler) => {
      const { sink } = slowSink(scheduler, 4)
      expectObservable(cold<string>('--|').pipe(writeTo(sink, { clock: clockOf(scheduler) }))).toBe('--|')
      expectObservable(cold<string>('-').pipe(writeTo(sink, { clock: clockOf(scheduler) }))).toBe('-')
    })
  })

  it("passes an error of its source on when the rows before it are durable", () => {
    marbles(({ hot, expectObservable, flush }, scheduler) => {
      const { sink, writes } = slowSink(scheduler, 4)
      expectObservable(hot('abc#', undefined, 'broken').pipe(writeTo(sink, { clock: clockOf(scheduler), rows: 2 }))).toBe('abc------#', undefined, 'broken')
      flush()
      expect(writes).toEqual([[1, 'ab'], [5, 'c']])
    })
  })

  it('lets source and timer go when it is unsubscribed, and begins no more writes', () => {
    marbles(({ hot, expectObservable, expectSubscriptions, flush }, scheduler) => {
      const { sink, writes } = slowSink(scheduler, 4)
      const rows = hot('abcde-----------')
      let timers = 0
      const real = clockOf(scheduler)
      const clock: Clock = {
        ...real,
        after(micros, run) {
          timers++
          const cancel = real.after(micros, run)
          return () => {
            timers--
            cancel()
          }
        },
      }
      expectObservable(rows.pipe(writeTo(sink, { clock, rows: 2, micros: 2000 })), '---!').toBe('abc-')
      expectSubscriptions(rows.subscriptions).toBe(['^--!', '^--!'])
      expectObservable(rows.pipe(writeTo(sink, { clock, rows: 100, micros: 50_000 })), '---!').toBe('abc-')
      flush()
      expect(writes).toEqual([[1, 'ab']])
      expect(timers).toBe(0)
    })
  })

  it('stops a source that emits while it is being subscribed to once rows overflow', () => {
    let pulled = 0
    function* endless(): Generator<string, void, void> {
      for (;;) yield String(++pulled)
    }
    const errors: unknown[] = []
    from(endless()).pipe(writeTo(settledSink(), { clock: noTimers, rows: 2, maxWaiting: 5 })).subscribe({ error: (error) => errors.push(error) })
    expect(errors).toMatchObject([{ code: 'LOB_SINK', message: expect.stringContaining('5 rows wait for store') as unknown, where: { stream: 'store' } }])
    expect(pulled).toBe(8)
  })

  it('ends with an error where rows overflow, after those that it could hold', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
      const { sink } = slowSink(scheduler, 100)
      const rows = hot('abcdefgh')
      const overflow = new LobError('LOB_SINK', "4 rows wait for slow: raise maxWaiting, use overflow 'drop-oldest', or a faster sink.", { stream: 'slow' })
      expectObservable(rows.pipe(writeTo(sink, { clock: clockOf(scheduler), rows: 2, maxWaiting: 4 }))).toBe('abcdef#', undefined, overflow)
      expectSubscriptions(rows.subscriptions).toBe('^-----!')
    })
  })

  it('drops the oldest where it is told to, and says so in the sink, in their place and within the rows of a write', () => {
    marbles(({ hot, expectObservable, flush }, scheduler) => {
      const { sink, writes } = slowSink(scheduler, 10)
      const dropping: WriteToOptions<string> = { clock: clockOf(scheduler), rows: 2, maxWaiting: 3, overflow: 'drop-oldest', dropped: (count, last) => `[${count} to ${last}]` }
      expectObservable(hot('abcdefghi-----j|').pipe(writeTo(sink, dropping))).toBe('abcdefghi-----j 26ms |')
      flush()
      // c, d, e and f went by while ab was written.
      expect(writes).toEqual([[1, 'ab'], [11, '[4 to f]g'], [21, 'hi'], [31, 'j']])
    })
  })

  it('loses nothing else and counts every loss, however slow the sink', () => {
    marbles(({ cold, flush }, scheduler) => {
      type Row = number | { readonly lost: number }
      const written: number[] = []
      let frames = 3
      const sink: Sink<Row> = {
        contract: 1, name: 'uneven', close: async () => {},
        write(rows) {
          expect(rows.length).toBeLessThanOrEqual(4)
          for (const row of rows) written.push(...(typeof row === 'number' ? [row] : Array.from({ length: row.lost }, () => NaN)))
          frames = (frames * 7) % 31
          return later(scheduler, frames, () => {})
        },
      }
      const log: unknown[] = []
      const source = cold<Row>(`${'0123456789'.repeat(30)}|`, Object.fromEntries(Array.from({ length: 10 }, (_, n) => [String(n), n])))
      source.pipe(writeTo(sink, { clock: clockOf(scheduler), rows: 4, maxWaiting: 6, overflow: 'drop-oldest', dropped: (lost) => ({ lost }) })).subscribe({ complete: () => log.push('complete') })
      flush()
      expect(log).toEqual(['complete'])
      expect(written).toHaveLength(300)
      expect(written.every((row, n) => Number.isNaN(row) || row === n % 10)).toBe(true)
      expect(written.filter(Number.isNaN).length).toBeGreaterThan(20)
    })
  })

  it.each([
    ['rejects', settledSink(() => Promise.reject(new Error('disk full')))],
    ['throws', settledSink(() => { throw new Error('disk full') })],
  ])('ends with LOB_SINK where a write %s', async (_, sink) => {
    const rows = new Subject<string>()
    const log: unknown[] = []
    rows.pipe(writeTo(sink, { clock: noTimers, rows: 1 })).subscribe({ next: (row) => log.push(row), error: (error) => log.push(error) })
    rows.next('a')
    await Promise.resolve()
    await Promise.resolve()
    expect(log.at(-1)).toMatchObject({ code: 'LOB_SINK', message: 'store failed to write: Error: disk full', where: { stream: 'store' }, cause: expect.objectContaining({ message: 'disk full' }) as unknown })
    expect(rows.observed).toBe(false)
  })

  it("ends with the sink's own LobError as it is, and with what a marker of dropped rows throws", async () => {
    const own = new LobError('LOB_CONNECTION', 'no route')
    const errors: unknown[] = []
    of('a').pipe(writeTo(settledSink(() => Promise.reject(own)), { clock: noTimers })).subscribe({ error: (error) => errors.push(error) })
    await Promise.resolve()
    await Promise.resolve()
    expect(errors).toEqual([own])

    errors.length = 0
    const dropping: WriteToOptions<string> = { clock: noTimers, rows: 1, maxWaiting: 1, overflow: 'drop-oldest', dropped: () => { throw new Error('no marker') } }
    from(['a', 'b', 'c']).pipe(writeTo(settledSink(), dropping)).subscribe({ error: (error) => errors.push(error) })
    await Promise.resolve()
    await Promise.resolve()
    expect(errors).toMatchObject([{ code: 'LOB_SINK', message: expect.stringContaining('no marker') as unknown }])
  })

  it('writes nothing of a source that fails before its first row', () => {
    const errors: unknown[] = []
    let writes = 0
    throwError(() => 'broken').pipe(writeTo(settledSink(async () => void writes++), { clock: noTimers })).subscribe({ error: (error) => errors.push(error) })
    expect([errors, writes]).toEqual([['broken'], 0])
  })

  it.each([{ rows: 0 }, { rows: 2.5 }, { micros: -1 }, { micros: NaN }, { rows: 10, maxWaiting: 9 }])('refuses %o at once', (options) => {
    expect(() => writeTo(settledSink(), { clock: noTimers, ...options })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})

