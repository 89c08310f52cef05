import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom, type Clock } from '@rxlob/core'
import { budgets, systemClock, webSocketClient, type Outside } from '@rxlob/feed'
import { venue, venueServer, type FaultKind, type VenueName } from '@rxlob/testkit/venues'
import { bookWatch } from './book-watch.ts'
import { millis, percentile, scaled, tally, type RowOptions, type RowResult } from './report.ts'
import { smallMarket, sourceOf, symbolsOf, type FeedName } from './rig.ts'

const gateFaults = 2000
/** Time runs this much faster for both sides, so that nobody waits 25 s for a missing pong. */
const speed = 4
const pairs = 8

/** What sockets can do that a simulated network can only say. */
const kinds: readonly FaultKind[] = [
  'reset', 'close', 'close-without-code', 'cut', 'half-open', 'stall-data', 'stall-all', 'no-pong', 'fragments', 'empty-fragments', 'bad-compression', 'bomb', 'oversize', 'truncate', 'invalid-utf8', 'bit-flip', 'merge', 'drop',
  'delay', 'too-many', 'banned', 'server-error', 'redirect', 'partial-snapshot', 'slow-body', 'dns-failure', 'tls-failure', 'shutdown',
]
const onRequests: ReadonlySet<FaultKind> = new Set<FaultKind>(['too-many', 'banned', 'server-error', 'redirect', 'partial-snapshot', 'slow-body'])

function fastClock(): Clock {
  const real = systemClock()
  const start = real.now()
  return { now: () => Math.floor(start + (real.now() - start) * speed), after: (micros, run) => real.after(micros / speed, run) }
}

/** A throw-away certificate for 127.0.0.1. */
function certificate(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rxlob-tls-'))
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', join(folder, 'key'), '-out', join(folder, 'cert')], { stdio: 'ignore' })
    return { key: readFileSync(join(folder, 'key'), 'utf8'), cert: readFileSync(join(folder, 'cert'), 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** G8: real TCP and TLS on the loopback interface, eight clients with a venue each. */
export async function realSockets(options: RowOptions): Promise<RowResult> {
  const g8 = tally('G8', 'fault tolerance, real sockets', '2,000 faults over TCP and TLS', options)
  const each = Math.ceil(scaled(gateFaults, options.scale) / pairs)
  const tls = certificate()
  const times: number[] = []
  const happened = new Map<string, number>()

  async function pair(number: number): Promise<void> {
    const feed: FeedName = (['spot', 'usdm', 'full', 'advanced'] as const)[number % 4]!
    const secure = number % 2 === 1
    const clock = fastClock()
    const random = seededRandom(options.seed * 100 + number)
    const symbols = symbolsOf(feed, 2)
    const name: VenueName = feed === 'spot' ? 'binance' : feed === 'usdm' ? 'binance-usdm' : feed === 'full' ? 'coinbase' : 'coinbase-advanced'
    const running = venue({ name, clock, seed: options.seed + number, symbols, ordersPerSecond: 5, market: smallMarket })
    const plain = await venueServer({ venue: running, clock })
    const server = secure ? await venueServer({ venue: running, clock, tls }) : plain
    const watch = bookWatch(running, () => clock.now(), () => 0, false)
    const outside: Outside = { clock, random, budgets: budgets(clock), connect: webSocketClient(secure ? { ca: tls.cert } : {}) }
    const errors: unknown[] = []
    const sleep = (micros: number): Promise<void> => new Promise((resolve) => void clock.after(micros, resolve))
    async function live(withinMicros: number): Promise<boolean> {
      const until = clock.now() + withinMicros
      while (!watch.allLive && clock.now() < until) await sleep(50_000)
      return watch.allLive
    }
    const subscription = sourceOf(feed, symbols, outside, { streams: server.streams, rest: plain.rest }).events().subscribe({ next: watch.event, error: (error: unknown) => errors.push(error) })
    try {
      if (!(await live(600_000_000))) g8.fail(`pair ${number} (${feed}): never live: ${String(errors[0] ?? '')}`)
      for (let at = 0; at < each && errors.length === 0 && g8.failures.length < 20; at++) {
        const kind = kinds[Math.floor(random() * kinds.length)]!
        const seconds = kind === 'stall-data' || kind === 'half-open' || kind === 'stall-all' || kind === 'no-pong' ? 3 + 30 * random() : 1 + random()
        const from = running.faults.log.length
        const told = [...watch.told.values()].reduce((sum, count) => sum + count, 0)
        let lost = false
        watch.onChange((_, synced) => {
          lost ||= !synced
        })
        running.faults.inject({ kind, seconds, code: 1011 })
        if (onRequests.has(kind)) running.faults.inject({ kind: 'drop' })
        if (kind === 'dns-failure' || kind === 'tls-failure' || kind === 'too-many' || kind === 'banned' || seconds > 2.5) await sleep(seconds * 1_000_000)
        else await sleep(300_000)
        const began = clock.now()
        const well = await live(600_000_000)
        // What waits for a request or a message that never came is not left to the next fault.
        running.faults.calm()
        g8.sums.injected += Math.max(1, running.faults.log.length - from)
        for (const { kind } of running.faults.log.slice(from)) happened.set(kind, (happened.get(kind) ?? 0) + 1)
        if ([...watch.told.values()].reduce((sum, count) => sum + count, 0) > told) g8.sums.detected++
        if (well) g8.sums.recovered++
        else g8.fail(`pair ${number} (${feed}${secure ? ', TLS' : ''}) ${kind}: not live again in 600 s`)
        if (lost && kind !== 'banned' && kind !== 'too-many') times.push(clock.now() - began)
      }
      for (const error of errors) g8.fail(`pair ${number} (${feed}): ended: ${String(error)}`)
      g8.close(watch, running, `pair ${number} (${feed})`)
      g8.sums.produced += watch.counts.compared
      g8.sums.delivered += watch.counts.compared
    } finally {
      subscription.unsubscribe()
      running.stop()
      await server.stop()
      if (secure) await plain.stop()
    }
  }

  const timer = setInterval(() => options.progress(`G8: ${g8.sums.injected} faults, ${g8.failures.length} failures`), 15_000)
  const ends = await Promise.allSettled(Array.from({ length: pairs }, (_, number) => pair(number)))
  clearInterval(timer)
  for (const end of ends) if (end.status === 'rejected') g8.fail(`ended early: ${String(end.reason)}`)
  g8.notes.push(`${happened.size} kinds: ${[...happened].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${kind} ${count}`).join(', ')}`)
  g8.notes.push(`time runs ${speed} times faster for both sides; well to live (in that time, which the machine's own load stretches): p50 ${millis(percentile(times, 0.5))}, p99 ${millis(percentile(times, 0.99))} of ${times.length}`)
  return g8.result(`${g8.sums.injected.toLocaleString('en')} faults on ${pairs} clients, half of them over TLS`, g8.sums.injected < gateFaults)
}
