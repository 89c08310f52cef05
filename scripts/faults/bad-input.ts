import { seededRandom, type Instrument, type MarketEvent, type Random } from '@rxlob/core'
import { feedCore, type LiveSource, type WireItem } from '@rxlob/feed'
import { scaled, tally, type RowOptions, type RowResult } from './report.ts'
import { rig, sourceOf, type FeedName } from './rig.ts'

const gateFrames = 5_000_000
const slowMillis = 50
/** Mutated frames between two fresh connections, and the frames that come whole on each. */
const refreshEvery = 500
const wholeItems = 60

const snippets = ['__proto__', 'constructor', 'null', '1e400', '-0', '"\\ud800"', '[[[[', '}}}}', '\\u0000', '99999999999999999999', '"toString"', 'NaN', '\u202e', '""']

type Whole = Extract<WireItem, { kind: 'frame' | 'response' }>

/** Frames as they came, to be broken. */
async function corpus(feed: FeedName, seed: number): Promise<{ readonly frames: readonly Uint8Array[]; readonly instruments: readonly Instrument[]; readonly source: LiveSource; readonly whole: readonly Whole[] }> {
  const running = rig({ feed, seed, symbols: 2 })
  const frames: Uint8Array[] = []
  const whole: Whole[] = []
  let instruments: readonly Instrument[] = []
  const source = sourceOf(feed, running.symbols, running.outside)
  const subscription = source.wire().subscribe((item) => {
    if ((item.kind === 'frame' || item.kind === 'response') && whole.length < wholeItems) whole.push({ ...item, data: item.data.slice() })
    if (item.kind === 'frame') frames.push(item.data.slice())
    else if (item.kind === 'response') frames.push(item.data.slice())
    else if (item.kind === 'instruments') ({ instruments } = item)
  })
  await running.clock.advance(20_000_000)
  subscription.unsubscribe()
  await running.stop()
  return { frames: frames.filter(({ length }) => length < 4000), instruments, source, whole }
}

const encoder = new TextEncoder()

/** One to three changes of bytes, pieces or order: what a wire, a proxy or an enemy may do. */
function mutated(frames: readonly Uint8Array[], random: Random): Uint8Array {
  const below = (most: number): number => Math.floor(random() * most)
  let bytes = frames[below(frames.length)]!
  for (let change = 1 + below(3); change > 0; change--) {
    const at = below(bytes.length)
    switch (below(7)) {
      case 0:
        bytes = bytes.slice()
        if (bytes.length > 0) bytes[at] = below(256)
        break
      case 1:
        bytes = bytes.slice()
        if (bytes.length > 0) bytes[at] = bytes[at]! ^ (1 << below(8))
        break
      case 2:
        bytes = bytes.subarray(0, at)
        break
      case 3: {
        const other = frames[below(frames.length)]!
        bytes = joined(bytes.subarray(0, at), other.subarray(below(other.length)))
        break
      }
      case 4:
        bytes = joined(bytes.subarray(0, at), encoder.encode(snippets[below(snippets.length)]), bytes.subarray(at))
        break
      case 5: {
        const end = Math.min(bytes.length, at + below(20))
        bytes = joined(bytes.subarray(0, at), bytes.subarray(end))
        break
      }
      default: {
        const end = Math.min(bytes.length, at + below(40))
        bytes = joined(bytes.subarray(0, end), bytes.subarray(at))
      }
    }
  }
  return bytes
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Time of this thread alone: another process may have had the core, and collectors of garbage run beside us. */
const threadMillis = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** G11: mutated frames through the whole of a source but its sockets. */
export async function badInput(options: RowOptions): Promise<RowResult> {
  const g11 = tally('G11', 'bad input', '5 M mutated frames: no crash, no hang over 50 ms, no prototype changed (HTTP requests: no service here)', options)
  const wanted = scaled(gateFrames, options.scale)
  const prototypes = JSON.stringify([Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Array.prototype), Object.getOwnPropertyNames(Function.prototype)])
  const rejections: unknown[] = []
  const note = (error: unknown): void => void rejections.push(error)
  process.on('unhandledRejection', note)
  const feeds: readonly FeedName[] = ['spot', 'usdm', 'level2_batch', 'full', 'advanced']
  let slowest = 0
  let paused = 0
  let events = 0
  for (const feed of feeds) {
    const random = seededRandom(options.seed + 11)
    const { frames, instruments, source, whole } = await corpus(feed, options.seed + 6)
    const { spec } = source
    let told = 0
    const core = feedCore(spec, (event: MarketEvent) => {
      if (event.kind === 'status') told++
      events++
    }, {}, undefined)
    const scanning = feedCore(spec, () => {}, {}, () => {})
    for (const each of [core, scanning]) each.accept({ kind: 'instruments', tsLocal: 1, instruments })
    /** A fresh connection and what came on it, whole: bad frames meet books that live, too. */
    function refresh(tsLocal: number): void {
      for (const each of [core, scanning]) {
        each.accept({ kind: 'close', tsLocal, connection: 1, reason: 'again' })
        each.accept({ kind: 'open', tsLocal, connection: 1, streams: (spec.streams ?? []).map(({ name }) => name) })
        for (const item of whole) each.accept(item.kind === 'frame' ? { ...item, tsLocal } : { ...item, tsLocal })
      }
    }
    /** Time that the same takes in a source that has met nothing else. */
    function again(item: Parameters<typeof core.accept>[0]): number {
      const fresh = feedCore(spec, () => {}, {}, undefined)
      fresh.accept({ kind: 'instruments', tsLocal: 1, instruments })
      fresh.accept({ kind: 'open', tsLocal: 2, connection: 1, streams: (spec.streams ?? []).map(({ name }) => name) })
      for (const part of whole) fresh.accept({ ...part, tsLocal: 2 })
      const began = threadMillis()
      fresh.accept(item)
      return threadMillis() - began
    }
    const share = Math.floor(wanted / feeds.length)
    for (let at = 0; at < share; at++) {
      if (at % refreshEvery === 0) refresh(3 + at)
      const data = mutated(frames, random)
      const item = at % 20 === 0 && (spec.snapshot ?? spec.audit) !== undefined ? ({ kind: 'response', tsLocal: 3 + at, symbol: spec.symbols[0]!, data } as const) : ({ kind: 'frame', tsLocal: 3 + at, connection: 1, data } as const)
      const began = threadMillis()
      try {
        core.accept(item)
        if (at % 2 === 0) scanning.accept(item)
      } catch (error) {
        g11.fail(`${feed} frame ${at}: threw ${String(error)} on ${new TextDecoder().decode(data).slice(0, 200)}`)
      }
      const took = threadMillis() - began
      if (took > slowMillis) {
        // A collection of garbage may fall on any frame; a frame that hangs us does so again.
        paused++
        slowest = Math.max(slowest, Math.min(took, again(item)))
      }
      if (at % 100_000 === 99_999) options.progress(`G11 ${feed}: ${(at + 1).toLocaleString('en')} of ${share.toLocaleString('en')}`)
    }
    g11.sums.injected += share
    g11.sums.detected += core.counts.badMessages
    g11.notes.push(`${feed}: ${share.toLocaleString('en')} frames, ${core.counts.badMessages.toLocaleString('en')} bad, ${core.counts.unknown.toLocaleString('en')} about nothing, ${core.counts.applied.toLocaleString('en')} applied, ${told.toLocaleString('en')} statuses`)
  }
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', note)
  if (rejections.length > 0) g11.fail(`${rejections.length} unhandled rejections: ${String(rejections[0])}`)
  if (prototypes !== JSON.stringify([Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Array.prototype), Object.getOwnPropertyNames(Function.prototype)]) || 'polluted' in {}) g11.fail('a prototype changed')
  if (slowest > slowMillis) g11.fail(`a frame took ${slowest.toFixed(0)} ms of processor time, twice`)
  if (paused > 0) g11.notes.push(`${paused} frames took more than ${slowMillis} ms of this thread's time once; given to a fresh source they took ${slowest.toFixed(1)} ms at most`)
  g11.sums.recovered = g11.failures.length === 0 ? g11.sums.injected : 0
  g11.sums.produced = events
  g11.sums.delivered = events
  return g11.result(`${g11.sums.injected.toLocaleString('en')} frames`, g11.sums.injected < gateFrames)
}
