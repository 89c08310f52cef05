import type { CostModel, Feature, Labeler, LatencyModel, Lots, Micros, Predictor, Sampler, SignalRule, Strategy } from '@rxlob/core'
import type { CarryModel } from './cost/carry-model.js'
import type { QueueModel } from './queue/queue-model.js'

/** How a strategy is executed: the same over a replay and over a live source. */
export interface ExecutionOptions {
  readonly strategy: Strategy
  readonly latency: LatencyModel
  readonly cost: CostModel
  /** What holding a position costs: funding, borrow. Default nothing. */
  readonly carry?: CarryModel
  /** What the predictor reads; with `predictor` and `signal`, or none of the three. */
  readonly features?: readonly Feature[]
  readonly predictor?: Predictor
  readonly signal?: SignalRule
  /** With a predictor that learns (`OnlineLearner`): each row is predicted first and learned once its label is known. */
  readonly labeler?: Labeler
  /** Which ticks become rows of features. Default every one. */
  readonly sample?: Sampler
  /** How our place in a queue is told. Default: `fifo`, exact, where the source shows orders; else the pessimistic model. */
  readonly queue?: QueueModel | 'fifo'
  /** `flat` closes every position at a session's end by a market order into the last book; `carry` keeps it. Default `flat`. */
  readonly sessionEnd?: 'flat' | 'carry'
  /** What a taker gets. `mid-fiction` fills everything at the mid, which no venue does: for comparison alone. Default `book`. */
  readonly takerFills?: 'book' | 'mid-fiction'
  /** Longest delay of the feed: events may come so much later than others that happened before them. Default 2,000,000. */
  readonly maxFeedDelayMicros?: Micros
  /** Orders of more lots are refused. Default 1,000,000,000. */
  readonly maxOrderLots?: Lots
  /** Orders that could take a position beyond it are refused. Default Infinity. */
  readonly maxPositionLots?: Lots
  /** Grid of the equity curve and of the returns of the Sharpe ratio. Default one minute. */
  readonly intervalMicros?: Micros
}
