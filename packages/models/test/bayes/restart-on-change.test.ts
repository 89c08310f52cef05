import { seededRandom, type OutputSpec } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { bayesianLogistic, nigRegression, restartOnChange, type CalledChange } from '../../src/bayes/index.js'
import { classesOutput, logisticRows, scaledInput, windowOf } from './random-rows.js'

const input = scaledInput(1)
const output = classesOutput(2)
const learner = () => bayesianLogistic({ input, output, forgetting: 1 })
const numbered = <Row extends { window: object }>(rows: readonly Row[], from: number) => rows.map((row, at) => ({ ...row, window: { ...row.window, row: from + at, tsLocal: 1000 * (from + at) } }))
const flip = [...numbered(logisticRows([[0, -2], [0, 2]], 2000, 1), 0), ...numbered(logisticRows([[0, 2], [0, -2]], 400, 2), 2000)]

describe('restartOnChange', () => {
  it.each(['restart', 'reweight'] as const)('notices a flip, says when it was, and knows the new rule soon: %s', (response) => {
    const changes: CalledChange[] = []
    const watching = restartOnChange({ learner, response, onChange: (change) => changes.push(change) })
    for (const { window, target } of flip) watching.learn(window as never, target)
    expect(changes).toHaveLength(1)
    const { row, rowsAgo, tsLocal } = changes[0]!
    expect(row).toBeLessThan(2030)
    expect(tsLocal).toBe(1000 * row)
    expect(Math.abs(row + 1 - rowsAgo - 2000)).toBeLessThan(8)
    expect(watching.changes).toBe(1)
    expect(watching.predict(windowOf([2]))[0]).toBeGreaterThan(0.9)
    expect(watching.changeProbability).toBeLessThan(0.5)
  })

  it('after a restart is the bits of a learner that saw only the rows since the change', () => {
    let since = -1
    const watching = restartOnChange({ learner, onChange: ({ row, rowsAgo }) => (since = row + 1 - rowsAgo) })
    for (const { window, target } of flip) watching.learn(window as never, target)
    const fresh = learner()
    for (const { window, target } of flip.slice(since)) fresh.learn(window as never, target)
    for (const x of [-1, 0, 0.7]) expect(watching.predict(windowOf([x]))).toEqual(fresh.predict(windowOf([x])))
  })

  it('reweighting survives a false alarm that restarting pays for', () => {
    // Nothing changes but a run of bad luck: forty outcomes the other way.
    const random = seededRandom(5)
    const rows = logisticRows([[0, -1], [0, 1]], 3000, 3).map((row, at) => (at >= 2000 && at < 2040 ? { ...row, target: 1 - row.target } : row))
    const lossOf = (response: 'restart' | 'reweight'): number => {
      const watching = restartOnChange({ learner, response })
      let loss = 0
      numbered(rows, 0).forEach(({ window, target }, at) => {
        if (at >= 2040) loss -= Math.log(watching.predict(window as never)[target]!) / 960
        watching.learn(window as never, target)
      })
      expect(watching.changes).toBeGreaterThan(0)
      return loss
    }
    expect(random()).toBeLessThan(1)
    expect(lossOf('reweight')).toBeLessThan(lossOf('restart') + 0.02)
  })

  it('goes on from a saved state, in the middle of a change, with the same bits', () => {
    for (const response of ['restart', 'reweight'] as const) {
      const make = () => restartOnChange({ learner, response, settleAt: 0.999999 })
      const one = make()
      let other = make()
      flip.slice(1900).forEach(({ window, target }, at) => {
        if (at % 37 === 0) {
          const loaded = make()
          loaded.load(JSON.parse(JSON.stringify(other.save())))
          other = loaded
        }
        expect(other.predict(window as never)).toEqual(one.predict(window as never))
        for (const watching of [one, other]) watching.learn(window as never, target)
      })
      expect(other.changes).toBe(one.changes)
    }
  })

  it('with overlapping horizons is not taken in by long moves, and still notices a flip', () => {
    // Labels of sums over ten rows: neighbours share nine of their ten parts.
    const horizon = { rows: 10 }
    const random = seededRandom(7)
    const parts = Array.from({ length: 6010 }, () => Number(random() < 0.6))
    const targetOf = (row: number): number => (parts.slice(row, row + 10).reduce((sum, part) => sum + part, 0) > 5 ? 1 : 0)
    const changes: CalledChange[] = []
    const make = () => restartOnChange({ learner: () => bayesianLogistic({ input, output: { ...output, horizon }, forgetting: 1 }), onChange: (change) => changes.push(change) })
    const watching = make()
    for (let row = 0; row < 6000; row++) watching.learn({ ...windowOf([0]), row, tsLocal: row }, targetOf(row))
    expect(changes.length).toBeLessThan(2)
    const before = changes.length
    for (let row = 6000; row < 8000; row++) watching.learn({ ...windowOf([0]), row, tsLocal: row }, 1 - targetOf(row - 6000))
    expect(changes.length).toBe(before + 1)
    const { row, rowsAgo } = changes.at(-1)!
    expect(Math.abs(row + 1 - rowsAgo - 6000)).toBeLessThan(150)
    expect(watching.predict(windowOf([0]))[0]).toBeGreaterThan(0.5)
  })

  it('watches the errors of values', () => {
    const value: OutputSpec = { kind: 'value', unit: 'ticks', horizon: { rows: 1 } }
    const random = seededRandom(9)
    const changes: CalledChange[] = []
    const watching = restartOnChange({ learner: () => nigRegression({ input, output: value, forgetting: 1, priorScale: 0.01 }), onChange: (change) => changes.push(change) })
    for (let row = 0; row < 1500; row++) {
      const x = random() - 0.5
      watching.learn({ ...windowOf([x]), row, tsLocal: row }, (row < 1200 ? x : 3 + x) + 0.3 * (random() - 0.5))
    }
    expect(changes).toHaveLength(1)
    expect(changes[0]!.row + 1 - changes[0]!.rowsAgo).toBe(1200)
    expect(watching.predict(windowOf([0]))[0]).toBeCloseTo(3, 1)
    expect(() => restartOnChange({ learner: () => nigRegression({ input, output: value }), response: 'reweight' })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })

  it('refuses damaged states whole, and those of another response', () => {
    const watching = restartOnChange({ learner })
    for (const { window, target } of flip.slice(1900)) watching.learn(window as never, target)
    const good = watching.save() as { recent: object[] }
    const before = JSON.stringify(good)
    for (const state of [{ ...good, alarm: {} }, { ...good, learner: {} }, { ...good, recent: [{ ...good.recent[0], target: 5 }] }, { ...good, changes: 'x' }]) {
      expect(() => watching.load(state)).toThrow(expect.objectContaining({ code: expect.stringMatching('LOB_') }))
    }
    expect(JSON.stringify(watching.save())).toBe(before)
    expect(watching.current.name).toBe('bayesian_logistic')
    expect(() => restartOnChange({ learner }).load(restartOnChange({ learner, response: 'reweight' }).save())).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
  })
})
