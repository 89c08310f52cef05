import type { Clock, Micros, Random } from '@rxlob/core'
import type { Fault, FaultKind } from './fault-kinds.js'
import type { FaultyWire } from './faulty-wire.js'
import type { VenueMessage, VenueRequest } from './front-end.js'
import type { Politeness } from './politeness.js'
import type { ReferenceExchange } from './reference-exchange.js'
import { requestFaults } from './request-faults.js'
import type { VenueAnswer } from './wire.js'

/** A fault that took effect. */
export interface FaultRecord {
  readonly kind: FaultKind
  readonly at: Micros
  /** What it hit, where it hit a message: first and last number, or the trade's. */
  readonly message?: Pick<VenueMessage, 'symbol' | 'kind' | 'from' | 'to' | 'tradeId'>
}

/** Makes things go wrong at a venue, and writes down what did. */
export interface FaultDesk {
  inject(fault: Fault): void
  /** Everything that took effect, oldest first. */
  readonly log: readonly FaultRecord[]
  /** Empties the log: long runs need not keep it. */
  forget(): void
  /** Faults that were asked for. Some wait for a message or a request to hit. */
  readonly injected: number
  /** Forgets what waits to happen, and ends what lasts. */
  calm(): void
  readonly refusesConnections: boolean
  readonly random: Random
  /** The fault that the message meets, if any; it is used up. */
  meet(message: VenueMessage): Fault | undefined
  /** Whether data of the symbol are to be swallowed now. */
  stalls(symbol: string | undefined): boolean
  /** Whether the next subscription of the symbol is to be refused; used up where it is. */
  refuses(symbol: string): boolean
  /** Whether subscriptions of the symbol are accepted and stay silent. */
  silences(symbol: string): boolean
  answer(request: VenueRequest, regular: (url: string) => VenueAnswer): VenueAnswer
  record(kind: FaultKind, message?: VenueMessage): void
  join(wire: FaultyWire): void
  leave(wire: FaultyWire): void
  serve(reference: ReferenceExchange, politeness: Politeness): void
}

const onMessages: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'drop', 'duplicate', 'reorder', 'merge', 'bit-flip', 'truncate', 'invalid-utf8', 'missing-field', 'wrong-type', 'number-as-text', 'huge-number', 'proto-key', 'deep-nesting', 'hidden-trade',
  'fragments', 'empty-fragments', 'bad-compression', 'cut', 'bomb', 'oversize', 'unknown-type',
])
const microsOf = (seconds: number): Micros => Math.round(seconds * 1_000_000)

export function faultDesk(clock: Clock, random: Random): FaultDesk {
  const log: FaultRecord[] = []
  const wires = new Set<FaultyWire>()
  let waiting: { readonly fault: Fault; left: number }[] = []
  const until = new Map<string, Micros>()
  const cancels = new Set<() => void>()
  let reference: ReferenceExchange | undefined
  let polite: Politeness | undefined
  let injected = 0

  const lasts = (key: string): boolean => (until.get(key) ?? -Infinity) > clock.now()
  const note = (kind: FaultKind, message?: VenueMessage): void => {
    const { symbol, kind: channel, from, to, tradeId } = message ?? {}
    log.push({ kind, at: clock.now(), ...(message && { message: { kind: channel!, ...(symbol !== undefined && { symbol }), ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...(tradeId !== undefined && { tradeId }) } }) })
  }
  function after(seconds: number, run: () => void): void {
    const cancel = clock.after(microsOf(seconds), () => {
      cancels.delete(cancel)
      run()
    })
    cancels.add(cancel)
  }
  function last(key: string, seconds: number): void {
    until.set(key, clock.now() + microsOf(seconds))
  }
  function each(kind: FaultKind, run: (wire: FaultyWire) => void): void {
    // Some leave while it is done to them.
    for (const wire of Array.from(wires)) run(wire)
    note(kind)
  }

  const requests = requestFaults(() => [...(reference?.markets.keys() ?? [])], (kind) => note(kind))

  function inject(fault: Fault): void {
    injected++
    const { kind, symbol, seconds = 5, count = 1, code = 1001 } = fault
    if (onMessages.has(kind)) waiting.push({ fault, left: count })
    else if (!requests.take(fault)) {
      switch (kind) {
        case 'delay':
        case 'future-snapshot':
          each(kind, (wire) => wire.hold(microsOf(seconds)))
          break
        case 'stall-data':
          last(`stall ${symbol ?? ''}`, seconds)
          note(kind)
          break
        case 'stall-all':
        case 'half-open':
          each(kind, (wire) => wire.freeze(microsOf(seconds)))
          break
        case 'no-pong':
          last('stall ', seconds)
          each(kind, (wire) => wire.deaf(microsOf(seconds)))
          break
        case 'silent-subscription':
          last(`silent ${symbol ?? ''}`, seconds)
          note(kind)
          break
        case 'refused-subscription':
          last(`refuse ${symbol ?? ''}`, Infinity)
          break
        case 'alias-product':
          break
        case 'mid-snapshot':
          each(kind, (wire) => wire.session?.sendSnapshot?.(symbol ?? ''))
          break
        case 'counter-gap':
          each(kind, (wire) => wire.session?.skipNumber?.())
          break
        case 'halt': {
          const markets = [...(reference?.markets.values() ?? [])].filter((market) => symbol === undefined || market.symbol === symbol)
          for (const market of markets) market.halt(true)
          note(kind)
          after(seconds, () => {
            for (const market of markets) market.halt(false)
          })
          break
        }
        case 'clock-step':
          reference?.step(microsOf(seconds))
          note(kind)
          break
        case 'reset':
          each(kind, (wire) => wire.reset())
          break
        case 'close':
          each(kind, (wire) => wire.close(code, 'closed by plan'))
          break
        case 'close-without-code':
          each(kind, (wire) => wire.close(0, ''))
          break
        case 'early-close':
          each(kind, (wire) => wire.close(1008, 'Connection lifetime'))
          break
        case 'shutdown': {
          const going = [...wires]
          each(kind, (wire) => wire.session?.announceShutdown?.())
          after(seconds, () => {
            for (const wire of going) wire.close(1012, 'Service restart')
          })
          break
        }
        case 'dns-failure':
        case 'tls-failure':
          last('refuse connections', seconds)
          if (kind === 'dns-failure') last('refuse requests', seconds)
          // Running connections do not mind: the fault shows with the next.
          each(kind, (wire) => wire.reset())
          break
        case 'too-many':
        case 'banned':
          polite?.ban(microsOf(seconds), kind === 'banned' ? 418 : 429)
          note(kind)
          break
        default:
      }
    }
  }

  return {
    inject,
    log,
    forget() {
      log.length = 0
    },
    get injected() {
      return injected
    },
    calm() {
      waiting = []
      requests.calm()
      until.clear()
      for (const wire of wires) wire.calm()
      for (const market of reference?.markets.values() ?? []) market.halt(false)
      for (const cancel of cancels) cancel()
      cancels.clear()
    },
    get refusesConnections() {
      return lasts('refuse connections')
    },
    random,
    meet(message) {
      const at = waiting.findIndex(({ fault }) => {
        const { kind, symbol, channel = kind === 'hidden-trade' ? 'trades' : 'book' } = fault
        return message.kind === channel && (symbol === undefined || message.symbol === symbol)
      })
      if (at < 0) return undefined
      const met = waiting[at]!
      if (--met.left === 0) waiting.splice(at, 1)
      note(met.fault.kind, message)
      return met.fault
    },
    stalls: (symbol) => until.size > 0 && (lasts('stall ') || (symbol !== undefined && lasts(`stall ${symbol}`))),
    refuses(symbol) {
      for (const key of [`refuse ${symbol}`, 'refuse ']) {
        if (!lasts(key)) continue
        until.delete(key)
        note('refused-subscription')
        return true
      }
      return false
    },
    silences: (symbol) => until.size > 0 && (lasts('silent ') || lasts(`silent ${symbol}`)),
    answer(request, regular) {
      if (lasts('refuse requests')) return { afterMicros: 0, status: 0, body: '', headers: {}, failure: 'refused' }
      return requests.answer(request, regular)
    },
    record: note,
    join: (wire) => void wires.add(wire),
    leave: (wire) => void wires.delete(wire),
    serve(served, counting) {
      reference = served
      polite = counting
    },
  }
}
