import type { Step } from './market.ts'

/** How the messages are written down. */
export type Wire = 'binance' | 'binance-usdm' | 'coinbase-advanced' | 'coinbase-exchange'

/** Price in cents to size in hundredths. */
export interface Shown {
  readonly bids: ReadonlyMap<number, number>
  readonly asks: ReadonlyMap<number, number>
}

/** A library that keeps a book from messages. */
export interface System {
  /**
   * The next 100 ms: the venue made its message number `number`, after which its book is `now.after`, and these texts arrive (none where the
   * message was lost on its way).
   */
  step(texts: readonly string[], now: Step, number: number): Promise<void>
  /** The book that a user would read now; undefined where he is told that there is none. */
  shown(): Shown | undefined
  /** What the user was told so far, in the order it was told. */
  readonly told: readonly string[]
  stop(): void
}

/** A system for a venue; undefined where it has none. */
export type MakeSystem = (wire: Wire) => Promise<System | undefined>

export const cents = (price: number): number => Math.round(price * 100)
