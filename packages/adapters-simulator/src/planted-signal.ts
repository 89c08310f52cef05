import { integerOption, numberOption, seededRandom, type Micros, type Random } from '@rxlob/core'
import { waitNanos } from './market-process.js'
import { regimeSchedule, type Regime } from './regimes.js'

/** A market whose next move is known to be predictable with a given accuracy, and no better. */
export interface PlantedSignal {
  /**
   * Chance that the next mid move goes where the cue points: 0.5 plants nothing (a random walk), below 0.5 the cue misleads.
   * The best possible accuracy is `max(accuracy, 1 - accuracy)`. Default 0.65.
   */
  readonly accuracy?: number
  /** The mid moves once every so many events, 8 or more. Default 20. */
  readonly horizonEvents?: number
  /** Mean rate of events, per second of virtual time. Default 100. */
  readonly eventsPerSecond?: number
}

/** What truly happened, for tests and reports. It is in no event. */
export interface PlantedMove {
  /** `seq` of the event that moves the mid: events since the opening snapshot. */
  readonly seq: number
  readonly tsExchange: Micros
  /** What the book showed from the move before this one until this one: +1 the bid queue is the longer, -1 the ask queue. */
  readonly cue: 1 | -1
  /** Of the mid, by half a tick. */
  readonly direction: 1 | -1
  /** Chance that `direction` equals `cue`, in force at the time of the move. */
  readonly accuracy: number
}

export interface PlantedScriptOptions {
  readonly seed: number
  readonly signal: PlantedSignal
  readonly regimes: readonly Regime[]
  readonly startMicros: Micros
  readonly durationMicros: Micros
}

/** Cues, directions and times of the moves, drawn without a book. */
export interface PlantedScript {
  readonly horizonEvents: number
  /** Draws the time of the next event, in nanoseconds since the start, `atNanos` being the time of the last. */
  nextEventNanos(atNanos: number): number
  /** The cue in force until the next move. */
  readonly cue: 1 | -1
  /** The cue in force after it. */
  readonly nextCue: 1 | -1
  /** Draws the direction of the move that happens at `atNanos`. */
  move(atNanos: number): Pick<PlantedMove, 'cue' | 'direction' | 'accuracy'>
}

/** Seeds of the independent random sources of one session; 0 is the market's own. */
const clockSalt = 0x5bd1e995
const cueSalt = 0x2545f491
const directionSalt = 0x1b873593

/**
 * The script of a planted market: everything that is known about the future of the mid, and nothing else.
 *
 * Three random sources, none of which the book's own noise shares: event times, cues (fair coins), and directions, each
 * drawn when its move happens: `direction = cue` with probability `accuracy`, else `-cue`.
 *
 * @throws {LobError} LOB_BAD_OPTION for an accuracy outside 0 to 1 or a horizon under 8 events.
 */
export function plantedScript({ seed, signal, regimes }: Pick<PlantedScriptOptions, 'seed' | 'signal' | 'regimes'>): PlantedScript {
  const accuracy = numberOption('signal.accuracy', signal.accuracy ?? 0.65, 0, 1)
  const horizonEvents = integerOption('signal.horizonEvents', signal.horizonEvents ?? 20, 8)
  const eventsPerSecond = numberOption('signal.eventsPerSecond', signal.eventsPerSecond ?? 100, 0.001, 1e6)
  const schedule = regimeSchedule(regimes, accuracy)
  const times = seededRandom(seed ^ clockSalt)
  const cues = seededRandom(seed ^ cueSalt)
  const directions = seededRandom(seed ^ directionSalt)
  let cue = coin(cues)
  let nextCue = coin(cues)
  return {
    horizonEvents,
    nextEventNanos: (atNanos) => atNanos + waitNanos(eventsPerSecond * schedule.at(atNanos).activity, times()),
    get cue() {
      return cue
    },
    get nextCue() {
      return nextCue
    },
    move(atNanos) {
      const inForce = schedule.at(atNanos).accuracy
      const moved = cue
      const direction = directions() < inForce ? moved : (-moved as 1 | -1)
      cue = nextCue
      nextCue = coin(cues)
      return { cue: moved, direction, accuracy: inForce }
    },
  }
}

/** The moves of a session, from its script alone: milliseconds where running the market takes seconds. */
export function* plantedMoves(options: PlantedScriptOptions): Generator<PlantedMove, void, void> {
  const { startMicros, durationMicros } = options
  const script = plantedScript(options)
  let nanos = 0
  for (let seq = 1; ; seq++) {
    nanos = script.nextEventNanos(nanos)
    if (nanos >= durationMicros * 1000) return
    if (seq % script.horizonEvents === 0) yield { seq, tsExchange: startMicros + Math.floor(nanos / 1000), ...script.move(nanos) }
  }
}

const coin = (random: Random): 1 | -1 => (random() < 0.5 ? 1 : -1)
