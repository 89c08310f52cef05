import { join } from 'node:path'
import { PerformanceObserver } from 'node:perf_hooks'
import type { BookSnapshot, MarketEvent, OrderEvent, PriceLevel, RestingOrder } from '@rxlob/core'
import { Subject } from 'rxjs'
import { featureList } from '../contestants/feature-list.ts'
import { instrument } from '../contestants/instrument.ts'
import { readStream, type Stream } from '../data/streams.ts'
import { library } from '../runner/library.ts'
import { everyFeature } from './every-feature.ts'

/**
 * `node child.ts DATA_FOLDER control|book|columns|lent|every turns|timer|none [EVENTS_A_MILLISECOND]`: order events at a steady pace (default 100 a millisecond) through a Subject, alone, or with a book and thirty-two columns (`lent`: one row written anew) or every
 * feature behind it. Paced by turns of the event loop, which never sleeps, as the target was set: its share is the time spent on events, all collections of garbage
 * added. Paced by a timer of 1 ms the process sleeps in between: its share is its processor time, a thousand awakenings a second and cold caches included.
 * Not paced, one event follows the other at once: what the same events would take of a core if pauses cost nothing.
 */
const [, , folder = '', mode = '', pacing = 'turns', rate = '100'] = process.argv
const eventsPerMilli = Number(rate)
const seconds = 6
/** Between two turns of the event loop where nothing paces them. */
const unpacedEvents = 1000
/** Not counted: the code warms up. */
const warmUpSeconds = 2

const packages = await library()
const { core } = packages
const stream = readStream(join(folder, 'orders.bin'))
const actions = ['add', 'reduce', 'remove', 'fill'] as const

function orderEvent({ values }: Stream, row: number): OrderEvent {
  const at = 5 * row
  return {
    kind: 'order', instrument: instrument.id, tsExchange: row * 10, tsLocal: row * 10,
    action: actions[values[at]! - core.Op.add]!, side: values[at + 1] === 1 ? 'bid' : 'ask', price: values[at + 2]!, size: values[at + 3]!, orderId: values[at + 4]!,
  }
}

function snapshot({ values, opening }: Stream): BookSnapshot {
  const levels = { 1: new Map<number, number>(), '-1': new Map<number, number>() }
  const orders: RestingOrder[] = []
  for (let at = 0; at < 5 * opening; at += 5) {
    const side = values[at + 1] as 1 | -1
    const [price, size, orderId] = [values[at + 2]!, values[at + 3]!, values[at + 4]!]
    orders.push({ orderId, side: side === 1 ? 'bid' : 'ask', price, size })
    levels[side].set(price, (levels[side].get(price) ?? 0) + size)
  }
  const sorted = (side: 1 | -1): PriceLevel[] => [...levels[side]].toSorted(([a], [b]) => side * (b - a))
  return { kind: 'snapshot', instrument: instrument.id, tsExchange: 0, tsLocal: 0, bids: sorted(1), asks: sorted(-1), orders }
}

const list = mode === 'every' ? everyFeature(packages) : mode === 'book' ? [core.spread()] : featureList(packages)
const feed = new Subject<MarketEvent>()
let rows = 0
let kept = 0
if (mode === 'control') feed.subscribe(() => rows++)
else {
  feed.pipe(core.features(list, { lend: mode === 'lent' })).subscribe((row) => {
    rows++
    kept += row.at(0)
  })
}
feed.next({ kind: 'instrument', instrument: instrument.id, tsExchange: 0, tsLocal: 0, definition: instrument, levels: Infinity })
feed.next(snapshot(stream))

let longestPauseMillis = 0
let collecting = 0
new PerformanceObserver((entries) => {
  for (const { duration } of entries.getEntries()) {
    collecting += duration
    longestPauseMillis = Math.max(longestPauseMillis, duration)
  }
}).observe({ entryTypes: ['gc'] })

const total = (warmUpSeconds + seconds) * 1000 * eventsPerMilli
const warm = warmUpSeconds * 1000 * eventsPerMilli
const latencies = new Float64Array(total - warm)
const started = performance.now()
let cpuFrom = process.cpuUsage()
let sent = 0
/** Milliseconds spent on events. */
let busy = 0

function pace(): void {
  const began = performance.now()
  const due = Math.min(total, pacing === 'none' ? sent + unpacedEvents : Math.floor((began - started) * eventsPerMilli))
  // The clock takes a tenth of a microsecond: it is asked once a turn and once an event, and that counts as work.
  let done = began
  while (sent < due) {
    feed.next(orderEvent(stream, stream.opening + sent))
    done = performance.now()
    if (sent >= warm) latencies[sent - warm] = done - started - sent / eventsPerMilli
    if (++sent === warm) {
      cpuFrom = process.cpuUsage()
      longestPauseMillis = collecting = busy = 0
    }
  }
  busy += done - began
  if (sent === total) report()
  else if (pacing === 'timer') setTimeout(pace, 1)
  else setImmediate(pace)
}

function report(): void {
  const { user, system } = process.cpuUsage(cpuFrom)
  latencies.sort()
  const quantile = (q: number): number => 1000 * latencies[Math.floor(q * (latencies.length - 1))]!
  setImmediate(() =>
    process.stdout.write(`${JSON.stringify({
      mode, pacing, rows, kept: Number.isFinite(kept), features: list.length, columns: list.reduce((sum, { columns }) => sum + columns.length, 0),
      // Of the seconds that the stream lasts: where the machine is busy, the run lasts longer.
      collections: collecting / 1e3 / seconds,
      share: (pacing === 'timer' ? (user + system) / 1e6 : (busy + collecting) / 1e3) / seconds, p50: quantile(0.5), p99: quantile(0.99), p999: quantile(0.999), worst: quantile(1), longestPauseMillis,
    })}\n`),
  )
}

pace()
