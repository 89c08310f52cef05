import { fork } from 'node:child_process'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { coinbase, coinbaseSpec, type CoinbaseOptions } from '@rxlob/adapters-coinbase'
import type { MarketEvent, Micros } from '@rxlob/core'
import { feedCore, systemClock, type WireItem } from '@rxlob/feed'
import { largeSymbol, smallSymbols } from './large-snapshot-venue.ts'
import { millis, percentile, tally, type RowOptions, type RowResult } from './report.ts'

const bodyBytes = 10 * 2 ** 20
const mostMicros = 250_000
const exchangeKey = { key: 'synthetic-key', passphrase: 'synthetic-pass', secret: 'c3ludGhldGljLXNlY3JldC0wMTIzNDU2Nzg5YWJjZGVm' }

/** F54: a book by order of 10 MiB comes in by REST while twenty other streams run in the same process; the venues are in another. */
export async function largeSnapshot(options: RowOptions): Promise<RowResult> {
  const f54 = tally('F54', 'large snapshot', 'a snapshot of 10 MiB while 20 other streams run: p99 from their venue to their event at most 250 ms', options)
  const child = fork(fileURLToPath(new URL('large-snapshot-venue.ts', import.meta.url)), { execArgv: ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', '--import', new URL('from-sources.ts', import.meta.url).href], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const clock = systemClock()
  const sleep = (millis: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, millis))
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    for (const began = clock.now(); !holds(); await sleep(20)) if (clock.now() - began > 60_000_000) throw new Error(`${what}: not within a minute`)
  }
  const sourceOf = (symbols: readonly string[], port: number): CoinbaseOptions => ({ symbols, feed: 'exchange', book: 'full', exchangeKey, hosts: { streams: `ws://127.0.0.1:${port}`, rest: `http://127.0.0.1:${port}` } })
  const stops: (() => void)[] = [() => child.kill()]
  try {
    const ports = await new Promise<{ readonly large: number; readonly small: number }>((resolve, reject) => {
      child.once('message', (message) => resolve(message as { large: number; small: number }))
      child.once('exit', (code) => reject(new Error(`the venues ended with ${code}`)))
    })

    let delays: Micros[] = []
    let troubles = 0
    const small = new Set<string>()
    const others = coinbase(sourceOf(smallSymbols, ports.small), { clock }).events().subscribe({
      next(event) {
        f54.sums.delivered++
        if (event.kind === 'snapshot') small.add(event.instrument)
        else if (event.kind === 'order') delays.push(clock.now() - event.tsExchange)
        else if (event.kind === 'status' && event.status !== 'connected') troubles++
      },
      error: (error: unknown) => f54.fail(`the small books ended: ${String(error)}`),
    })
    stops.push(() => others.unsubscribe())
    await until('twenty books', () => small.size === smallSymbols.length)

    const holds = monitorEventLoopDelay({ resolution: 2 })
    async function measured(run: () => Promise<void>): Promise<{ readonly delays: readonly Micros[]; readonly hold: Micros; readonly took: Micros }> {
      delays = []
      holds.reset()
      holds.enable()
      const began = clock.now()
      await run()
      holds.disable()
      return { delays, hold: holds.max / 1000, took: clock.now() - began }
    }
    const quiet = await measured(() => sleep(2000))

    const items: WireItem[] = []
    const events: MarketEvent[] = []
    const spec = coinbaseSpec(sourceOf([largeSymbol], ports.large))
    let applied = 0
    const beside = await measured(async () => {
      const subscription = coinbase(sourceOf([largeSymbol], ports.large), { clock }).wire((event) => {
        events.push(event)
        if (event.kind === 'order') applied++
      }).subscribe({
        next: (item) => items.push('data' in item ? { ...item, data: item.data.slice() } : item),
        error: (error: unknown) => f54.fail(`the large book ended: ${String(error)}`),
      })
      stops.push(() => subscription.unsubscribe())
      // The messages that waited and some that came after.
      await until('the large book', () => applied > 200)
      subscription.unsubscribe()
    })
    others.unsubscribe()

    const body = items.find(({ kind }) => kind === 'response') as Extract<WireItem, { kind: 'response' }> | undefined
    if (body === undefined || body.data.length < bodyBytes) f54.fail(`the snapshot has ${body?.data.length ?? 0} bytes`)
    const snapshots = events.filter(({ kind }) => kind === 'snapshot')
    if (snapshots.length !== 1 || events.some((event) => event.kind === 'status' && event.status !== 'connected')) f54.fail('the large book had to begin again')
    if (troubles > 0) f54.fail(`the small books had ${troubles} statuses`)
    const [p99, p99Quiet] = [percentile(beside.delays, 0.99), percentile(quiet.delays, 0.99)]
    f54.notes.push(`${beside.delays.length} messages of 20 streams in ${millis(beside.took)}: p50 ${millis(percentile(beside.delays, 0.5))}, p99 ${millis(p99)}, worst ${millis(Math.max(...beside.delays))}; before it p99 ${millis(p99Quiet)} of ${quiet.delays.length}`)
    f54.notes.push(`longest hold of the event loop ${millis(beside.hold)}, before it ${millis(quiet.hold)}`)
    if (beside.delays.length < 500) f54.fail(`only ${beside.delays.length} messages came beside it`)

    // The same items without a rest: what a replay of the recording does.
    const again: MarketEvent[] = []
    const core = feedCore(spec, (event) => again.push(event))
    let atOnce = 0
    let processor = 0
    for (const item of items) {
      const [began, used] = [clock.now(), process.cpuUsage()]
      core.accept(item)
      if (item !== body) continue
      const { user, system } = process.cpuUsage(used)
      atOnce = clock.now() - began
      processor = user + system
    }
    f54.notes.push(`${body?.data.length ?? 0} bytes, ${snapshots[0]?.kind === 'snapshot' ? snapshots[0].orders?.length : 0} orders; accepted at once the answer holds the loop for ${millis(atOnce)}, ${millis(processor)} of them on the processor`)
    // What others take of the machine is not ours to answer for.
    const slower = Math.max(1, atOnce / processor)
    if (slower > 1.2) f54.notes.push(`the machine gave one of ${slower.toFixed(1)} of its time: the goal is stretched by it`)
    if (!(p99 <= mostMicros * slower)) f54.fail(`p99 of the other streams is ${millis(p99)}`)
    f54.sums.injected = 1
    f54.sums.detected = 1
    f54.sums.recovered = applied > 200 ? 1 : 0
    f54.sums.delivered += events.length
    f54.sums.produced = f54.sums.delivered
    if (!isDeepStrictEqual(again, events)) f54.fail('read at once, the same items give other events')
    return f54.result('one snapshot beside 20 streams', false)
  } finally {
    for (const stop of stops) stop()
  }
}
