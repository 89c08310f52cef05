import { everyMidMove, inputOf, LobError, midMove, midPrice, predictAndLearn, spread, type MarketEvent, type OnlineLearner, type Prediction, type Settled } from '@rxlob/core'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { batchesFrom } from '../made-sources.js'
import { recordingLearner } from '../recording-learner.js'
import { equity, session } from '../session.js'
import { operatorSuite } from './operator-suite.js'

const input = inputOf([midPrice()], { length: 1 })
const next = midMove({ rows: 1, kind: 'value' })

const brief = (one: Prediction | Settled): unknown => [one.kind, one.instrument.slice(5), one.row, one.kind === 'settled' ? one.target : one.values[1]]

const outcomesOf = (inputs: readonly unknown[], learner: OnlineLearner = recordingLearner(input)): unknown[] => {
  const outcomes: unknown[] = []
  from(inputs as MarketEvent[]).pipe(predictAndLearn(learner, [midPrice()], next)).subscribe({ next: (one) => outcomes.push(brief(one)), error: (error) => outcomes.push(error) })
  return outcomes
}

/** Two instruments by turns, with a gap in one of them. */
function interleaved(): MarketEvent[] {
  const a = session()
  const b = session({ ...equity, id: 'test:XYZ' })
  return [
    a.instrument(), b.instrument(), a.snapshot([[10, 5]], [[10.02, 7]]), b.snapshot([[10, 5]], [[10.1, 7]]), a.delta([[10.01, 9]], []), b.trade(10, 1),
    a.status('gap'), a.snapshot([[10, 5]], [[10.02, 7]]), a.trade(10, 1), b.trade(10, 1),
  ]
}

describe('predictAndLearn', () => {
  // The suite takes one output an event: rows that settle nothing.
  operatorSuite<MarketEvent, Prediction | Settled>({
    operator: () => predictAndLearn(recordingLearner(input), [midPrice()], midMove({ rows: 100 })),
    inputs: interleaved,
    outputs: [
      undefined, undefined, ['prediction', 'ABC', 0, 0], ['prediction', 'XYZ', 0, 0], ['prediction', 'ABC', 1, 0], ['prediction', 'XYZ', 1, 0],
      undefined, ['prediction', 'ABC', 2, 0], ['prediction', 'ABC', 3, 0], ['prediction', 'XYZ', 2, 0],
    ],
    project: brief,
  })

  const wanted = [
    ['prediction', 'ABC', 0, 0],
    ['prediction', 'XYZ', 0, 0],
    ['settled', 'ABC', 0, 0.5],
    ['prediction', 'ABC', 1, 1],
    ['settled', 'XYZ', 0, 0],
    ['prediction', 'XYZ', 1, 2],
    ['prediction', 'ABC', 2, 2],
    ['settled', 'ABC', 2, 0],
    ['prediction', 'ABC', 3, 3],
    ['settled', 'XYZ', 1, 0],
    ['prediction', 'XYZ', 2, 4],
  ]

  it('learns what a row settles before it predicts the row, from all instruments, and nothing across a gap', async () => {
    expect(outcomesOf(interleaved())).toEqual(wanted)
    expect(outcomesOf(await batchesFrom(interleaved(), 2))).toEqual(wanted)
  })

  it('counts rows as the sampler takes them', () => {
    const make = session()
    const events = [make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), make.trade(10, 1), make.delta([[10.01, 9]], []), make.trade(10, 1)]
    const outcomes: unknown[] = []
    const learner = recordingLearner(inputOf([midPrice()], { length: 1, sample: everyMidMove() }))
    from(events).pipe(predictAndLearn(learner, [midPrice()], next, { sample: everyMidMove() })).subscribe((one) => outcomes.push(brief(one)))
    expect(outcomes).toEqual([['prediction', 'ABC', 0, 0], ['settled', 'ABC', 0, 0.5], ['prediction', 'ABC', 1, 1]])
  })

  it('refuses at once a learner that was made for other features or another sampler', () => {
    expect(() => predictAndLearn(recordingLearner(input), [spread()], next)).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
    expect(() => predictAndLearn(recordingLearner(input), [midPrice()], next, { sample: everyMidMove() })).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
  })

  it('ends with an error where the learner fails', () => {
    const failing: OnlineLearner = {
      ...recordingLearner(input),
      learn: () => {
        throw new Error('singular')
      },
    }
    expect(outcomesOf(interleaved(), failing)).toMatchObject([wanted[0], wanted[1], { code: 'LOB_MODEL', message: expect.stringContaining('singular') as unknown }])
    expect(outcomesOf(interleaved(), failing).at(-1)).toBeInstanceOf(LobError)
  })
})
