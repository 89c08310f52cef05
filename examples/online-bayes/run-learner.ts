import type { Simulator } from '@rxlob/adapters-simulator'
import { everyMidMove, inputOf, midMove, predictAndLearn, queueImbalance, type FeatureWindow, type InputSpec, type OnlineLearner } from '@rxlob/core'
import { lastValueFrom, tap } from 'rxjs'

const features = [queueImbalance()]
const sample = everyMidMove()
const nextMove = midMove({ rows: 1 })

export const input: InputSpec = inputOf(features, { length: 1, sample, scaler: { mean: [0], scale: [0.5] } })
export const output = nextMove.output

/** What a learner said of every move, and what it cost. */
export interface LearnerRun {
  readonly name: string
  /** Log loss of each move in nats. */
  readonly losses: readonly number[]
  /** Of P(up) where the bid queue is the longer, before each move; NaN where the learner cannot say. */
  readonly belief: readonly number[]
  readonly deviation: readonly number[]
}

/** A window in which the bid queue is the longer. */
const longerBid: FeatureWindow = { instrument: 'sim:DEMO', row: 0, tsLocal: 0, data: Float32Array.of(1), shape: [1, 1] }

/** Predicts every mid move first and learns it once it has happened. `believe` is asked for mean and deviation of P(up | longer bid). */
export async function runLearner(market: Simulator, learner: OnlineLearner, believe: (window: FeatureWindow) => readonly [mean: number, deviation: number]): Promise<LearnerRun> {
  const losses: number[] = []
  const belief: number[] = []
  const deviation: number[] = []
  const outcomes = market.events().pipe(
    predictAndLearn(learner, features, nextMove, { sample }),
    tap((outcome) => {
      if (outcome.kind !== 'settled') return
      losses.push(-Math.log(outcome.prediction.values[outcome.target]!))
      const [mean, spread] = believe(longerBid)
      belief.push(mean)
      deviation.push(spread)
    }),
  )
  await lastValueFrom(outcomes)
  return { name: learner.name, losses, belief, deviation }
}
