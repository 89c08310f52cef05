import type { FeatureWindow, OnlineLearner, Predictor, Strategy } from '@rxlob/core'
import { depthImbalance, inputOf, midMove, queueImbalance, thresholdSignal } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { alwaysLong, followSignal, imbalanceMarketMaker, imbalanceRule, twapExecution, vwapExecution, type BacktestOptions } from '../../src/index.js'
import { delta, hand, handRun, snapshot, trade, type Happening } from '../hand-market.js'

const book = snapshot([[99, 10], [98, 20]], [[101, 10], [102, 20]])
const quiet = delta([[90, 1]], [])
const heavyBid = delta([[99, 90]], [])
const heavyAsk = delta([[99, 10]], [[101, 90]])
const run = (strategy: Strategy, happenings: readonly Happening[], options: Partial<BacktestOptions> = {}) => handRun(happenings, {}, { strategy, ...options })
const brief = ({ fills }: { fills: readonly { side: string; lots: number; ticks: number }[] }) => fills.map(({ side, lots, ticks }) => `${side} ${lots} at ${ticks}`)

/** Says up when the last column is above 0, down below. */
const signOf = (values: (window: FeatureWindow) => Float32Array | Promise<Float32Array>): Predictor => ({
  contract: 1, name: 'sign', input: inputOf([queueImbalance()], { length: 1 }), output: { kind: 'classes', classes: ['down', 'up'], horizon: { rows: 1 } }, predict: values,
})
const sign = ({ data }: FeatureWindow): Float32Array => Float32Array.of(data[0]! < 0 ? 0.9 : 0.1, data[0]! > 0 ? 0.9 : 0.1)
const model = (predict = sign as Parameters<typeof signOf>[0]) => ({ features: [queueImbalance()], predictor: signOf(predict), signal: thresholdSignal() })

describe('follow signal', () => {
  const day = [book, heavyBid, quiet, heavyAsk, quiet]
  it('holds the direction and turns with it', async () => {
    const result = await run(followSignal({ lots: 5 }), day, model())
    expect(brief(result)).toEqual(['buy 5 at 101', 'sell 10 at 99'])
    expect(result.counts).toMatchObject({ predictions: 5, signals: 5, missingPredictions: 0 })
  })
  it('does the same with a predictor that takes its time', async () => {
    const slow = await run(followSignal({ lots: 5 }), day, model(async (window) => {
      const answer = sign(window)
      await Promise.resolve()
      return answer
    }))
    expect(brief(slow)).toEqual(['buy 5 at 101', 'sell 10 at 99'])
  })
  it('counts predictions that are missing and does nothing on them', async () => {
    const result = await run(followSignal({ lots: 5 }), day, model(() => Float32Array.of(NaN, NaN)))
    expect(result.fills).toEqual([])
    expect(result.counts.missingPredictions).toBe(5)
  })
  it('lets go after a while', async () => {
    const result = await run(followSignal({ lots: 5, holdMicros: 2000, flatOnNoView: false }), [book, heavyBid, quiet, quiet, quiet, quiet, quiet], model((window) => (window.row === 1 ? sign(window) : Float32Array.of(0.5, 0.5))))
    expect(brief(result)).toEqual(['buy 5 at 101', 'sell 5 at 99'])
  })
  it('tells of a model that fails and of one that reads other columns', async () => {
    await expect(run(followSignal({ lots: 5 }), day, model(() => { throw new Error('no weights') }))).rejects.toMatchObject({ code: 'LOB_MODEL' })
    await expect(run(followSignal({ lots: 5 }), day, model(() => Promise.reject(new Error('no weights'))))).rejects.toMatchObject({ code: 'LOB_MODEL' })
    await expect(run(followSignal({ lots: 5 }), day, { ...model(), features: [depthImbalance({ levels: 2 })] })).rejects.toMatchObject({ code: 'LOB_COLUMN_MISMATCH' })
  })
})

describe('market maker', () => {
  const quotes = async (happenings: readonly Happening[], options = {}) => {
    const { orders } = await run(imbalanceMarketMaker({ lots: 1, maxPositionLots: 4, ...options }), happenings)
    return orders.map(({ side, ticks, status: ended }) => `${side} ${ticks} ${ended}`)
  }
  it('quotes the touch of an even book', async () => expect(await quotes([book, quiet])).toEqual(['buy 99 expired', 'sell 101 expired']))
  // 90 against 10: fair value is 100.8; the bid stays at the touch, the ask moves to 102.
  it('leans to the heavier side', async () => expect(await quotes([book, heavyBid])).toEqual(['buy 99 expired', 'sell 101 cancelled', 'sell 102 expired']))
  it('is shifted by what it holds', async () => {
    const all = await quotes([book, trade(99, 11, 'sell'), quiet, quiet], { skewTicks: 8 })
    // Long 1 of 4: fair value 98, so the next bid is at 97 and the ask stays at the touch.
    expect(all).toEqual(['buy 99 filled', 'sell 101 expired', 'buy 97 expired'])
  })
  it('stops at its limit', async () => {
    const all = await quotes([book, trade(98, 11, 'sell'), quiet, quiet], { maxPositionLots: 1 })
    expect(all).toEqual(['buy 99 filled', 'sell 101 expired'])
  })
})

describe('execution', () => {
  const clock = [book, quiet, quiet, quiet, quiet, quiet]
  const times = ({ fills }: { fills: readonly { tsExchange: number; lots: number }[] }) => fills.map(({ tsExchange, lots }) => [(tsExchange % 1e9) / 1000, lots])
  it('TWAP in equal parts of time', async () => {
    const result = await run(twapExecution({ instrument: hand.id, side: 'buy', lots: 7, sliceMicros: 2000, slices: 3 }), clock)
    expect(times(result)).toEqual([[0, 2], [2, 3], [4, 2]])
  })
  it('VWAP as the market usually trades', async () => {
    const result = await run(vwapExecution({ instrument: hand.id, side: 'sell', lots: 10, sliceMicros: 1000, afterMicros: 1000, usualVolume: [10, 0, 30] }), clock)
    expect(times(result)).toEqual([[1, 3], [3, 7]])
    expect(result.positions[0]!.lots).toBe(-10)
  })
  it.each([[[0, 0]], [[1, -1]], [[]], [[NaN]]])('refuses volumes %o', (usualVolume) => {
    expect(() => vwapExecution({ instrument: hand.id, side: 'sell', lots: 10, sliceMicros: 1000, usualVolume })).toThrow(/shares/)
  })
})

describe('rules', () => {
  it('always long buys once', async () => expect(brief(await run(alwaysLong({ lots: 3 }), [book, quiet, quiet]))).toEqual(['buy 3 at 101']))
  it('imbalance decides at its pace', async () => {
    const result = await run(imbalanceRule({ lots: 3, everyMicros: 2000 }), [book, heavyBid, heavyBid, heavyAsk, heavyAsk, quiet])
    expect(brief(result)).toEqual(['buy 3 at 101', 'sell 6 at 99'])
  })
})


describe('a predictor that learns', () => {
  /** Foretells the last move that it was told of. */
  const echo = (): OnlineLearner & { readonly learned: number[] } => {
    const learned: number[] = []
    return {
      contract: 1, name: 'echo', learned, input: inputOf([queueImbalance()], { length: 1 }), output: midMove({ rows: 1 }).output,
      predict: () => Float32Array.of(learned.at(-1) === 0 ? 1 : 0, learned.at(-1) === 1 || learned.length === 0 ? 1 : 0, learned.at(-1) === 2 ? 1 : 0),
      learn: (_, target) => void learned.push(target),
      save: () => [], load: () => undefined,
    }
  }
  const up = snapshot([[100, 10]], [[102, 10]])
  it('learns what has settled, and not before', async () => {
    const learner = echo()
    const result = await run(followSignal({ lots: 5 }), [book, up, up, up], { features: [queueImbalance()], predictor: learner, labeler: midMove({ rows: 1 }), signal: thresholdSignal() })
    expect(learner.learned).toEqual([2, 1, 1])
    expect(brief(result)).toEqual(['buy 5 at 102'])
    expect(result.counts.predictions).toBe(4)
  })
  it('a labeler needs one', async () => {
    await expect(run(followSignal({ lots: 5 }), [book], { ...model(), labeler: midMove({ rows: 1 }) })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })
})
