import { batchToEvents, LobError, RowFlag, type EventBatch, type MarketEvent, type Source } from '@rxlob/core'
import { Subscription, take } from 'rxjs'
import { demand } from './demand.js'

/** What one subscription gave, and how it came to an end. */
export interface Reading {
  readonly events: readonly MarketEvent[]
  /** `enough`: unsubscribed at the limit; `waited`: nothing came for the time allowed. */
  readonly end: 'completed' | 'enough' | 'waited' | 'failed'
  readonly error?: unknown
}

/** Subscribes, reads up to `limit` events and unsubscribes; gives up once `waitMillis` pass without one. */
export function readEvents(source: Source, limit: number, waitMillis: number): Promise<Reading> {
  return new Promise((resolve) => {
    const events: MarketEvent[] = []
    const finish = (end: Reading['end'], error?: unknown): void => {
      clearTimeout(timer)
      subscription.unsubscribe()
      resolve({ events, end, error })
    }
    const rest = (): ReturnType<typeof setTimeout> => setTimeout(() => finish('waited'), waitMillis)
    let timer = rest()
    // A source may finish before its subscribe returns.
    const subscription = new Subscription()
    const reading = source.events().pipe(take(limit)).subscribe({
      next: (event) => {
        events.push(event)
        clearTimeout(timer)
        timer = rest()
      },
      error: (error: unknown) => finish('failed', error),
      complete: () => finish(events.length === limit ? 'enough' : 'completed'),
    })
    subscription.add(reading)
  })
}

/** As `readEvents`, where an error means that the contract is broken. */
export async function readWell(source: Source, limit: number, waitMillis: number): Promise<Reading> {
  const reading = await readEvents(source, limit, waitMillis)
  demand(reading.end !== 'failed', () => `${source.name} ended in ${describeError(reading.error)} after ${reading.events.length} events.`)
  demand(reading.events.length > 0, () => `${source.name} gave no event within ${waitMillis} ms.`)
  demand(reading.end !== 'waited' || source.supports.timing === 'live', () => `${source.name}, a replay, came to a stop after ${reading.events.length} events: nothing for ${waitMillis} ms, and no end.`)
  return reading
}

export const describeError = (error: unknown): string => (error instanceof LobError ? `${error.code} (${error.message})` : String(error))

/** Batches until `limit` events are read or the source ends. */
export async function readBatches(source: Source, limit: number, options?: { from?: string }): Promise<EventBatch[]> {
  const batches: EventBatch[] = []
  let events = 0
  if (limit > 0) {
    for await (const batch of source.batches!(options)) {
      batches.push(batch)
      events += eventsIn(batch)
      if (events >= limit) break
    }
  }
  return batches
}

/** Closed events of a batch. */
export function eventsIn({ flags, length }: EventBatch): number {
  let events = 0
  for (let row = 0; row < length; row++) if (flags[row]! & RowFlag.last) events++
  return events
}

/** Events of batches, each as the text of what a batch keeps of it. */
export const textsOfBatches = (batches: readonly EventBatch[]): string[] => batches.flatMap((batch) => [...batchToEvents(batch)].map(textOf))

/**
 * What batches keep of an event, as text: trade ids and text keys are left out, as is what says nothing
 * (a cause of `set`, nanoseconds of 0, empty lists of orders or scrolled levels).
 */
export function textOf(event: MarketEvent): string {
  const { instrument, tsExchange, tsLocal, nanos = 0, seq, ...rest } = event
  const kept = Object.entries(rest).filter(([key, value]) => !(dropped.has(key) || value === undefined || (key === 'cause' && value === 'set') || (key === 'orders' && (value as unknown[]).length === 0)))
  const parts = [instrument, tsExchange, tsLocal, nanos, seq ?? 'none', ...kept.map(([key, value]) => [key, value]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))]
  return JSON.stringify(parts, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value))
}

const dropped = new Set(['id', 'orderKey'])
