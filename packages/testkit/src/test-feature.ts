import type { Feature, MarketEvent, Tick } from '@rxlob/core'
import { alteredTick, bookless, cutTick, mirrorAxisOf, mirroredTick, otherDepthsTick, withoutHistory } from './changed-ticks.js'
import type { Check } from './check.js'
import { demand } from './demand.js'
import { lentTick } from './lent-tick.js'
import { makeEvents } from './make-events.js'
import { naiveTicks, type NaiveTick } from './naive-ticks.js'
import { runNaively, unwritten } from './run-naively.js'
import { runRested } from './run-rested.js'

/** What the row of the mirrored market must be, from the row of the market. A price there is `axisTicks` less the price here. */
export type MirrorRule = (row: readonly number[], axisTicks: number) => readonly number[]

export interface TestFeatureOptions {
  /**
   * Streams to run over. Default: made-up ones of levels and of orders, with everything that makes streams hard, and a calm
   * one of about a minute. Give your own where a window is longer than that.
   */
  readonly streams?: readonly (readonly MarketEvent[])[]
  /**
   * What happens when bids and asks, buyers and sellers change places: every column changes its sign, none changes,
   * or a rule of its own. Left out, it is not tested.
   */
  readonly mirror?: 'flips' | 'keeps' | MirrorRule
  /** The same feature with other options: its fingerprint must differ. */
  readonly variant?: Feature
}

/** Streams that cover what features meet; each has its own kind of trouble. */
const defaultStreams = (): readonly (readonly MarketEvent[])[] =>
  (madeStreams ??= [
    makeEvents({ seed: 101, events: 1500, book: 'l2', instruments: 2 }),
    makeEvents({ seed: 102, events: 1500, book: 'l3', levels: 10 }),
    makeEvents({ seed: 103, events: 3000, book: 'l3', rates: { gaps: 0.0005, redefinitions: 0, crossed: 0.002, drains: 0.001, trades: 0.2 } }),
  ])

let madeStreams: readonly (readonly MarketEvent[])[] | undefined

/** Ticks by stream: a run over many features reads each stream once. */
const ticksByStream = new WeakMap<readonly MarketEvent[], readonly NaiveTick[]>()

function ticksOf(stream: readonly MarketEvent[]): readonly NaiveTick[] {
  const ticks = ticksByStream.get(stream) ?? naiveTicks(stream)
  ticksByStream.set(stream, ticks)
  return ticks
}

/**
 * The feature contract as checks: pure, blind to the future, deaf to levels deeper than it says, NaN where the book
 * cannot be trusted, with a state that can be cloned and nothing kept of what it was lent.
 *
 * @example
 * for (const check of testFeature(ofi(), { mirror: 'flips', variant: ofi({ levels: 5 }) })) it(check.name, check.run)
 */
export function testFeature(feature: Feature, options: TestFeatureOptions = {}): Check[] {
  const { mirror, variant } = options
  const width = feature.columns.length
  let prepared: { ticks: readonly NaiveTick[]; rows: Float64Array }[] | undefined
  const streams = (): { ticks: readonly NaiveTick[]; rows: Float64Array }[] =>
    (prepared ??= (options.streams ?? defaultStreams()).map(ticksOf).map((ticks) => ({ ticks, rows: runNaively(feature, ticks) })))

  function same(actual: Float64Array, expected: Float64Array, why: string, from = 0): void {
    for (let at = 0; at < actual.length; at++) {
      demand(Object.is(actual[at], expected[from * width + at]), () => {
        const row = Math.floor(at / width)
        return `${feature.name}: ${why}: row ${from + row}, column ${columnOf(at)}: expected ${expected[from * width + at]}, got ${actual[at]}.`
      })
    }
  }
  const columnOf = (at: number): string => feature.columns[at % width]!.name
  const rowOf = (rows: Float64Array, row: number): number[] => [...rows.subarray(row * width, (row + 1) * width)]

  const checks: Check[] = [
    { name: 'has a fingerprint and snake_case columns, each named once', run: () => checkShape(feature, variant) },
    {
      name: 'writes each of its columns, finite or NaN, and nothing else',
      run() {
        for (const { ticks, rows } of streams()) {
          for (const [at, value] of rows.entries()) {
            demand(value !== unwritten, () => `${feature.name}: row ${Math.floor(at / width)} leaves column ${columnOf(at)} unwritten.`)
            demand(Math.abs(value) !== Infinity, () => `${feature.name}: row ${Math.floor(at / width)}, column ${columnOf(at)} is infinite; NaN says "not defined".`)
          }
          checkBounds(feature, ticks)
        }
        demand(streams().some(({ rows }) => rows.some(Number.isFinite)), () =>
          `${feature.name} never gave a number, so nothing is tested: pass streams that cover its window.`)
      },
    },
    {
      name: 'gives the same bits for the same ticks',
      run: () => streams().forEach(({ ticks, rows }) => same(runNaively(feature, ticks), rows, 'a second run over the same ticks differs')),
    },
    {
      name: 'changes nothing but its state',
      run: () => streams().forEach(({ ticks, rows }) => same(runFrozen(feature, ticks), rows, 'frozen ticks give another row')),
    },
    {
      name: 'does not see the future',
      run() {
        for (const { ticks, rows } of streams()) {
          for (const share of [0.2, 0.5, 0.9]) {
            const cut = Math.floor(ticks.length * share)
            const shortened = runNaively(feature, ticks.slice(0, cut))
            same(rows.subarray(0, cut * width), shortened, `rows before ${cut} differ once later ticks have been seen`)
            const altered = runNaively(feature, ticks, { show: (tick, row) => (row < cut ? tick : alteredTick(tick)) })
            same(altered.subarray(0, cut * width), shortened, `rows before ${cut} depend on ticks after them`)
          }
        }
      },
    },
    {
      name: 'keeps nothing of what it was lent',
      run() {
        for (const { ticks, rows } of streams()) {
          const { tick: lent, lend, scramble } = lentTick()
          const shown = (tick: Tick): Tick => (lend(tick), lent)
          same(runNaively(feature, ticks, { show: shown, after: scramble, freshOut: true }), rows, 'it reads a tick, a book or an output row after its call')
        }
      },
    },
    {
      name: 'goes on with a cloned state',
      run() {
        for (const { ticks, rows } of streams()) {
          const carry = (state: unknown, row: number): unknown => (row % 7 === 3 ? cloned(feature, state) : state)
          same(runNaively(feature, ticks, { carry }), rows, 'a state cloned in mid-stream goes on differently')
        }
      },
    },
    {
      name: 'starts afresh with init',
      run() {
        for (const { ticks, rows } of streams()) {
          for (const start of startsOf(ticks, feature.depth).slice(0, 5)) {
            const { instrument } = ticks[start.from]!.tick
            const section = ticks.slice(start.from, start.to).filter(({ tick }) => tick.instrument.id === instrument.id)
            const expected = ticks.flatMap(({ tick }, row) => (row >= start.from && row < start.to && tick.instrument.id === instrument.id ? rowOf(rows, row) : []))
            same(runNaively(feature, section), Float64Array.from(expected), `the stream from row ${start.from}, taken alone, differs: something outlives init`)
          }
        }
      },
    },
    feature.depth === 0
      ? {
          name: 'reads trades alone, as its depth of 0 says',
          run: () => streams().forEach(({ ticks, rows }) => same(runNaively(feature, ticks, { show: bookless }), rows, 'the book matters')),
        }
      : {
          name: `reads the first ${feature.depth} levels and none below`,
          run() {
            for (const { ticks, rows } of streams()) {
              same(runNaively(feature, ticks, { show: (tick) => otherDepthsTick(tick, feature.depth) }), rows, `levels deeper than its depth of ${feature.depth} matter`)
              same(runNaively(feature, ticks, { show: (tick) => cutTick(tick, feature.depth) }), rows, `a book of ${feature.depth} levels gives another row`)
            }
          },
        },
  ]
  if (feature.depth > 0) {
    checks.push({
      name: 'is NaN while the book is unsynced or crossed',
      run() {
        for (const { ticks, rows } of streams()) {
          for (const [row, { tick }] of ticks.entries()) {
            if (tick.book.synced && !tick.book.crossed) continue
            demand(rowOf(rows, row).every(Number.isNaN), () =>
              `${feature.name}: row ${row}: the book is ${tick.book.synced ? 'crossed' : 'unsynced'}, expected NaN, got ${rowOf(rows, row).join(', ')}.`)
          }
        }
      },
    })
  }
  if (feature.depth > 0) {
    checks.push({
      name: 'takes the changes for all that changed only where it saw the event before',
      run() {
        for (const { ticks, rows } of streams()) {
          same(runNaively(feature, ticks, { show: withoutHistory }), rows, 'a look at every level gives another row')
          const some = ticks.filter((_, row) => row % 3 !== 1)
          same(runNaively(feature, some), runNaively(feature, some, { show: withoutHistory }), 'where it misses an event, a look at every level gives another row')
        }
      },
    })
  }
  if (feature.levelsOnly === true) {
    checks.push({
      name: `stands while its ${feature.depth} levels stand`,
      run() {
        for (const { ticks, rows } of streams()) {
          const last = new Map<string, number>()
          for (const [row, { tick, bookEpoch }] of ticks.entries()) {
            const key = `${tick.instrument.id} ${bookEpoch}`
            const before = last.get(key)
            last.set(key, row)
            if (before === undefined || tick.changes.shallowest < feature.depth) continue
            same(rows.subarray(row * width, (row + 1) * width), rows, `row ${row} differs from the row before although no level changed`, before)
          }
        }
      },
    })
  }
  if (feature.standsUntil !== undefined) {
    checks.push({
      name: 'stands until the time that it says, uncalled',
      run() {
        for (const { ticks, rows } of streams()) same(runRested(feature, ticks), rows, 'a row differs from the one before although its time had not come, or the state missed a call')
      },
    })
  }
  if (mirror !== undefined) {
    const rule: MirrorRule = mirror === 'flips' ? (row) => row.map((value) => -value) : mirror === 'keeps' ? (row) => row : mirror
    checks.push({
      name: `mirrors bid and ask${typeof mirror === 'string' ? `: ${mirror}` : ''}`,
      run() {
        for (const { ticks, rows } of streams()) {
          const axisTicks = mirrorAxisOf(ticks.map(({ tick }) => tick))
          const seen = runNaively(feature, ticks, { show: (tick) => mirroredTick(tick, axisTicks) })
          for (const row of ticks.keys()) {
            const expected = rule(rowOf(rows, row), axisTicks)
            rowOf(seen, row).forEach((value, column) => {
              demand(isNear(value, expected[column]!), () =>
                `${feature.name}: row ${row} of the mirrored market, column ${columnOf(column)}: expected ${expected[column]}, got ${value}.`)
            })
          }
        }
      },
    })
  }
  return checks
}

function checkShape({ name, fingerprint, columns, depth }: Feature, variant: Feature | undefined): void {
  demand(name.length > 0 && fingerprint.length > 0, () => 'A feature has a name and a fingerprint.')
  demand(columns.length > 0, () => `${name}: expected at least one column.`)
  demand(Number.isInteger(depth) && depth >= 0, () => `${name}: expected a depth of 0 or more levels, got ${depth}.`)
  for (const column of columns) {
    demand(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(column.name), () => `${name}: expected snake_case, got the column name ${JSON.stringify(column.name)}.`)
  }
  const names = columns.map((column) => column.name)
  demand(new Set(names).size === names.length, () => `${name}: a column name occurs twice in ${names.join(', ')}.`)
  if (variant) demand(variant.fingerprint !== fingerprint, () => `${name}: other options have the same fingerprint ${fingerprint}.`)
}

/** Steps into the middle of a larger array, whose other numbers must stay. */
function checkBounds(feature: Feature, ticks: readonly NaiveTick[]): void {
  const width = feature.columns.length
  const states = new Map<string, unknown>()
  for (const [row, { tick }] of ticks.slice(0, 300).entries()) {
    const { id } = tick.instrument
    if (!states.has(id)) states.set(id, feature.init(tick.instrument))
    const out = new Float64Array(width + 8).fill(unwritten)
    feature.step(states.get(id), tick, out, 4)
    const outside = out.findIndex((value, at) => (at < 4 || at >= 4 + width) && value !== unwritten)
    demand(outside === -1, () => `${feature.name}: row ${row}: told to write ${width} numbers from out[4], it also wrote out[${outside}].`)
  }
}

function cloned(feature: Feature, state: unknown): unknown {
  try {
    return structuredClone(state)
  } catch (error) {
    throw new Error(`${feature.name}: its state cannot be cloned: ${(error as Error).message}`, { cause: error })
  }
}

/** Rows at which a state of this depth starts again, each with the row at which the next one does. */
function startsOf(ticks: readonly NaiveTick[], depth: number): { from: number; to: number }[] {
  const key = ({ tick, bookEpoch, tradesEpoch }: NaiveTick): string => `${tick.instrument.id} ${depth === 0 ? tradesEpoch : bookEpoch}`
  const last = new Map<string, number>()
  ticks.forEach((tick, row) => last.set(key(tick), row))
  const seen = new Set<string>()
  return ticks.flatMap((tick, row) => {
    if (seen.has(key(tick))) return []
    seen.add(key(tick))
    return row === 0 ? [] : [{ from: row, to: last.get(key(tick))! + 1 }]
  })
}

function runFrozen(feature: Feature, ticks: readonly NaiveTick[]): Float64Array {
  try {
    return runNaively(feature, ticks, { show: frozen })
  } catch (error) {
    throw new Error(`${feature.name} changes the tick that it reads: ${(error as Error).message}`, { cause: error })
  }
}

const frozen = (tick: Tick): Tick =>
  Object.freeze({ ...tick, instrument: Object.freeze({ ...tick.instrument }), book: Object.freeze({ ...tick.book }), changes: Object.freeze({ ...tick.changes }) })

const isNear = (value: number, expected: number): boolean =>
  Object.is(value, expected) || Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(value), Math.abs(expected))
