import { setImmediate } from 'node:timers/promises'
import { eventsOf, integerOption, seededRandom, type BatchOptions, type EventBatch, type Source } from '@rxlob/core'
import { eventRecorder, type EventRecorder } from './event-recorder.js'
import { exchange, type Exchange } from './exchange/index.js'
import type { MarketProcess, SessionClock } from './market-process.js'
import { plantedMarket } from './planted-market.js'
import { plantedMoves, plantedScript, type PlantedMove } from './planted-signal.js'
import { reactiveMarket } from './reactive-market.js'
import { regimeSchedule } from './regimes.js'
import { sessionPlan, type SessionPlan, type SimulatorOptions } from './simulator-options.js'
import { visibleWindow } from './visible-window.js'

/** A source that knows what really happened. */
export interface Simulator extends Source {
  batches(options?: BatchOptions): AsyncIterable<EventBatch>
  /** The moves of the planted signal in time order; none where no signal is planted. Costs no run of the market. */
  truth(): IterableIterator<PlantedMove>
}

const batchRows = 8192
/** Room for the opening snapshot and for the rows of one action over `batchRows`. */
const spareRows = 1024

/**
 * A seeded synthetic market as a replayable level 3 source: an opening snapshot with its orders, then every change to every
 * order, and `ended`.
 *
 * Two kinds of market. By default one that reacts to its own book, with spreads, queues and order flow like those of a liquid
 * large-tick stock (see `reactiveMarket`). With `signal` one made for checking models: its mid is a random walk on half ticks,
 * one step every `horizonEvents` events, and the sign of the best queues' imbalance foretells the next step with exactly the
 * stated accuracy, at every row (see `plantedMarket`). Sample it at every mid move, or label it `horizonEvents` events ahead,
 * and `max(accuracy, 1 - accuracy)` is the best that any model can do.
 *
 * Cold: each subscription and each call of `batches` runs the session from its start, with the same bits. `seq` counts events
 * from the snapshot, which is 0.
 * Cost: about 1 us an event; memory does not grow with the session.
 *
 * @throws {LobError} LOB_BAD_OPTION for an option out of range, by name.
 * @example
 * simulator({ seed: 7, durationMicros: 60e6 }).events().subscribe(console.log)
 * simulator({ signal: { accuracy: 0.65 }, regimes: [{ fromMicros: 600e6, accuracy: 0.35 }] })
 */
export function simulator(options: SimulatorOptions = {}): Simulator {
  const plan = sessionPlan(options)
  const { levels } = plan
  const open = (batchOptions: BatchOptions): AsyncGenerator<EventBatch, void, void> =>
    resumed(session(plan), levels === Infinity ? undefined : visibleWindow(levels), batchOptions)
  return {
    contract: 1,
    name: 'simulator',
    supports: { timing: 'replay', book: 'l3', levels, trades: true, detects: { gaps: true, staleness: false, lostTrades: true } },
    events: () => eventsOf((signal) => open({ signal })),
    batches: (batchOptions = {}) => open(batchOptions),
    truth: () => plan.signal === undefined ? [].values() : plantedMoves({ ...plan, signal: plan.signal }),
  }
}

/**
 * Batches after the one at position `from`, until aborted. The session runs from its start either way: what follows depends on
 * it.
 */
async function* resumed(
  batches: Iterable<EventBatch>, view: ((batch: EventBatch) => EventBatch) | undefined, { from, signal }: BatchOptions,
): AsyncGenerator<EventBatch, void, void> {
  const after = from === undefined ? 0 : integerOption('from', Number(from), 0)
  for (const whole of batches) {
    if (signal?.aborted) return
    const batch = view === undefined ? whole : view(whole)
    if (Number(batch.position) <= after || batch.length === 0) continue
    yield batch
    // The session waits for nothing by itself: timers and sinks would stand still until its end.
    await setImmediate()
  }
}

/** One run of the session, with the whole book. Batches are numbered from 1 by their position. */
function* session(plan: SessionPlan): Generator<EventBatch, void, void> {
  const { instrument, startMicros, durationMicros } = plan
  const clock: SessionClock = { nanos: 0 }
  const recorder = eventRecorder({ instrument, startMicros, clock, rows: batchRows + spareRows })
  const venue = exchange(recorder)
  const market = marketOf(plan, venue, recorder, clock)
  const untilNanos = durationMicros * 1000
  market.open()
  recorder.snapshot(venue)
  let taken = 0
  for (let open = true; open; ) {
    while (open && recorder.length < batchRows) open = market.step(untilNanos)
    if (!open) {
      clock.nanos = untilNanos
      recorder.ended()
    }
    yield recorder.take(String(++taken))
  }
}

function marketOf(plan: SessionPlan, venue: Exchange, recorder: EventRecorder, clock: SessionClock): MarketProcess {
  const { seed, signal, rates, regimes, openingBidTicks } = plan
  const random = seededRandom(seed)
  return signal === undefined
    ? reactiveMarket({ venue, recorder, clock, random, rates, regimes: regimeSchedule(regimes, 0.5), openingBidTicks })
    : plantedMarket({ venue, clock, random, script: plantedScript({ seed, signal, regimes }), openingBidTicks })
}
