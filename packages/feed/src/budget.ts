import type { Clock, Micros } from '@rxlob/core'

/** Something that may be used so often in any window of time, shared by everyone who spends it. First come, first served. */
export interface Budget {
  /** Spent within the window now. */
  readonly used: number
  /** How long the budget takes to earn this amount. */
  paceMicros(amount: number): Micros
  /** Runs `run` as soon as `amount` may be spent; at once where it may be now. The returned function withdraws a wish that waits. */
  spend(amount: number, run: () => void): () => void
  /** Counts what was spent by others (a pong that the socket sends by itself). */
  note(amount: number): void
  /** Spends nothing before this time: a ban. */
  blockUntil(time: Micros): void
  /** Forgets every wish that waits. */
  clear(): void
}

export interface BudgetOptions {
  readonly clock: Clock
  readonly limit: number
  readonly windowMicros: Micros
}

interface Wish {
  readonly amount: number
  readonly run: () => void
}

/** A limit that holds in every window, not only in aligned ones. An amount above the limit is spent when the window is empty. */
export function budget({ clock, limit, windowMicros }: BudgetOptions): Budget {
  let spent: { readonly at: Micros; readonly amount: number }[] = []
  let used = 0
  const waiting: Wish[] = []
  let blockedUntil = -Infinity
  let cancelTimer: (() => void) | undefined

  function expire(now: Micros): void {
    let gone = 0
    while (gone < spent.length && spent[gone]!.at <= now - windowMicros) used -= spent[gone++]!.amount
    if (gone > 0) spent = spent.slice(gone)
  }
  function note(amount: number): void {
    spent.push({ at: clock.now(), amount })
    used += amount
  }
  /** When the first in line may go. */
  function opensAt(amount: number): Micros {
    let free = limit - used
    let at = -Infinity
    for (const each of spent) {
      if (free >= amount) break
      free += each.amount
      at = each.at + windowMicros
    }
    return Math.max(at, blockedUntil)
  }
  function serve(): void {
    cancelTimer?.()
    cancelTimer = undefined
    for (;;) {
      const first = waiting[0]
      if (first === undefined) return
      const now = clock.now()
      expire(now)
      const at = opensAt(first.amount)
      if (at > now) {
        cancelTimer = clock.after(at - now, serve)
        return
      }
      waiting.shift()
      note(first.amount)
      first.run()
    }
  }

  return {
    get used() {
      expire(clock.now())
      return used
    },
    paceMicros: (amount) => (windowMicros * amount) / limit,
    note,
    spend(amount, run) {
      const wish: Wish = { amount, run }
      waiting.push(wish)
      if (waiting.length === 1) serve()
      return () => {
        const at = waiting.indexOf(wish)
        if (at < 0) return
        waiting.splice(at, 1)
        if (at === 0) serve()
      }
    },
    blockUntil(time) {
      blockedUntil = Math.max(blockedUntil, time)
      if (waiting.length > 0) serve()
    },
    clear() {
      waiting.length = 0
      cancelTimer?.()
      cancelTimer = undefined
    },
  }
}

/** What one address may do at one host. */
export interface HostBudget {
  /** Request weight. */
  readonly weight: Budget
  /** Connection attempts. */
  readonly connects: Budget
}

/** The budgets of every host, shared by all sources that are given them. */
export interface Budgets {
  /** The first to ask for a host says what it allows. */
  of(host: string, limits: { readonly weightPerMinute: number; readonly weightWindowMicros?: Micros; readonly connectsPerFiveMinutes: number }): HostBudget
}

const minute = 60_000_000

/** Budgets on a clock. Half of a venue's request weight is used: the other half is for whoever else shares the address. */
export function budgets(clock: Clock): Budgets {
  const hosts = new Map<string, HostBudget>()
  return {
    of(host, { weightPerMinute, weightWindowMicros = minute, connectsPerFiveMinutes }) {
      let known = hosts.get(host)
      if (known === undefined) {
        known = {
          weight: budget({ clock, limit: (weightPerMinute / 2) * (weightWindowMicros / minute), windowMicros: weightWindowMicros }),
          connects: budget({ clock, limit: connectsPerFiveMinutes, windowMicros: 300_000_000 }),
        }
        hosts.set(host, known)
      }
      return known
    },
  }
}
