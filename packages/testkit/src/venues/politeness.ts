import type { Clock, Micros } from '@rxlob/core'
import { slidingWindow, type SlidingWindow } from './sliding-window.js'

/** What a venue allows one address. */
export interface VenueRules {
  readonly weightPerMinute: number
  readonly connectsPerFiveMinutes: number
  /** Frames a second and connection. */
  readonly framesPerSecond: number
  readonly streamsPerConnection: number
}

/** The worst that was seen, and what of it broke the rules. */
export interface PolitenessReport {
  readonly weightPerMinute: number
  readonly connectsPerFiveMinutes: number
  readonly framesPerSecond: number
  readonly requests: number
  readonly requestsDuringBan: number
  /** What a polite client does not do, in words; empty where it was polite. */
  readonly violations: readonly string[]
}

/** Counts what a client asks of a venue, and fails it where it asks too much. */
export interface Politeness {
  /** A request arrived: whether it is served, or how long the client was told to wait. */
  request(weight: number): { readonly usedWeight: number; readonly waitMicros: Micros; readonly status: 200 | 429 | 418 }
  /** A connection was attempted. False where there were too many. */
  connect(): boolean
  /** Frames of one connection. */
  connection(): { frame(): boolean }
  /** Every request is refused for so long, as after a breach: with 418, or 429 where the client is only warned. */
  ban(micros: Micros, status: 429 | 418): void
  readonly bannedUntil: Micros
  report(): PolitenessReport
}

/**
 * Half of the weight and one frame a second less than allowed: what is left is for whoever else shares the address, and for pongs in flight.
 * The venue itself refuses only what breaks its own rules.
 */
export function politeness(clock: Clock, rules: VenueRules): Politeness {
  const weight = slidingWindow(clock, 60_000_000)
  const connects = slidingWindow(clock, 300_000_000)
  const violations: string[] = []
  let bannedUntil = -Infinity
  let banStatus: 429 | 418 = 429
  /** When the client was first told: before that it cannot know. */
  let toldAt = Infinity
  let worstFrames = 0
  let requests = 0
  let during = 0
  let breaches = 0

  const blame = (text: string): void => {
    if (violations.length < 100) violations.push(`${text} at ${clock.now()}`)
  }
  /** A request that was on its way when the client was told. */
  const inFlightMicros = 1_000_000

  return {
    request(amount) {
      requests++
      const now = clock.now()
      if (now < bannedUntil) {
        toldAt = Math.min(toldAt, now)
        if (now - toldAt > inFlightMicros) {
          during++
          blame(`a request during a ban (${banStatus})`)
          breaches++
        }
        return { usedWeight: weight.now, waitMicros: bannedUntil - now, status: banStatus }
      }
      const used = weight.add(amount)
      if (used > rules.weightPerMinute / 2) blame(`request weight ${used} of ${rules.weightPerMinute} in a minute`)
      if (used <= rules.weightPerMinute) return { usedWeight: used, waitMicros: 0, status: 200 }
      banStatus = breaches++ > 3 ? 418 : 429
      toldAt = now
      bannedUntil = now + (banStatus === 418 ? 120_000_000 : 30_000_000)
      return { usedWeight: used, waitMicros: bannedUntil - now, status: banStatus }
    },
    connect() {
      const attempts = connects.add(1)
      if (attempts <= rules.connectsPerFiveMinutes) return true
      blame(`${attempts} connection attempts in five minutes`)
      return false
    },
    connection() {
      const frames: SlidingWindow = slidingWindow(clock, 1_000_000)
      return {
        frame() {
          const seen = frames.add(1)
          worstFrames = Math.max(worstFrames, seen)
          if (seen > rules.framesPerSecond - 1) blame(`${seen} frames in a second on one connection`)
          return seen <= rules.framesPerSecond
        },
      }
    },
    ban(micros, status) {
      toldAt = Infinity
      bannedUntil = clock.now() + micros
      banStatus = status
    },
    get bannedUntil() {
      return bannedUntil
    },
    report: () => ({
      weightPerMinute: weight.worst, connectsPerFiveMinutes: connects.worst, framesPerSecond: worstFrames, requests, requestsDuringBan: during, violations: [...violations],
    }),
  }
}
