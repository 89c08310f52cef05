import { describe, expect, it } from 'vitest'
import { virtualClock, type Stream } from '../src/index.js'
import { silenceWatch } from '../src/silence-watch.js'

const second = 1_000_000
const book: Stream = { name: 'x@book', symbol: 'X', channel: 'book' }
const trades: Stream = { name: 'x@trade', symbol: 'X', channel: 'trades' }

function watching(...streams: Stream[]) {
  const clock = virtualClock()
  const start = clock.now()
  const suspects: [name: string, at: number][] = []
  const watch = silenceWatch({ clock, suspect: ({ name }) => suspects.push([name, (clock.now() - start) / second]) })
  for (const stream of streams) watch.watch(stream)
  return { clock, watch, suspects }
}

describe('silence', () => {
  it('after a subscription: 10 s for books, a minute for trades', async () => {
    const { clock, suspects } = watching(book, trades)
    await clock.advance(90 * second)
    expect(suspects).toEqual([['x@book', 11], ['x@trade', 61]])
  })

  it('in a running book is measured by its own gaps', async () => {
    const { clock, watch, suspects } = watching(book)
    for (let i = 0; i < 1000; i++) {
      await clock.advance(100_000)
      watch.heard('x@book', clock.now())
    }
    await clock.advance(20 * second)
    expect(suspects).toEqual([['x@book', 106]])
  })

  it('proves nothing while something that came is not read yet', async () => {
    const clock = virtualClock()
    const start = clock.now()
    const suspects: number[] = []
    let unread = true
    const watch = silenceWatch({ clock, suspect: () => suspects.push((clock.now() - start) / second), unread: ({ name }) => unread && name === 'x@book' })
    watch.watch(book)
    await clock.advance(30 * second)
    expect(suspects).toEqual([])
    unread = false
    await clock.advance(2 * second)
    expect(suspects).toEqual([31])
  })

  it('that ended is a lull where it was longer than the stream ever rests', async () => {
    const lulls: [string, number][] = []
    const clock = virtualClock()
    const watch = silenceWatch({ clock, suspect() {}, lull: ({ name }, micros) => lulls.push([name, micros]) })
    watch.watch(book)
    const rests = [...Array.from({ length: 50 }, () => 100_000), 500_000, 3 * second, 3 * second]
    for (const rest of rests) {
      await clock.advance(rest)
      watch.heard('x@book', clock.now())
    }
    // 0.5 s is nothing to look into; 3 s is; and having rested so once, the stream may.
    expect(lulls).toEqual([['x@book', 3 * second]])
    watch.stop()
  })

  it('of trades that came once is normal', async () => {
    const { clock, watch, suspects } = watching(trades)
    watch.heard('x@trade', clock.now())
    await clock.advance(3600 * second)
    watch.watch(trades)
    await clock.advance(3600 * second)
    expect(suspects).toEqual([])
    expect(watch.spoke('x@trade')).toBe(true)
  })

  it('excused: twice as long from then on, until it is heard', async () => {
    const { clock, watch, suspects } = watching(book)
    await clock.advance(11 * second)
    watch.excuse('x@book')
    await clock.advance(20 * second)
    expect(suspects).toHaveLength(1)
    await clock.advance(2 * second)
    expect(suspects).toEqual([['x@book', 11], ['x@book', 32]])
  })

  it('is nothing while held, forgotten or stopped', async () => {
    const { clock, watch, suspects } = watching(book, { ...book, name: 'y@book' })
    watch.hold(true)
    await clock.advance(100 * second)
    expect(suspects).toEqual([])
    watch.hold(false)
    watch.forget('y@book')
    await clock.advance(12 * second)
    expect(suspects.map(([name]) => name)).toEqual(['x@book'])
    watch.stop()
    expect(clock.pending).toBe(0)
  })

  it('may be told to be long', async () => {
    const { clock, watch, suspects } = watching({ ...book, quietMicros: 300 * second })
    watch.heard('x@book', clock.now())
    await clock.advance(299 * second)
    expect(suspects).toEqual([])
    await clock.advance(3 * second)
    expect(suspects).toHaveLength(1)
  })
})
