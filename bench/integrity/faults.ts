import type { Mood, Step } from './market.ts'
import type { Wire } from './system.ts'
import { textOf } from './texts.ts'

/** What arrives in one slot of 100 ms. */
export interface Slot {
  readonly step: Step
  texts: string[]
}

export interface Fault {
  readonly name: string
  readonly wire: Wire
  /** Slots of the run. */
  readonly slots: number
  readonly mood: Mood
  /** Changes what arrives from slot `at` on; nothing before it. Returns the first slot in which it can be noticed. */
  apply(slots: Slot[], at: number): number
}

const short = { slots: 600, mood: { moves: 0.1, changes: 0.02 } }
/** A quarter of an hour, in which most levels do not change: audits come every five minutes. */
const quiet = { slots: 9000, mood: { moves: 0, changes: 0.00005 } }

/** The first message from `from` on that takes the best ask away: the market moves up. */
const moving = (slots: readonly Slot[], from: number): number =>
  slots.findIndex(({ step }, slot) => slot >= from && step.asks.some(([price, size]) => size === 0 && price === Math.min(...slots[slot - 1]!.step.after.asks.keys())))

const nearTop = ({ after }: Step, price: number): boolean => price > Math.max(...after.bids.keys()) - 3 && price < Math.min(...after.asks.keys()) + 3

function lose(slots: Slot[], from: number): number {
  const at = moving(slots, from)
  slots[at]!.texts = []
  return at + 1
}

/** The message does not say that the best ask is gone; all its numbers are right. */
function keepStale(wire: Wire, slots: Slot[], from: number): number {
  const at = moving(slots, from)
  const { step } = slots[at]!
  slots[at]!.texts = [textOf(wire, { ...step, asks: step.asks.filter(([, size]) => size > 0) }, at + 1)]
  return at
}

export const faults: readonly Fault[] = [
  { name: 'nothing wrong', wire: 'binance', ...short, apply: (_, at) => at },
  { name: 'a message lost in steady state', wire: 'binance', ...short, apply: lose },
  { name: 'a message lost in steady state', wire: 'binance-usdm', ...short, apply: lose },
  { name: 'a stale level, numbers intact; the book crosses as the market moves on', wire: 'binance', ...short, apply: (slots, at) => keepStale('binance', slots, at) },
  {
    name: 'two messages in the wrong order',
    wire: 'binance',
    ...short,
    apply(slots, from) {
      const prices = (at: number): readonly number[] => [...slots[at]!.step.bids, ...slots[at]!.step.asks].filter(([, size]) => size > 0).map(([price]) => price)
      const at = slots.findIndex((_, slot) => slot >= from && prices(slot).some((price) => nearTop(slots[slot]!.step, price) && prices(slot + 1).includes(price)))
      slots[at + 1]!.texts = [...slots[at + 1]!.texts, ...slots[at]!.texts]
      slots[at]!.texts = []
      return at + 1
    },
  },
  {
    name: 'a message that comes again five seconds later',
    wire: 'binance',
    ...short,
    apply(slots, from) {
      const at = moving(slots, from)
      slots[at + 50]!.texts = [...slots[at + 50]!.texts, ...slots[at]!.texts]
      return at + 50
    },
  },
  { name: 'a message lost, `sequence_num` skips', wire: 'coinbase-advanced', ...short, apply: lose },
  { name: 'a stale level, numbers intact; the book crosses as the market moves on', wire: 'coinbase-advanced', ...short, apply: (slots, at) => keepStale('coinbase-advanced', slots, at) },
  { name: 'a message lost, nothing is numbered', wire: 'coinbase-exchange', ...short, apply: lose },
  {
    name: 'the same in a quiet market, one size among the best five',
    wire: 'coinbase-exchange',
    ...quiet,
    apply(slots, from) {
      const lasting = (price: number, slot: number): boolean => slots.every(({ step }, later) => later <= slot || !step.bids.some(([changed]) => changed === price))
      const at = slots.findIndex(({ step }, slot) => slot >= from && step.bids.some(([price]) => nearTop(step, price) && lasting(price, slot)))
      slots[at]!.texts = []
      return at + 1
    },
  },
]
