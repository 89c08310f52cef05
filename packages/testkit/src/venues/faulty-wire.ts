import type { Clock, Micros } from '@rxlob/core'
import type { FaultDesk } from './fault-desk.js'
import type { Fault } from './fault-kinds.js'
import type { VenueLink, VenueMessage, VenueSession } from './front-end.js'
import { mutate } from './mutations.js'
import type { FrameMischief, Wire } from './wire.js'

/** One connection of a venue, with everything that may go wrong on it. */
export interface FaultyWire extends VenueLink {
  readonly session: VenueSession | undefined
  attach(session: VenueSession): void
  /** Called when the venue itself ends the connection. */
  onEnd(run: () => void): void
  /** The connection is over. */
  ended(): void
  /** Everything to the client waits this long, in order. */
  hold(micros: Micros): void
  freeze(micros: Micros): void
  deaf(micros: Micros): void
  reset(): void
  calm(): void
}

const mischiefs: ReadonlySet<string> = new Set<FrameMischief>(['fragments', 'empty-fragments', 'bad-compression', 'cut', 'bomb', 'oversize'])
const data: ReadonlySet<string> = new Set(['book', 'snapshot', 'trades', 'quotes'])

export function faultyWire(wire: Wire, faults: FaultDesk, clock: Clock): FaultyWire {
  let open = true
  let end = (): void => {}
  let session: VenueSession | undefined
  let heldUntil = -Infinity
  let held: (() => void)[] = []
  /** Waits for the message after it in its own stream: to come later than it, or together with it. Between streams no order is promised. */
  let kept: { readonly fault: 'reorder' | 'merge'; readonly message: VenueMessage } | undefined

  function pass(run: () => void): void {
    if (held.length > 0 || clock.now() < heldUntil) held.push(run)
    else run()
  }
  function release(): void {
    if (clock.now() < heldUntil) return
    const due = held
    held = []
    for (const run of due) if (open) run()
  }
  function put(message: string | Uint8Array): void {
    pass(() => wire.message(message))
  }
  function putAfterKept({ kind, symbol, text }: VenueMessage): void {
    if (kept === undefined || kept.message.symbol !== symbol || kept.message.kind !== kind) put(text)
    else {
      const { fault, message } = kept
      kept = undefined
      if (fault === 'merge') put(message.text + text)
      else {
        put(text)
        put(message.text)
      }
    }
  }
  function spoil({ kind }: Fault, message: VenueMessage): void {
    const { text } = message
    if (kind === 'drop' || kind === 'hidden-trade') return
    if (kind === 'duplicate') {
      putAfterKept(message)
      put(text)
    } else if (kind === 'reorder' || kind === 'merge') {
      if (kept !== undefined) put(kept.message.text)
      kept = { fault: kind, message }
    } else if (kind === 'unknown-type') {
      put('{"e":"somethingNew","type":"something_new","channel":"something_new","E":1}')
      putAfterKept(message)
    } else if (mischiefs.has(kind)) {
      pass(() => {
        wire.mischief(kind as FrameMischief, text)
        if (kind === 'cut') finish()
      })
    } else put(mutate(kind, text, faults.random) ?? text)
  }
  function finish(): void {
    if (!open) return
    open = false
    held = []
    faults.leave(self)
    end()
  }

  const self: FaultyWire = {
    get open() {
      return open
    },
    get session() {
      return session
    },
    send(message) {
      if (!open) return
      if (data.has(message.kind) && (faults.stalls(message.symbol) || (message.symbol !== undefined && faults.silences(message.symbol)))) return
      const fault = faults.meet(message)
      if (fault === undefined) putAfterKept(message)
      else spoil(fault, message)
    },
    ping(payload) {
      if (open) pass(() => wire.ping(payload))
    },
    close(code, reason) {
      if (!open) return
      // A close overtakes nothing: what was sent before it arrives before it.
      for (const run of held) run()
      wire.close(code, reason)
      finish()
    },
    reset() {
      if (!open) return
      wire.reset()
      finish()
    },
    attach(attached) {
      session = attached
      faults.join(self)
    },
    onEnd(run) {
      end = run
    },
    ended() {
      open = false
      held = []
      faults.leave(self)
    },
    hold(micros) {
      heldUntil = clock.now() + micros
      clock.after(micros, release)
    },
    freeze(micros) {
      wire.freeze(true)
      clock.after(micros, () => wire.freeze(false))
    },
    deaf(micros) {
      wire.deaf(true)
      clock.after(micros, () => wire.deaf(false))
    },
    calm() {
      heldUntil = -Infinity
      release()
      wire.freeze(false)
      wire.deaf(false)
    },
  }
  return self
}
