import type { Clock } from '@rxlob/core'
import type { FaultDesk } from './fault-desk.js'
import { faultyWire } from './faulty-wire.js'
import type { FrontEnd, VenueRequest } from './front-end.js'
import { politeness, type Politeness, type VenueRules } from './politeness.js'
import type { VenueAnswer, Wire, WirePeer } from './wire.js'

/** A front end with rules and weight, as the venues make them. */
export interface RuledFrontEnd extends FrontEnd {
  readonly rules: VenueRules
  weightOf(url: string): number
}

/** A venue behind its faults, with a count of what is asked of it: transports serve this. */
export interface HostedVenue {
  readonly frontEnd: RuledFrontEnd
  readonly politeness: Politeness
  answer(request: VenueRequest): VenueAnswer
  /** Undefined where the connection is refused; the venue has nothing at the URL or allows no more connections. */
  connect(url: string, wire: Wire): WirePeer | undefined
  readonly connections: number
}

export function hostedVenue(frontEnd: RuledFrontEnd, faults: FaultDesk, clock: Clock): HostedVenue {
  const polite = politeness(clock, frontEnd.rules)
  let connections = 0

  return {
    frontEnd,
    politeness: polite,
    get connections() {
      return connections
    },
    answer(request) {
      const { usedWeight, waitMicros, status } = polite.request(frontEnd.weightOf(request.url))
      const headers = { 'content-type': 'application/json', 'x-mbx-used-weight-1m': String(usedWeight) }
      if (status !== 200) {
        const seconds = Math.ceil(waitMicros / 1_000_000)
        const msg = status === 418 ? `Way too much request weight used; IP banned until ${Math.floor((clock.now() + waitMicros) / 1000)}.` : 'Too much request weight used.'
        return { afterMicros: 0, status, body: JSON.stringify({ code: -1003, msg }), headers: { ...headers, 'retry-after': String(seconds) } }
      }
      return faults.answer(request, (url) => {
        const { status, body, headers: more } = frontEnd.request({ ...request, url })
        return { afterMicros: 0, status, body, headers: { ...headers, ...more } }
      })
    },
    connect(url, wire) {
      if (!polite.connect() || faults.refusesConnections) return undefined
      const link = faultyWire(wire, faults, clock)
      const session = frontEnd.connect(url, link)
      if (session === undefined) return undefined
      link.attach(session)
      const frames = polite.connection()
      let open = true
      connections++

      function end(): void {
        if (!open) return
        open = false
        connections--
        link.ended()
        session!.closed()
      }
      function counted(run: () => void): void {
        if (!open) return
        if (frames.frame()) run()
        else {
          wire.close(1008, 'Too many requests')
          end()
        }
      }
      link.onEnd(end)
      return {
        received: (text) => counted(() => session.received(text)),
        pinged: () => counted(() => session.pinged()),
        ponged: (payload) => counted(() => session.ponged(payload)),
        closed: end,
      }
    },
  }
}
