import { LobError, type Clock, type Random } from '@rxlob/core'
import type { FaultDesk } from './fault-desk.js'
import { faultKinds, type Fault, type FaultKind } from './fault-kinds.js'

/** A fault and when: once `at` so many seconds after the start, or `every` so many seconds on average. */
export type PlannedFault = Fault & ({ readonly at: number } | { readonly every: number })

export interface FaultPlan {
  readonly faults: readonly PlannedFault[]
}

/**
 * A plan as written in a file: `{"faults":[{"at":5,"kind":"drop","count":3},{"every":20,"kind":"reset"}]}`.
 *
 * @param name Of the file, for errors.
 * @throws {LobError} LOB_BAD_OPTION where it is none, with the place.
 */
export function readFaultPlan(text: string, name: string = 'plan'): FaultPlan {
  let plan: unknown
  try {
    plan = JSON.parse(text)
  } catch (error) {
    throw new LobError('LOB_BAD_OPTION', `${name}: expected a fault plan as JSON: ${(error as Error).message}.`, {}, { cause: error })
  }
  const faults = (plan as { faults?: unknown } | null)?.faults
  if (!Array.isArray(faults)) throw new LobError('LOB_BAD_OPTION', `${name}: expected {"faults": [...]}, got ${JSON.stringify(plan)?.slice(0, 100)}.`)
  return { faults: faults.map((fault: unknown, at) => plannedFault(fault, `${name}: fault ${at + 1}`)) }
}

const numbers = ['at', 'every', 'count', 'seconds', 'code'] as const
const texts = ['kind', 'symbol', 'channel'] as const

function plannedFault(value: unknown, place: string): PlannedFault {
  const bad = (message: string): LobError => new LobError('LOB_BAD_OPTION', `${place}: ${message}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(`expected an object, got ${JSON.stringify(value)}.`)
  const fault = value as Record<string, unknown>
  for (const field of Object.keys(fault)) if (![...numbers, ...texts].includes(field as 'at')) throw bad(`there is no field ${field}; there are ${[...numbers, ...texts].join(', ')}.`)
  for (const field of numbers) if (fault[field] !== undefined && !Number.isFinite(fault[field])) throw bad(`field ${field}: expected a number, got ${JSON.stringify(fault[field])}.`)
  for (const field of texts) if (fault[field] !== undefined && typeof fault[field] !== 'string') throw bad(`field ${field}: expected text, got ${JSON.stringify(fault[field])}.`)
  if (!Object.hasOwn(faultKinds, String(fault['kind']))) throw bad(`there is no fault ${String(fault['kind'])}; there are ${Object.keys(faultKinds).join(', ')}.`)
  if ((fault['at'] === undefined) === (fault['every'] === undefined)) throw bad('expected either at or every, in seconds.')
  if (Number(fault['at'] ?? 0) < 0 || Number(fault['every'] ?? 1) <= 0) throw bad('expected a time of at least 0.')
  return fault as unknown as PlannedFault
}

/** Lets the plan happen. The returned function ends it. */
export function runFaultPlan({ faults }: FaultPlan, desk: FaultDesk, clock: Clock): () => void {
  const cancels = new Map<PlannedFault, () => void>()
  function again(fault: PlannedFault, seconds: number): void {
    cancels.set(fault, clock.after(Math.round(seconds * 1_000_000), () => {
      desk.inject(fault)
      if ('every' in fault) again(fault, fault.every * -Math.log(1 - desk.random()))
    }))
  }
  for (const fault of faults) again(fault, 'at' in fault ? fault.at : fault.every * -Math.log(1 - desk.random()))
  return () => {
    for (const cancel of cancels.values()) cancel()
  }
}

export interface RandomFaultPlanOptions {
  readonly random: Random
  readonly kinds: readonly FaultKind[]
  readonly symbols: readonly string[]
  readonly faults: number
  /** Over how long. */
  readonly seconds: number
}

/** So many faults of these kinds at random times, each with random parameters. */
export function randomFaultPlan({ random, kinds, symbols, faults, seconds }: RandomFaultPlanOptions): FaultPlan {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!
  return {
    faults: Array.from({ length: faults }, () => ({
      at: random() * seconds, kind: pick(kinds), count: 1 + Math.floor(random() * 3), seconds: 0.5 + random() * 10, code: pick([1000, 1001, 1008, 1011, 1012]), ...(random() < 0.7 && { symbol: pick(symbols) }),
    })).sort((a, b) => a.at - b.at),
  }
}
