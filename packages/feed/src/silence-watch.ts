import type { Clock, Micros } from '@rxlob/core'
import { gapLearner, type GapLearner } from './gap-learner.js'
import type { Stream } from './live-source-spec.js'

export interface SilenceWatchOptions {
  readonly clock: Clock
  /** A stream that has said nothing this long after its subscription is suspect. Default 10 s; trades get six times as long. */
  readonly firstMessageMicros?: Micros
  /** A stream said nothing for longer than it ever does. Called once until it is heard or excused. */
  readonly suspect: (stream: Stream, silentMicros: Micros) => void
  /** A stream spoke again after a silence that is not its way, though shorter than what is suspect. */
  readonly lull?: (stream: Stream, silentMicros: Micros) => void
  /** Something came on the stream's connection that is not read yet: its silence proves nothing. */
  readonly unread?: (stream: Stream) => boolean
}

/** Watches every stream for itself: a connection that answers pings may still deliver nothing. */
export interface SilenceWatch {
  /** The stream was subscribed, on whatever connection. */
  watch(stream: Stream): void
  heard(name: string, tsLocal: Micros): void
  /** Whether it is silent for longer than it ever is, and nobody has said why. */
  suspected(name: string): boolean
  /** The market is quiet, or nobody knows: twice the time from now on, until it is heard. */
  excuse(name: string): void
  /** Nobody expects anything of it any more. */
  forget(name: string): void
  /** Whether something is still expected of it and nothing came since it was last subscribed. */
  mute(name: string): boolean
  /** Whether anything came since it was last subscribed. */
  spoke(name: string): boolean
  /** Nothing is read while the reader catches up: silence proves nothing. */
  hold(held: boolean): void
  stop(): void
}

interface Watched {
  readonly stream: Stream
  readonly gaps: GapLearner
  since: Micros
  spoke: boolean
  suspected: boolean
  patience: number
}

/** How often silence is looked for: what is found is at most this much late. */
const roundMicros = 1_000_000
/** Silence that may be anybody's; asked first because it costs nothing. */
const shortestLullMicros = 1_000_000

/** A data watchdog per stream, on one timer. What is normal is learned from each stream's own gaps. */
export function silenceWatch({ clock, firstMessageMicros = 10_000_000, suspect, lull, unread }: SilenceWatchOptions): SilenceWatch {
  const streams = new Map<string, Watched>()
  let held = false
  let cancel = clock.after(roundMicros, round)

  function limitOf({ stream, gaps, spoke, patience }: Watched): Micros {
    if (!spoke) return firstMessageMicros * (restful(stream) ? 6 : 1) * patience
    if (restful(stream)) return (stream.quietMicros ?? Infinity) * patience
    return Math.max(stream.quietMicros ?? 0, gaps.limitMicros) * patience
  }
  function round(): void {
    const now = clock.now()
    for (const watched of streams.values()) {
      const silent = now - watched.since
      if (held || watched.suspected || silent <= limitOf(watched) || unread?.(watched.stream) === true) continue
      watched.suspected = true
      suspect(watched.stream, silent)
    }
    cancel = clock.after(roundMicros, round)
  }

  return {
    watch(stream) {
      const known = streams.get(stream.name)
      if (known === undefined) streams.set(stream.name, { stream, gaps: gapLearner(), since: clock.now(), spoke: false, suspected: false, patience: 1 })
      // Trades may rest for hours: having spoken once, they are known to come.
      else Object.assign(known, { since: clock.now(), spoke: known.spoke && restful(stream), suspected: false })
    },
    heard(name, tsLocal) {
      const watched = streams.get(name)
      if (watched === undefined) return
      const silent = tsLocal - watched.since
      if (watched.spoke) {
        if (silent > shortestLullMicros && !restful(watched.stream) && silent > watched.gaps.lullMicros) lull?.(watched.stream, silent)
        watched.gaps.learn(silent)
      }
      watched.since = tsLocal
      watched.spoke = true
      watched.suspected = false
      watched.patience = 1
    },
    suspected: (name) => streams.get(name)?.suspected ?? false,
    excuse(name) {
      const watched = streams.get(name)
      if (watched === undefined) return
      watched.suspected = false
      watched.since = clock.now()
      watched.patience = Math.min(64, watched.patience * 2)
    },
    forget: (name) => void streams.delete(name),
    mute: (name) => streams.get(name)?.spoke === false,
    spoke: (name) => streams.get(name)?.spoke ?? false,
    hold(holds) {
      held = holds
      for (const watched of streams.values()) watched.since = clock.now()
    },
    stop: () => cancel(),
  }
}

/** Trades and quotes may rest for hours, unless the stream says for how long; their numbers prove afterwards that nothing was lost. */
const restful = ({ channel }: Stream): boolean => channel === 'trades' || channel === 'quotes'
