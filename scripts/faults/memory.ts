import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { scaled, tally, type RowOptions, type RowResult } from './report.ts'
import { rig, smallMarket } from './rig.ts'
import { becomesLive } from './schedules.ts'

const gateReconnects = 1000
const gateEvents = 20_000_000
const burst = 500

/** What the venue itself keeps is full before the heap is first looked at. */
const shortMemory = { archive: 1 << 14, history: 200 }

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapBytes(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

/** Bytes an event, by least squares. */
function slope(points: readonly (readonly [events: number, bytes: number])[]): number {
  const n = points.length
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return over / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}

/** G14: reconnects leave nothing behind, events leave nothing behind. */
export async function memory(options: RowOptions): Promise<RowResult> {
  const g14 = tally('G14', 'memory', '1,000 reconnects with constant timers and heap, 20 M events with at most 1 MB per 10 M', options)
  const reconnects = scaled(gateReconnects, Math.min(1, options.scale * 2))

  {
    const running = rig({ feed: 'spot', seed: options.seed + 4, ordersPerSecond: 5, market: { ...smallMarket, ...shortMemory } })
    const { clock, venue, watch } = running
    running.start()
    await becomesLive(running, 60_000_000)
    const points: (readonly [number, number])[] = []
    const timers = new Set<number>()
    for (let at = 1; at <= reconnects; at++) {
      venue.faults.inject({ kind: 'reset' })
      g14.sums.injected++
      await clock.advance(100_000)
      if (!(await becomesLive(running, 120_000_000))) g14.fail(`reconnect ${at}: not live again`)
      else g14.sums.recovered++
      g14.sums.detected = watch.told.get('disconnected') ?? 0
      // More than 300 connections in five minutes would be impolite.
      await clock.advance(2_500_000)
      if (at % Math.max(1, Math.floor(reconnects / 20)) === 0 && at > reconnects / 5) {
        watch.forget()
        venue.faults.forget()
        points.push([at, heapBytes()])
        timers.add(clock.pending)
        // A replacement may be under way.
        for (let wait = 0; venue.connections !== 1 && wait < 30; wait++) await clock.advance(1_000_000)
        if (venue.connections !== 1) g14.fail(`${venue.connections} connections after ${at} reconnects`)
        options.progress(`G14: ${at} of ${reconnects} reconnects, ${clock.pending} timers, heap ${(points.at(-1)![1] / 2 ** 20).toFixed(1)} MiB`)
      }
    }
    const bytes = points.length > 2 ? slope(points) : NaN
    const spread = Math.max(...timers) - Math.min(...timers)
    g14.notes.push(`${reconnects} reconnects: heap grows ${bytes.toFixed(0)} bytes each; timers between ${Math.min(...timers)} and ${Math.max(...timers)}; sockets 1`)
    if (spread > 40) g14.fail(`timers grow: ${[...timers].join(', ')}`)
    if (bytes > 2000) g14.fail(`heap grows ${bytes.toFixed(0)} bytes a reconnect`)
    g14.close(watch, venue, 'reconnects')
    await running.stop()
  }

  const events = scaled(gateEvents, options.scale)
  const running = rig({ feed: 'spot', seed: options.seed + 5, ordersPerSecond: 0, latencyMicros: 0, market: { ...smallMarket, ...shortMemory } })
  const { clock, venue, watch, symbols } = running
  running.start()
  for (let round = 0; round < 100 && !watch.allLive; round++) {
    for (const symbol of symbols) venue.reference.market(symbol).act(5)
    await clock.advance(100_000)
  }
  const points: (readonly [number, number])[] = []
  let seen = 0
  const began = watch.counts.compared + watch.counts.trades
  for (let next = events * 0.4; seen < events; ) {
    for (let message = 0; message < burst; message++) {
      venue.reference.market(symbols[message % symbols.length]!).act(2)
      venue.publish()
    }
    await clock.advance(200_000)
    seen = watch.counts.compared + watch.counts.trades - began
    if (seen < next) continue
    next += events * 0.06
    points.push([seen, heapBytes()])
    if (points.length % 5 === 0) options.progress(`G14: ${seen.toLocaleString('en')} of ${events.toLocaleString('en')} events, heap ${(points.at(-1)![1] / 2 ** 20).toFixed(1)} MiB`)
  }
  const perTenMillion = slope(points) * 1e7
  const { rss } = process.memoryUsage()
  g14.notes.push(`${seen.toLocaleString('en')} events: heap ${(points[0]![1] / 2 ** 20).toFixed(1)} to ${(points.at(-1)![1] / 2 ** 20).toFixed(1)} MiB after warm-up, ${(perTenMillion / 2 ** 20).toFixed(2)} MiB per 10 M; RSS of venue, client and suite together ${Math.round(rss / 2 ** 20)} MiB`)
  // Two measurements of the same heap differ by up to two megabytes: caches of texts and the compiler's own.
  if (perTenMillion > 2 ** 20 && points.at(-1)![1] - points[0]![1] > 2 * 2 ** 20) g14.fail(`heap grows ${(perTenMillion / 2 ** 20).toFixed(2)} MiB per 10 M events`)
  g14.close(watch, venue, 'events')
  g14.sums.produced = seen
  g14.sums.delivered = seen
  await running.stop()
  return g14.result(`${reconnects} reconnects, ${seen.toLocaleString('en')} events`, reconnects < gateReconnects || seen < gateEvents)
}
