import { RowFlag, type EventBatch, type InstrumentId, type MarketEvent, type Source } from '@rxlob/core'
import { isDeepStrictEqual } from 'node:util'
import type { Check } from './check.js'
import { demand } from './demand.js'
import { eventsIn, readBatches, readWell, textOf, textsOfBatches } from './read-source.js'

/** What the checks of a source's batches need. */
export interface BatchChecks {
  /** Runs a check on a fresh source, where it has batches. */
  check(name: string, body: (source: Source) => Promise<void>): Check
  readonly limit: number
  readonly waitMillis: number
  readonly open?: (() => number) | undefined
}

/** The checks of `batches()` and `frames()`: the same events as columns, resumable, abortable, and the reader's own. */
export function testBatches({ check, limit, waitMillis, open }: BatchChecks): Check[] {
  const closed = async (source: Source, after: string): Promise<void> => {
    if (!open) return
    await pause(10)
    demand(open() === 0, () => `${source.name}: ${after} ${open()} of its files or connections are still open.`)
  }
  return [
    check('batches give the same events', async (source) => {
      // Of a live source they are another subscription, at another time.
      if (source.supports.timing === 'live') return
      const { events, end } = await readWell(source, limit, waitMillis)
      const batches = await readBatches(source, end === 'completed' ? Infinity : limit * 2)
      checkDefinitions(source, events, end === 'completed' ? batches : batches.slice(0, 1))
      compare(source, events.filter(({ kind }) => kind !== 'instrument').map(textOf), textsOfBatches(batches), end === 'completed')
    }),
    check('batches are whole, in order, and stay as they were read', async (source) => {
      const batches: EventBatch[] = []
      const copies: EventBatch[] = []
      let events = 0
      for await (const batch of source.batches!()) {
        checkShape(source, batch)
        const before = batches.findLast(({ instrument }) => instrument.id === batch.instrument.id)
        if (before) demand(batch.tsLocal[0]! >= before.tsLocal[before.length - 1]!, () => `${source.name}: batch ${batches.length} begins before the last one of ${batch.instrument.id} ended.`)
        batches.push(batch)
        copies.push(structuredClone(batch))
        if ((events += eventsIn(batch)) >= limit) break
      }
      for (const [at, copy] of copies.entries()) demand(isDeepStrictEqual(batches[at], copy), () => `${source.name}: batch ${at} was overwritten while later ones were read.`)
    }),
    check('batches resume after a position', async (source) => {
      const batches = await readBatches(source, limit)
      for (const [at, { position }] of batches.slice(0, 3).entries()) {
        if (position === undefined) continue
        const expected = textsOfBatches(batches.slice(at + 1))
        const rest = textsOfBatches(await readBatches(source, expected.length, { from: position }))
        demand(rest.length >= expected.length, () => `${source.name}: resumed from ${position}, after batch ${at}: expected ${expected.length} more events, got ${rest.length}.`)
        compare(source, expected, rest, false, `resumed from ${position}, after batch ${at}: `)
      }
    }),
    check('batches stop when they are aborted, and when the reader leaves', async (source) => {
      const abort = new AbortController()
      const reading = source.batches!({ signal: abort.signal })[Symbol.asyncIterator]()
      await reading.next()
      abort.abort()
      // A batch that was under way may still come.
      const last = await inTime(source, waitMillis, reading.next().then(({ done }) => (done ? undefined : reading.next()), () => undefined))
      demand(last === undefined || last.done === true, () => `${source.name}: batches go on after they are aborted.`)
      await closed(source, 'aborted,')
      const stillborn = source.batches!({ signal: AbortSignal.abort() })[Symbol.asyncIterator]()
      const first = await inTime(source, waitMillis, stillborn.next().catch(() => undefined))
      demand(first === undefined || first.done === true, () => `${source.name}: aborted before it began, it gives a batch all the same.`)
      await closed(source, 'aborted before it began,')
      await readBatches(source, 1)
      await closed(source, 'left after one batch,')
    }),
    check('frames give the same events', async (source) => {
      if (!source.frames || source.supports.timing === 'live') return
      const { events, end } = await readWell(source, limit, waitMillis)
      const texts: string[] = []
      await new Promise<void>((resolve, reject) => {
        source.frames!().subscribe({ next: (frame) => void texts.push(...textsOfBatches([frame])), error: reject, complete: resolve })
      })
      compare(source, events.filter(({ kind }) => kind !== 'instrument').map(textOf), texts, end === 'completed')
    }),
  ]
}

function checkShape({ name }: Source, batch: EventBatch): void {
  const { length, op, flags, tsExchange, tsLocal, ticks, lots } = batch
  demand(length > 0, () => `${name}: a batch without rows.`)
  for (const [column, values] of Object.entries({ op, flags, tsExchange, tsLocal, ticks, lots })) {
    demand(values.length >= length, () => `${name}: a batch of ${length} rows has ${values.length} of ${column}.`)
  }
  demand((flags[length - 1]! & RowFlag.last) !== 0, () => `${name}: a batch ends within an event.`)
  for (let row = 1; row < length; row++) demand(tsLocal[row]! >= tsLocal[row - 1]!, () => `${name}: row ${row} of a batch: tsLocal goes back from ${tsLocal[row - 1]} to ${tsLocal[row]}.`)
}

function checkDefinitions({ name }: Source, events: readonly MarketEvent[], batches: readonly EventBatch[]): void {
  const defined = new Map<InstrumentId, Set<string>>()
  const textOfDefinition = (definition: object, levels: number): string => JSON.stringify([Object.entries(definition).sort(), String(levels)])
  for (const event of events) {
    if (event.kind !== 'instrument') continue
    defined.set(event.instrument, (defined.get(event.instrument) ?? new Set()).add(textOfDefinition(event.definition, event.levels)))
  }
  for (const { instrument, levels } of batches) {
    const known = defined.get(instrument.id)
    demand(known === undefined || known.has(textOfDefinition(instrument, levels)), () => `${name}: a batch of ${instrument.id} has another definition than its instrument events.`)
  }
}

/**
 * Event by event, instrument by instrument: batches of several instruments need not interleave as the events do, so where
 * reading stopped early what both have is compared.
 */
function compare({ name }: Source, expected: readonly string[], actual: readonly string[], toTheEnd: boolean, when = ''): void {
  const actuals = byInstrument(actual)
  let compared = 0
  for (const [instrument, wanted] of byInstrument(expected)) {
    const found = actuals.get(instrument) ?? []
    for (const [at, text] of wanted.entries()) {
      if (!toTheEnd && at >= found.length) break
      demand(found[at] === text, () => `${name}: ${when}event ${at} of ${instrument}: expected ${text}, got ${found[at] ?? 'nothing'}.`)
      compared++
    }
    if (toTheEnd) demand(found.length === wanted.length, () => `${name}: ${when}expected ${wanted.length} events of ${instrument}, got ${found.length}.`)
  }
  demand(compared > expected.length / 4 || compared === expected.length, () => `${name}: ${when}of ${expected.length} events only ${compared} are in the batches.`)
}

function byInstrument(texts: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const text of texts) {
    const [instrument] = JSON.parse(text) as [string]
    const group = groups.get(instrument)
    if (group) group.push(text)
    else groups.set(instrument, [text])
  }
  return groups
}

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

async function inTime<T>({ name }: Source, waitMillis: number, result: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name}: batches hang for ${waitMillis} ms after they are aborted.`)), waitMillis)
  })
  try {
    return await Promise.race([result, late])
  } finally {
    clearTimeout(timer)
  }
}
