import { LobError, type BookTracker, type EventBatch, type Instrument, type InstrumentId, type MarketEvent, type Micros } from '@rxlob/core'
import { askVenue } from './ask-venue.js'
import { bookAuditor } from './book-auditor.js'
import { connectionSlot, type ConnectionSlot } from './connection-slot.js'
import { defaultLimits } from './default-limits.js'
import { feedCore, type FeedCore } from './feed-core.js'
import { feedDiagnostics } from './feed-diagnostics.js'
import { frameLanes } from './frame-lanes.js'
import type { Control, LiveSourceSpec, Stream } from './live-source-spec.js'
import type { Outside } from './outside.js'
import { marketStates } from './market-states.js'
import { doubling, fullJitter } from './reconnect.js'
import { requestsOf, textsOf } from './request-texts.js'
import { shards } from './shards.js'
import { sideWork } from './side-work.js'
import { silenceJudge } from './silence-judge.js'
import { silenceWatch } from './silence-watch.js'
import { snapshotFetcher } from './snapshot-fetcher.js'
import { streamRestarter } from './stream-restarter.js'
import { streamsOf } from './streams-of.js'
import { tradeRefiller } from './trade-refiller.js'
import type { WireItem } from './wire-item.js'

/** What a subscriber of a running source gets. Nothing is called after `stop`. */
export interface LiveRunObserver {
  event(event: MarketEvent): void
  /** Takes what the venue's scanner reads as rows, lent for the call; `event` gets the rest. */
  columns?(batch: EventBatch): void
  /** Takes, in place of both, the source's own book after each event, lent for the call. */
  tick?(book: BookTracker): void
  /** Everything that comes in, before the events it makes: a recording. */
  item?(item: WireItem): void
  error(error: LobError): void
}

export interface LiveRun {
  readonly core: FeedCore
  /** Stops and starts reading from the venue. */
  pause(): void
  resume(): void
  stop(): void
}

/** How long a book may stay crossed before it is fetched again. */
const crossedMicros = 250_000
/** How long a fresh connection may wait for a first message before its snapshot is fetched without one. */
const quietMicros = 2_000_000
const refreshMicros = 3_600_000_000
/** What was asked for together with something refused is asked for again when it stays silent this long. */
const togetherMicros = 1_000_000
/** Snapshots that may be too old in a row before the connection itself is blamed. */
const maxOldSnapshots = 10

/** One subscription to a live venue: sockets, timers and requests around a `feedCore`. */
export function liveRun<Raw>(spec: LiveSourceSpec<Raw>, outside: Required<Outside>, observer: LiveRunObserver): LiveRun {
  const { clock, random } = outside
  const limits = { ...defaultLimits, ...spec.limits }
  const streams = streamsOf(spec)
  const slots = new Map<number, ConnectionSlot>()
  const allSlots: ConnectionSlot[] = []
  const instrumentOf = new Map<string, InstrumentId>()
  let connections = 0
  let stopped = false
  const cancels = new Set<() => void>()

  const core = feedCore(spec, (event) => observer.event(event), {
    snapshot(instrument, symbol, attempt, patient) {
      if (attempt >= maxOldSnapshots) slotOfSymbol(symbol)?.replace('snapshots stay too old')
      fetcher?.want(symbol, patient ? quietMicros : doubling(attempt))
      diagnostics.note('snapshot wanted', { instrument, attempt })
    },
    refill(instrument, symbol, missing) {
      refills?.want(symbol, missing)
      diagnostics.note('trades wanted', { instrument, ...missing })
    },
    restart(instrument, symbol, lost) {
      restarter.want(symbol, lost)
      diagnostics.note('restart wanted', { instrument })
    },
    audited: (symbol, verdict) => auditor?.found(symbol, verdict),
    reconnect: (connection, reason) => slots.get(connection)?.fail(connection, reason),
    release: (connection) => slots.get(connection)?.release(connection),
    control: heed,
    recheck: (instrument) => after(crossedMicros, () => recheck(instrument)),
    heard: (stream, tsLocal) => watch.heard(stream, tsLocal),
  }, observer.columns && ((batch) => observer.columns!(batch)), observer.tick && ((book) => observer.tick!(book)))
  const diagnostics = feedDiagnostics(spec.name, core.counts)
  const watch = silenceWatch({ clock, firstMessageMicros: limits.firstMessageMicros, suspect: (stream, micros) => silence.suspect(stream, micros), lull: (stream, micros) => silence.lull(stream, micros), unread })
  const work = sideWork(clock)
  const lanes = frameLanes({
    work, accept, counts: core.counts,
    prepare: (item) => core.prepare(item),
    overflow: (connection) => slots.get(connection)?.fail(connection, 'too much came while a large message was read'),
    unread: (connection, frames) => diagnostics.note('unread', { connection, frames }),
  })
  const fetcher =
    spec.snapshot &&
    snapshotFetcher({
      clock, random, fetch: outside.fetch, spec: spec.snapshot,
      weight: outside.budgets.of(new URL(spec.snapshot.url(spec.symbols[0]!)).host, limits).weight,
      prepare,
      answer: answered,
      failed: (symbol, reason) => diagnostics.note('snapshot failed', { symbol, reason }),
    })
  const auditor =
    spec.audit &&
    bookAuditor({
      clock, random, everyMicros: spec.audit.everyMicros,
      fetcher: snapshotFetcher({
        clock, random, fetch: outside.fetch, spec: spec.audit,
        weight: outside.budgets.of(new URL(spec.audit.url(spec.symbols[0]!)).host, limits).weight,
        prepare,
        answer: (symbol, body, tsLocal) => accept({ kind: 'response', tsLocal, symbol, data: body }),
        failed: (symbol, reason) => diagnostics.note('audit failed', { symbol, reason }),
      }),
      excuse: (stream) => watch.excuse(stream.name),
    })
  const refills =
    spec.refill &&
    tradeRefiller({
      clock, random, fetch: outside.fetch, spec: spec.refill,
      weight: outside.budgets.of(new URL(spec.refill.url(spec.symbols[0]!, { fromSeq: 0, toSeq: 0 })).host, limits).weight,
      answer: (symbol, data, tsLocal) => accept({ kind: 'refill', tsLocal, symbol, data }),
      failed: (symbol, reason) => diagnostics.note('refill failed', { symbol, reason }),
      giveUp: (symbol) => accept({ kind: 'verdict', tsLocal: clock.now(), instrument: instrumentOf.get(symbol)!, status: 'gap', channel: 'trades', reason: 'not to be had' }),
    })
  const states =
    spec.halted &&
    marketStates({
      clock,
      ask: () => askVenue(spec, outside, limits, cancels, (symbols, polite) => spec.halted!(symbols, polite)),
      changed: (symbol, status) => accept({ kind: 'verdict', tsLocal: clock.now(), instrument: instrumentOf.get(symbol)!, status, channel: 'all', reason: 'the venue says so' }),
      failed: (reason) => diagnostics.note('states failed', { reason }),
    })
  const restarter = streamRestarter({
    clock,
    live: (symbol) => core.book(instrumentOf.get(symbol)!)?.live !== false,
    restart(symbol) {
      const slot = slotOfSymbol(symbol)
      if (spec.restart === undefined) slot?.replace('a book must begin again')
      else slot?.request(textsOf(spec.restart(symbol, slot.streams.filter((stream) => stream.symbol === symbol), outside)))
    },
    giveUp: (symbol) => slotOfSymbol(symbol)?.replace('no snapshot came'),
  })

  const silence = silenceJudge({
    watch, states, auditor, fetcher,
    counted: spec.connectionSequencer !== undefined,
    note: (what, detail) => diagnostics.note(what, detail),
    book: (symbol) => core.book(instrumentOf.get(symbol) ?? ':'),
    stale(stream, reason) {
      verdict(stream, 'stale', reason)
      watch.excuse(stream.name)
      slotOfStream(stream.name)?.replace(reason)
    },
    stopped: () => stopped,
  })

  function after(micros: Micros, run: () => void): void {
    const cancel = clock.after(micros, () => {
      cancels.delete(cancel)
      run()
    })
    cancels.add(cancel)
  }

  function accept(item: WireItem): void {
    if (stopped) return
    observer.item?.(item)
    core.accept(item)
  }

  function verdict(stream: Stream, status: 'stale' | 'refused', reason: string, connection?: number): void {
    const instrument = instrumentOf.get(stream.symbol)
    if (instrument === undefined || stream.channel === 'quotes') return
    accept({ kind: 'verdict', tsLocal: clock.now(), instrument, status, channel: stream.channel, reason, ...(connection !== undefined && { connection }) })
  }

  /** Reads a large answer before it is accepted, which is then the moment that a recording shows. */
  function prepare(symbol: string, body: Uint8Array): Promise<number | undefined> | undefined {
    const preparing = core.prepare({ kind: 'response', tsLocal: clock.now(), symbol, data: body })
    return preparing && work.run(preparing, () => !stopped)
  }

  /** Something of the stream may be here and not read yet. */
  function unread({ name }: Stream): boolean {
    const slot = slotOfStream(name)
    return [...slots].some(([connection, each]) => each === slot && lanes.busy(connection))
  }

  function answered(symbol: string, body: Uint8Array, tsLocal: Micros, seq?: number): void {
    silence.answered(symbol, () => seq ?? snapshotSeq(body, symbol))
    accept({ kind: 'response', tsLocal, symbol, data: body })
  }

  function snapshotSeq(body: Uint8Array, symbol: string): number | undefined {
    let seq: number | undefined
    try {
      spec.normalizer().normalize(spec.snapshot!.decode(body, symbol), clock.now(), (event) => {
        seq = event.seq
      })
    } catch {
      return undefined
    }
    return seq
  }

  function heed(connection: number, control: Control): void {
    if (control.kind === 'shutdown') slots.get(connection)?.replace('the server shuts down')
    else if (control.kind === 'auth') end(new LobError('LOB_AUTH', `${spec.name} refused the credentials: ${control.reason}. Check key, secret and clock.`, { stream: spec.name }))
    else if (control.kind === 'refused') {
      // A refusal that names no stream concerns those that have said nothing.
      const refused = slots.get(connection)?.streams.filter(({ name }) => control.streams?.includes(name) ?? !watch.spoke(name)) ?? []
      for (const stream of refused) {
        verdict(stream, 'refused', control.reason, connection)
        // A book that lives has another connection, whose silence is still news.
        if (core.book(instrumentOf.get(stream.symbol)!)?.live !== true) watch.forget(stream.name)
      }
      if (spec.refusesTogether) askForTheRest(connection, refused)
    }
  }

  /** What was refused together with these streams, through no fault of its own. */
  function askForTheRest(connection: number, refused: readonly Stream[]): void {
    after(togetherMicros, () => {
      const slot = slots.get(connection)
      const rest = slot?.streams.filter((stream) => !refused.includes(stream) && watch.mute(stream.name)) ?? []
      if (rest.length > 0) slot!.request(requestsOf(spec, rest, outside))
    })
  }

  function recheck(instrument: InstrumentId): void {
    const since = core.book(instrument)?.crossedSince
    if (since === undefined) return
    const left = since + crossedMicros - clock.now()
    if (left > 0) after(left, () => recheck(instrument))
    else accept({ kind: 'verdict', tsLocal: clock.now(), instrument, status: 'gap', channel: 'book', reason: 'crossed' })
  }

  const slotOfStream = (name: string): ConnectionSlot | undefined => allSlots.find((slot) => slot.streams.some((stream) => stream.name === name))
  const slotOfSymbol = (symbol: string): ConnectionSlot | undefined => allSlots.find((slot) => slot.streams.some((stream) => stream.symbol === symbol && stream.channel !== 'trades'))

  function define(instruments: readonly Instrument[]): void {
    for (const { symbol, id } of instruments) instrumentOf.set(symbol, id)
    accept({ kind: 'instruments', tsLocal: clock.now(), instruments })
  }

  async function start(attempt: number): Promise<void> {
    let instruments: readonly Instrument[]
    try {
      instruments = await askVenue(spec, outside, limits, cancels, (symbols, polite) => spec.instruments(symbols, polite))
    } catch (error) {
      if (stopped) return
      // A symbol that does not exist will not come to exist; a venue that does not answer may.
      if (error instanceof LobError && error.code !== 'LOB_CONNECTION') end(error)
      else after(100_000 + fullJitter(attempt, random), () => begin(attempt + 1))
      return
    }
    if (stopped) return
    define(instruments)
    // The first event may have been all that was wanted.
    if (stopped) return
    open()
    if (auditor !== undefined) for (const symbol of spec.symbols) auditor.follow(symbol)
    after(refreshMicros, () => void refresh())
  }

  async function refresh(): Promise<void> {
    try {
      const instruments = await askVenue(spec, outside, limits, cancels, (symbols, polite) => spec.instruments(symbols, polite))
      if (!stopped) define(instruments)
      void states?.look()
    } catch (error) {
      if (!stopped) diagnostics.note('metadata failed', { reason: String(error) })
    }
    if (!stopped) after(refreshMicros, () => void refresh())
  }

  function open(): void {
    for (const shard of shards(streams, limits.streamsPerConnection)) {
      const slot = connectionSlot({
        streams: shard, clock, random, connect: outside.connect, limits,
        url: typeof spec.url === 'string' ? spec.url : spec.url(shard),
        budgets: outside.budgets,
        siblings: () => allSlots.length,
        requests: () => requestsOf(spec, shard, outside),
        number: () => {
          connections++
          slots.set(connections, slot)
          return connections
        },
        opened(connection) {
          for (const stream of shard) watch.watch(stream)
          accept({ kind: 'open', tsLocal: clock.now(), connection, streams: shard.map(({ name }) => name) })
          diagnostics.note('open', { connection })
          for (const other of allSlots) if (other !== slot) other.hurry()
        },
        frame: (connection, data, tsLocal) => lanes.frame({ kind: 'frame', tsLocal, connection, data }),
        closed(connection, reason) {
          slots.delete(connection)
          lanes.close(connection)
          accept({ kind: 'close', tsLocal: clock.now(), connection, reason })
          diagnostics.note('close', { connection, reason })
        },
        promote: (connection) => accept({ kind: 'promote', tsLocal: clock.now(), connection }),
      })
      allSlots.push(slot)
    }
    for (const slot of allSlots) slot.start()
  }

  function stop(): void {
    if (stopped) return
    stopped = true
    watch.stop()
    lanes.stop()
    fetcher?.stop()
    auditor?.stop()
    refills?.stop()
    states?.stop()
    restarter.stop()
    diagnostics.stop()
    for (const cancel of cancels) cancel()
    for (const slot of allSlots) slot.stop()
  }
  function end(error: LobError): void {
    stop()
    observer.error(error)
  }

  const begin = (attempt: number): void => void start(attempt).catch((error: unknown) => end(new LobError('LOB_CONNECTION', `${spec.name} could not start: ${String(error)}.`, { stream: spec.name }, { cause: error })))
  begin(0)
  return {
    core,
    pause() {
      watch.hold(true)
      for (const slot of allSlots) slot.pause()
    },
    resume() {
      watch.hold(false)
      for (const slot of allSlots) slot.resume()
    },
    stop,
  }
}
