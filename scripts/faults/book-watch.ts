import type { Instrument, InstrumentId, MarketEvent, Side } from '@rxlob/core'
import { levelHash, type LevelHash, type ReferenceMarket, type Venue } from '@rxlob/testkit/venues'

interface WatchCounts {
  /** Book events compared by hash with the reference at their id. */
  compared: number
  /** Of these also level by level. */
  listed: number
  /** Times that a book was found wrong though nothing could have shown it, and put right in time. */
  blind: number
  /** Events whose id the reference has forgotten. */
  unknown: number
  snapshots: number
  trades: number
  /** Trades that came twice or went back, while nothing had started again. */
  tradesRepeated: number
  /** Trade ids missing without a word. */
  tradesMissing: number
  durationsNegative: number
}

/** A consumer too simple to be wrong: maps of levels, compared with the truth after every event. */
export interface BookWatch {
  readonly counts: WatchCounts
  /** What must not be. */
  readonly failures: readonly string[]
  readonly statuses: readonly Extract<MarketEvent, { kind: 'status' }>[]
  /** Status events by name. */
  readonly told: ReadonlyMap<string, number>
  event(event: MarketEvent): void
  synced(symbol: string): boolean
  readonly instruments: number
  /** Whether every book is synced and no wrong one is left. */
  readonly allLive: boolean
  /** Synced books of which nothing was heard since: in a market that moves they are frozen. */
  frozenSince(micros: number): readonly string[]
  /** Called whenever a book becomes synced or stops being it. */
  onChange(run: (symbol: string, synced: boolean) => void): void
  /** Lets go of the statuses kept so far. */
  forget(): void
}

interface Watched {
  readonly market: ReferenceMarket
  readonly definition: Instrument
  readonly bids: Map<number, number>
  readonly asks: Map<number, number>
  readonly orders: Map<number, { readonly side: Side; readonly ticks: number; lots: number }>
  readonly hash: LevelHash
  synced: boolean
  wrongSince: number | undefined
  lastTrade: number
  lastLocal: number
  bookLocal: number
  sinceList: number
}

const listEvery = 1000
const restarting: ReadonlySet<string> = new Set(['disconnected', 'gap', 'stale', 'dropped', 'session'])

/**
 * @param blindMicros How long a book may be wrong at this moment because nothing that the venue sends could show it; 0: not for an instant.
 * @param keep Keeps every status.
 */
export function bookWatch(venue: Venue, now: () => number, blindMicros: () => number, keep = true): BookWatch {
  const counts: WatchCounts = { compared: 0, listed: 0, blind: 0, unknown: 0, snapshots: 0, trades: 0, tradesRepeated: 0, tradesMissing: 0, durationsNegative: 0 }
  const failures: string[] = []
  const statuses: Extract<MarketEvent, { kind: 'status' }>[] = []
  const told = new Map<string, number>()
  const books = new Map<InstrumentId, Watched>()
  let changed = (_symbol: string, _synced: boolean): void => {}

  function fail(text: string): void {
    if (failures.length < 50) failures.push(text)
  }
  function setSynced(watched: Watched, synced: boolean): void {
    if (watched.synced === synced) return
    watched.synced = synced
    watched.wrongSince = undefined
    changed(watched.market.symbol, synced)
  }
  function set(watched: Watched, side: Side, ticks: number, lots: number): void {
    const levels = side === 'bid' ? watched.bids : watched.asks
    const before = levels.get(ticks) ?? 0
    if (lots > 0) levels.set(ticks, lots)
    else levels.delete(ticks)
    watched.hash.change(side, ticks, before, lots)
  }
  function clear(watched: Watched): void {
    watched.bids.clear()
    watched.asks.clear()
    watched.orders.clear()
    watched.hash.clear()
  }
  function idOf(watched: Watched, event: MarketEvent): number | undefined {
    const { market } = watched
    if (venue.frontEnd.name.startsWith('binance')) return event.seq
    if (event.seq !== undefined) return market.idOfSequence(event.seq)
    return market.idAt(event.tsExchange)
  }
  function compare(watched: Watched, event: MarketEvent): void {
    const id = idOf(watched, event)
    const known = id === undefined ? undefined : watched.market.archive.matches(id, watched.hash.high, watched.hash.low)
    const right = known ?? (blindMicros() > 0 ? false : undefined)
    if (right === undefined) {
      counts.unknown++
      fail(`${event.instrument}: the reference knows no id ${id} of ${event.kind} ${event.seq ?? event.tsExchange}`)
      return
    }
    counts.compared++
    if (known !== undefined && (event.kind === 'snapshot' || ++watched.sinceList >= listEvery)) {
      watched.sinceList = 0
      counts.listed++
      if (sameAsList(watched, id!) !== right) fail(`${event.instrument}: hash and list disagree at ${id}`)
    }
    if (right) {
      if (watched.wrongSince !== undefined) counts.blind++
      watched.wrongSince = undefined
      return
    }
    if (blindMicros() === 0) {
      fail(`${event.instrument}: the book differs from the reference at ${id} while it claims to be synced (${event.kind} ${event.seq ?? ''}, ${differences(watched, id!)})`)
      // One report a break: the book is put right before more is compared.
      const truth = watched.market.archive.bookAt(id!)!
      clear(watched)
      for (const [ticks, lots] of truth.bids) set(watched, 'bid', ticks, lots)
      for (const [ticks, lots] of truth.asks) set(watched, 'ask', ticks, lots)
      return
    }
    watched.wrongSince ??= now()
    if (now() - watched.wrongSince > blindMicros()) {
      fail(`${event.instrument}: wrong for ${now() - watched.wrongSince} us and nothing found it`)
      watched.wrongSince = now()
    }
  }

  return {
    counts,
    failures,
    statuses,
    told,
    event(event) {
      if (event.kind === 'instrument') {
        const known = books.get(event.instrument)
        if (known === undefined) {
          const market = venue.reference.market(event.definition.symbol)
          books.set(event.instrument, { market, definition: event.definition, bids: new Map(), asks: new Map(), orders: new Map(), hash: levelHash(), synced: false, wrongSince: undefined, lastTrade: NaN, lastLocal: -Infinity, bookLocal: -Infinity, sinceList: 0 })
        } else setSynced(known, false)
        return
      }
      const watched = books.get(event.instrument)
      if (watched === undefined) {
        fail(`${event.instrument}: an event before its instrument`)
        return
      }
      if (event.tsLocal < watched.lastLocal) counts.durationsNegative++
      watched.lastLocal = event.tsLocal
      if (event.kind !== 'status' && event.kind !== 'trade') watched.bookLocal = event.tsLocal
      const ticksOf = (price: number): number => Math.round(price / watched.definition.tickSize)
      const lotsOf = (size: number): number => Math.round(size / watched.definition.lotSize)
      switch (event.kind) {
        case 'status':
          told.set(event.status, (told.get(event.status) ?? 0) + 1)
          if (keep) statuses.push(event)
          if (restarting.has(event.status)) {
            if (event.channel !== 'trades') setSynced(watched, false)
            if (event.channel !== 'book') watched.lastTrade = NaN
          }
          break
        case 'snapshot':
          counts.snapshots++
          clear(watched)
          for (const [price, size] of event.bids) set(watched, 'bid', ticksOf(price), lotsOf(size))
          for (const [price, size] of event.asks) set(watched, 'ask', ticksOf(price), lotsOf(size))
          for (const { orderId, side, price, size } of event.orders ?? []) watched.orders.set(orderId, { side, ticks: ticksOf(price), lots: lotsOf(size) })
          setSynced(watched, true)
          compare(watched, event)
          break
        case 'delta':
          if (!watched.synced) break
          for (const [price, size] of event.bids) set(watched, 'bid', ticksOf(price), lotsOf(size))
          for (const [price, size] of event.asks) set(watched, 'ask', ticksOf(price), lotsOf(size))
          compare(watched, event)
          break
        case 'order': {
          if (!watched.synced) break
          const { action, orderId, side, price, size } = event
          const lots = lotsOf(size)
          const total = (ticks: number): number => (side === 'bid' ? watched.bids : watched.asks).get(ticks) ?? 0
          if (action === 'add') {
            watched.orders.set(orderId, { side, ticks: ticksOf(price), lots })
            set(watched, side, ticksOf(price), total(ticksOf(price)) + lots)
          } else {
            const order = watched.orders.get(orderId)
            if (order === undefined) {
              fail(`${event.instrument}: ${action} of an unknown order`)
              break
            }
            if (action === 'replace') {
              set(watched, side, order.ticks, total(order.ticks) - order.lots)
              watched.orders.set(orderId, { side, ticks: ticksOf(price), lots })
              set(watched, side, ticksOf(price), total(ticksOf(price)) + lots)
            } else {
              set(watched, side, order.ticks, total(order.ticks) - lots)
              order.lots -= lots
              if (order.lots <= 0 || action === 'remove') watched.orders.delete(orderId)
            }
          }
          compare(watched, event)
          break
        }
        case 'trade': {
          counts.trades++
          const { seq } = event
          if (seq === undefined) break
          if (seq <= watched.lastTrade) counts.tradesRepeated++
          if (seq > watched.lastTrade + 1) {
            counts.tradesMissing += seq - watched.lastTrade - 1
            fail(`${event.instrument}: trades ${watched.lastTrade + 1} to ${seq - 1} are missing without a word`)
          }
          watched.lastTrade = seq
          break
        }
        default:
      }
    },
    synced: (symbol) => [...books.values()].some(({ market, synced }) => market.symbol === symbol && synced),
    get instruments() {
      return books.size
    },
    get allLive() {
      return books.size > 0 && [...books.values()].every(({ synced, wrongSince }) => synced && wrongSince === undefined)
    },
    frozenSince: (micros) => [...books.values()].filter(({ synced, bookLocal }) => synced && bookLocal < micros).map(({ market }) => market.symbol),
    onChange(run) {
      changed = run
    },
    forget() {
      statuses.length = 0
    },
  }
}

function sameAsList({ market, bids, asks }: Watched, id: number): boolean {
  const truth = market.archive.bookAt(id)
  if (truth === undefined || truth.bids.length !== bids.size || truth.asks.length !== asks.size) return false
  return truth.bids.every(([ticks, lots]) => bids.get(ticks) === lots) && truth.asks.every(([ticks, lots]) => asks.get(ticks) === lots)
}

function differences({ market, bids, asks }: Watched, id: number): string {
  const truth = market.archive.bookAt(id)!
  const wrong = [...truth.bids.filter(([ticks, lots]) => bids.get(ticks) !== lots), ...truth.asks.filter(([ticks, lots]) => asks.get(ticks) !== lots)].length
  const more = [...bids.keys()].filter((ticks) => !truth.bids.some(([at]) => at === ticks)).length + [...asks.keys()].filter((ticks) => !truth.asks.some(([at]) => at === ticks)).length
  return `${wrong} levels missing or other, ${more} too many`
}
