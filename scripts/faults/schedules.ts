import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { LobError, seededRandom } from '@rxlob/core'
import type { FeedCounts, FeedDiagnostic } from '@rxlob/feed'
import { randomFaultPlan, runFaultPlan, type Fault, type FaultKind } from '@rxlob/testkit/venues'
import { consequenceOf, hits, kindsOf } from './kinds.ts'
import { millis, percentile, scaled, tally, type RowOptions, type RowResult } from './report.ts'
import { feeds, rig, type FeedName, type Rig } from './rig.ts'

const gateSeeds = 2000
const faultsASeed = 64
const scheduleSeconds = 60
/** Age at which Coinbase refuses a signature. */
const signatureMicros = 30_000_000
/** A silent stream is found within a minute, asked about, and found again: then it must be well. */
const patienceMicros = 400_000_000

/** The counts of the source that begins while `run` runs. */
async function withCounts<T>(run: (counts: () => FeedCounts | undefined) => Promise<T>): Promise<T> {
  let counts: FeedCounts | undefined
  const note = (message: unknown): void => {
    counts = (message as FeedDiagnostic).counts
  }
  subscribe('rxlob:feed', note)
  try {
    return await run(() => counts)
  } finally {
    unsubscribe('rxlob:feed', note)
  }
}

/** How much has been told so far of things that went wrong, in-band and in counts. Repeated messages are none of them: every heartbeat is counted as one. */
const toldBy = ({ watch }: Rig, counts: FeedCounts | undefined): number => {
  const { badMessages = 0, unknown = 0, oldSnapshots = 0, gaps = 0, resyncs = 0, auditMismatches = 0, quoteMismatches = 0, overflows = 0 } = counts ?? {}
  const statuses = [...watch.told].reduce((sum, [status, count]) => (status === 'connected' ? sum : sum + count), 0)
  return statuses + badMessages + unknown + oldSnapshots + gaps + resyncs + auditMismatches + quoteMismatches + overflows
}

export async function becomesLive({ clock, watch, errors }: Rig, withinMicros: number): Promise<boolean> {
  for (let waited = 0; waited < withinMicros && !watch.allLive && errors.length === 0; waited += 250_000) await clock.advance(250_000)
  return watch.allLive
}

export interface ScheduleResult {
  readonly feed: FeedName
  readonly injected: ReadonlyMap<FaultKind, number>
  readonly told: number
  readonly compared: number
  readonly failures: readonly string[]
  readonly blind: number
}

/** One random schedule: ends live and equal to the reference, or says why not. */
export async function runSchedule(seed: number, faults = faultsASeed, seconds = scheduleSeconds): Promise<ScheduleResult> {
  const feed = feeds[seed % feeds.length]!
  const running = rig({ feed, seed, ordersPerSecond: 10 })
  const { clock, venue, watch, symbols, errors } = running
  return withCounts(async (counts) => {
    running.start()
    await becomesLive(running, 60_000_000)
    const plan = randomFaultPlan({ random: seededRandom(seed + 9), kinds: kindsOf(feed), symbols, faults, seconds })
    const stop = runFaultPlan(plan, venue.faults, clock)
    await clock.advance(seconds * 1_000_000)
    stop()
    venue.faults.calm()
    const live = await becomesLive(running, patienceMicros)
    const clockRefused = refusedForClock(running)
    const failures = [...watch.failures, ...venue.politeness.report().violations.map((text) => `impolite: ${text}`), ...(clockRefused ? [] : errors.map((error) => `ended: ${String(error)}`))]
    if (!live && !refused(running) && !clockRefused) failures.push(`not live ${patienceMicros / 1e6} s after the last fault: ${symbols.filter((symbol) => !watch.synced(symbol)).join(', ')}; last ${JSON.stringify(watch.statuses.slice(-3))}`)
    // Markets move: a book that claims to be synced hears of it, or its silence is found within a minute.
    for (let waited = 0; waited < 16 && watch.frozenSince(clock.now() - 10_000_000).length > 0; waited++) await clock.advance(10_000_000)
    const frozen = watch.frozenSince(clock.now() - 10_000_000)
    if (frozen.length > 0) failures.push(`synced and silent in a market that moves: ${frozen.join(', ')}`)
    if (watch.counts.durationsNegative > 0) failures.push(`time went back ${watch.counts.durationsNegative} times`)
    const injected = new Map<FaultKind, number>()
    for (const { kind } of venue.faults.log) injected.set(kind, (injected.get(kind) ?? 0) + 1)
    const result = { feed, injected, told: toldBy(running, counts()), compared: watch.counts.compared, failures, blind: watch.counts.blind }
    await running.stop()
    return result
  })
}

/** What was refused stays so, and was told. */
const refused = ({ watch, symbols }: Rig): boolean =>
  symbols.every((symbol) => watch.synced(symbol) || watch.statuses.some(({ status, instrument }) => status === 'refused' && instrument.endsWith(symbol)))

/** A login that is signed by a clock half a minute from the venue's is refused, and no repetition mends that: the source ends and says so (F29). */
const refusedForClock = ({ errors, clock, venue }: Rig): boolean =>
  errors.length > 0 && errors.every((error) => error instanceof LobError && error.code === 'LOB_AUTH') && Math.abs(venue.reference.clock.now() - clock.now()) > signatureMicros

/** G7: random schedules over every kind, in virtual time. */
export async function schedules(options: RowOptions): Promise<RowResult> {
  const g7 = tally('G7', 'fault tolerance, simulated network', '2,000 schedules, at least 100,000 faults of at least 40 kinds', options)
  const seeds = scaled(gateSeeds, options.scale)
  const kinds = new Map<FaultKind, number>()
  let compared = 0
  let blind = 0
  for (let at = 0; at < seeds; at++) {
    const seed = options.seed * 100_000 + at
    const { feed, injected, told, failures, ...more } = await runSchedule(seed)
    for (const [kind, count] of injected) kinds.set(kind, (kinds.get(kind) ?? 0) + count)
    for (const failure of failures) g7.fail(`seed ${seed} (${feed}): ${failure}`)
    g7.sums.injected += [...injected.values()].reduce((sum, count) => sum + count, 0)
    g7.sums.detected += told
    if (failures.length === 0) g7.sums.recovered++
    compared += more.compared
    blind += more.blind
    if (at % 20 === 19) options.progress(`G7: ${at + 1} of ${seeds} schedules, ${g7.sums.injected} faults, ${g7.failures.length} failures`)
  }
  g7.sums.produced = compared
  g7.sums.delivered = compared
  g7.notes.push(`${kinds.size} kinds: ${[...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${kind} ${count}`).join(', ')}`)
  g7.notes.push('detected: everything that was told in-band or counted; recovered: schedules that ended live and equal to the reference, or refused and told')
  g7.notes.push(`books without numbers wrong till their audit: ${blind} times`)
  return g7.result(`${seeds.toLocaleString('en')} schedules, ${g7.sums.injected.toLocaleString('en')} faults of ${kinds.size} kinds`, seeds < gateSeeds || g7.sums.injected < 100_000)
}

/** A kind of fault by itself. */
export interface SoloResult {
  readonly told: boolean
  readonly lost: boolean
  readonly live: boolean
  /** From when the venue was well again till the last book was; where nothing that it sends could show the fault, from when it was found. */
  readonly recoveryMicros: number
  /** From the first effect of the fault till a book was given up for it. */
  readonly foundMicros: number | undefined
  readonly failures: readonly string[]
  readonly log: number
  /** Times that a book was wrong while nothing could have shown it, and was put right in time. */
  readonly blind: number
}

const soloSeconds = 4
/** These last: the venue is well when they end. All others are over once they have taken effect. */
const lasting: ReadonlySet<FaultKind> = new Set<FaultKind>(['delay', 'future-snapshot', 'stall-data', 'stall-all', 'half-open', 'no-pong', 'silent-subscription', 'halt', 'dns-failure', 'tls-failure', 'too-many', 'banned', 'slow-body', 'shutdown'])

export async function runSolo(feed: FeedName, kind: FaultKind, seed: number): Promise<SoloResult> {
  const running = rig({ feed, seed })
  const { clock, venue, watch, symbols } = running
  return withCounts(async (counts) => {
    running.start()
    await becomesLive(running, 60_000_000)
    await clock.advance(3_000_000)
    const before = toldBy(running, counts())
    const beganAt = clock.now()
    let liveAt = beganAt
    let lostAt: number | undefined
    watch.onChange((_, synced) => {
      if (!synced) lostAt ??= clock.now()
      if (watch.allLive) liveAt = clock.now()
    })
    const fault: Fault = { kind, symbol: symbols[0]!, seconds: soloSeconds, count: 2 }
    venue.faults.inject(fault)
    // What concerns requests or subscriptions shows when a client asks.
    if (['stale', 'other', 'partial', 'slow', 'redirect', 'server', 'forbidden', 'too-many', 'banned', 'future'].some((word) => kind.startsWith(word))) venue.faults.inject({ kind: 'drop', symbol: symbols[0]!, count: 1 })
    if (kind === 'silent-subscription' || kind === 'refused-subscription') venue.faults.inject({ kind: 'reset' })
    await clock.advance(soloSeconds * 1_000_000 + 100_000_000)
    const live = (await becomesLive(running, patienceMicros)) || refused(running)
    const failures = [...watch.failures, ...venue.politeness.report().violations.map((text) => `impolite: ${text}`)]
    const effects = venue.faults.log.map(({ at }) => at)
    const endedAt = Math.max(lasting.has(kind) ? beganAt + soloSeconds * 1_000_000 : beganAt, ...effects)
    const wellAt = consequenceOf(kind, feed) === 'hides' ? Math.max(endedAt, lostAt ?? endedAt) : endedAt
    const result = {
      told: toldBy(running, counts()) > before, lost: lostAt !== undefined, live, failures, log: effects.length, blind: watch.counts.blind,
      recoveryMicros: Math.max(0, liveAt - wellAt),
      foundMicros: lostAt === undefined ? undefined : lostAt - Math.min(...effects, lostAt),
    }
    await running.stop()
    return result
  })
}

const gateSolo = 5

/** A book that is lost for one of these is lost for nothing. */
const harmless: ReadonlySet<FaultKind> = new Set<FaultKind>(['shutdown', 'duplicate', 'proto-key', 'deep-nesting', 'fragments', 'empty-fragments', 'delay', 'number-as-text'])
/** Not within the goal: a ban lasts as long as the venue says, and what was refused stays so and is told. */
const apart: ReadonlySet<FaultKind> = new Set<FaultKind>(['banned', 'too-many', 'refused-subscription'])

function judgeSolo(feed: FeedName, kind: FaultKind, { told, lost, live, failures, log }: SoloResult): readonly string[] {
  const found = [...failures]
  if (!live) found.push('not live again')
  if (log === 0 && kind !== 'refused-subscription') found.push('the fault did not happen')
  const consequence = consequenceOf(kind, feed)
  if (consequence === 'tells' && !told) found.push('nothing was told')
  // Without numbers a successor cannot take over from a book: it begins its own.
  const handsOver = feed !== 'level2_batch' && feed !== 'advanced'
  if (lost && feed !== 'full' && consequence === 'absorbs' && harmless.has(kind) && (kind !== 'shutdown' || handsOver)) found.push('a book was lost that need not be')
  return found
}

/** G9, and what each kind leads to: every kind alone, on every feed that it can happen to. */
export async function kindByKind(options: RowOptions): Promise<RowResult> {
  const row = tally('G9', 'recovery time, kind by kind', 'server healthy to live: p50 at most 1 s, p99 at most 5 s, bans apart; handover without a moment invalid', options)
  const times: number[] = []
  const lines = new Map<FaultKind, { runs: number; told: number; lost: number; found: number; worst: number }>()
  const repeats = scaled(gateSolo, options.scale)
  for (const feed of feeds) {
    for (const kind of kindsOf(feed).filter((kind) => hits(kind, feed))) {
      for (let repeat = 0; repeat < repeats; repeat++) {
        const seed = options.seed * 1000 + repeat
        const solo = await runSolo(feed, kind, seed)
        const { told, lost, live, recoveryMicros, foundMicros = 0 } = solo
        row.sums.injected++
        if (told) row.sums.detected++
        if (live) row.sums.recovered++
        for (const failure of judgeSolo(feed, kind, solo)) row.fail(`${feed} ${kind} (seed ${seed}): ${failure}`)
        const known = lines.get(kind) ?? { runs: 0, told: 0, lost: 0, found: 0, worst: 0 }
        known.runs++
        if (told) known.told++
        if (lost) known.lost++
        known.found = Math.max(known.found, foundMicros)
        known.worst = Math.max(known.worst, recoveryMicros)
        lines.set(kind, known)
        if (lost && !apart.has(kind)) times.push(recoveryMicros)
      }
    }
    options.progress(`G9 ${feed}: ${row.sums.injected} runs, ${row.failures.length} failures`)
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
  if (p50 > 1_000_000) row.fail(`p50 of recovery is ${millis(p50)}`)
  if (p99 > 5_000_000) row.fail(`p99 of recovery is ${millis(p99)}`)
  row.notes.push(`recovery of ${times.length} lost books: p50 ${millis(p50)}, p99 ${millis(p99)}, worst ${millis(Math.max(0, ...times))}`)
  row.notes.push('lost after: from the first effect to the first book given up; live after: from the last effect, or the end of one that lasts 4 s, to the last book live. Both at most')
  row.notes.push('told: in-band or counted; a fault of level2_batch that nothing in its messages can show heals by itself or is found by an audit: its recovery counts from there')
  for (const [kind, { runs, told, lost, found, worst }] of lines) row.notes.push(`${kind.padEnd(22)} ${String(runs).padStart(3)} runs, told ${String(told).padStart(3)}, book lost ${String(lost).padStart(3)}${lost === 0 ? '' : `, lost after ${millis(found)}, ${kind === 'refused-subscription' ? 'what was refused stays so' : `live after ${millis(worst)}`}`}`)
  return row.result(`${row.sums.injected} faults, each alone`, repeats < gateSolo)
}
