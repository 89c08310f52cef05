import { LobError, type Source } from '@rxlob/core'
import { isDeepStrictEqual } from 'node:util'
import { checkBook, checkEnd, checkInstruments, checkSupports, checkTimes } from './check-stream.js'
import type { Check } from './check.js'
import { demand } from './demand.js'
import { describeError, readEvents, readWell } from './read-source.js'
import { testBatches } from './test-batches.js'

export interface TestSourceOptions {
  /** Events that a check reads at most. Default 20,000. */
  readonly events?: number
  /** How long a check waits for the next event, milliseconds. Default 2,000. */
  readonly waitMillis?: number
  /** Files, sockets and timers of the source that are open now: the proof that unsubscribing closes them. */
  readonly open?: () => number
  /** A source that loses messages on their way, to be noticed, told and healed. */
  readonly faulty?: () => Source | Promise<Source>
  /** A source that must fail: a cut file, a refused subscription. */
  readonly broken?: () => Source | Promise<Source>
}

const restarting = ['disconnected', 'gap', 'stale', 'dropped', 'session']

/**
 * The source contract as checks: definitions first, arrival times that never go back, events that make a possible book,
 * subscriptions that share nothing and close what they open, and batches that hold the same events.
 *
 * @param create A new source for each check.
 * @example
 * for (const check of testSource(() => lobster({ messages, orderbook }))) it(check.name, check.run)
 */
export function testSource(create: () => Source | Promise<Source>, options: TestSourceOptions = {}): Check[] {
  const { events: limit = 20_000, waitMillis = 2000, open, faulty, broken } = options
  const check = (name: string, body: (source: Source) => Promise<void>): Check => ({ name, run: async () => body(await create()) })
  const read = async (source: Source) => (await readWell(source, limit, waitMillis)).events
  const closed = async (source: Source, after: string): Promise<void> => {
    if (!open) return
    await new Promise((resolve) => setTimeout(resolve, 10))
    demand(open() === 0, () => `${source.name}: ${after} ${open()} of its files or connections are still open.`)
  }

  const checks: Check[] = [
    check('names its contract and what it supports', async (source) => checkDeclaration(source)),
    check('begins each instrument with its definition', async (source) => checkInstruments(source, await read(source))),
    check('gives whole microseconds, and arrival never goes back', async (source) => checkTimes(source, await read(source))),
    check('gives what it says it supports', async (source) => checkSupports(source, await read(source))),
    check('makes a possible book', async (source) => checkBook(source, await read(source))),
    check('says no more of an instrument that has ended', async (source) => checkEnd(source, await read(source))),
    check('opens nothing before it is subscribed to, and closes on unsubscribe', async (source) => {
      const events = source.events()
      await closed(source, 'before any subscription')
      demand(typeof events.subscribe === 'function', () => `${source.name}: events() is no Observable.`)
      for (const few of [1, 7]) {
        const { end } = await readWell(source, few, waitMillis)
        demand(end === 'enough' || source.supports.timing === 'live', () => `${source.name}: fewer than ${few} events.`)
        await closed(source, `unsubscribed after ${few} events,`)
      }
      await read(source)
      await closed(source, 'at the end')
    }),
    check('gives the same events to each subscription', async (source) => {
      if (source.supports.timing === 'live') return
      await readWell(source, 3, waitMillis)
      const [one, two] = await Promise.all([read(source), read(source)])
      const three = await read(await create())
      for (const [what, other] of [['a second subscription, side by side', two], ['a second source', three]] as const) {
        const at = one.findIndex((event, index) => !isDeepStrictEqual(event, other[index]))
        demand(at === -1 && other.length === one.length, () => `${source.name}: ${what}: event ${at === -1 ? one.length : at} differs: ${JSON.stringify(one[at])} and ${JSON.stringify(other[at])}.`)
      }
    }),
    ...testBatches({
      check: (name, body) => check(name, async (source) => (source.batches ? body(source) : undefined)),
      limit,
      waitMillis,
      open,
    }),
  ]
  if (faulty) checks.push({ name: 'tells of lost messages, and heals with a snapshot', run: async () => checkHealing(await faulty(), limit, waitMillis) })
  if (broken) checks.push({ name: 'fails with a LobError, after what it could still give', run: async () => checkFailure(await broken(), limit, waitMillis) })
  return checks
}

function checkDeclaration({ contract, name, supports, batches }: Source): void {
  const { timing, book, levels, trades, detects } = supports
  demand(contract === 1, () => `Expected contract 1, got ${String(contract)}.`)
  demand(typeof name === 'string' && name.length > 0, () => 'A source has a name.')
  demand(['live', 'replay'].includes(timing), () => `${name}: expected timing live or replay, got ${timing}.`)
  demand(['none', 'l1', 'l2', 'l3'].includes(book), () => `${name}: expected a book of none, l1, l2 or l3, got ${book}.`)
  demand(book === 'none' ? levels === 0 : levels >= 1, () => `${name}: a book of ${book} with ${levels} levels.`)
  demand(book !== 'l1' || levels === 1, () => `${name}: a book of l1 with ${levels} levels.`)
  demand(book !== 'none' || trades, () => `${name}: neither a book nor trades.`)
  for (const flag of ['gaps', 'staleness', 'lostTrades'] as const) demand(typeof detects[flag] === 'boolean', () => `${name}: supports.detects.${flag} is missing.`)
  demand(batches === undefined || typeof batches === 'function', () => `${name}: batches is no function.`)
}

async function checkHealing(source: Source, limit: number, waitMillis: number): Promise<void> {
  const { events } = await readWell(source, limit, waitMillis)
  const lost = events.findIndex((event) => event.kind === 'status' && restarting.includes(event.status))
  demand(lost !== -1, () => `${source.name}: messages were lost, and no status tells of it in ${events.length} events.`)
  const { instrument } = events[lost]!
  const healed = events.findIndex((event, at) => at > lost && event.kind === 'snapshot' && event.instrument === instrument)
  demand(healed !== -1, () => `${source.name}: event ${lost} tells of a loss of ${instrument}, and no snapshot follows in ${events.length - lost} events.`)
  checkTimes(source, events)
  checkBook(source, events)
}

async function checkFailure(source: Source, limit: number, waitMillis: number): Promise<void> {
  const { events, end, error } = await readEvents(source, limit, waitMillis)
  demand(end === 'failed', () => `${source.name}: expected to fail, ${end === 'waited' ? `hangs for ${waitMillis} ms` : end} after ${events.length} events.`)
  demand(error instanceof LobError, () => `${source.name}: expected a LobError, got ${describeError(error)}.`)
  checkInstruments(source, events)
  checkTimes(source, events)
}
