import type { OutputSpec } from '@rxlob/core'
import { testLearner } from '@rxlob/testkit'
import { describe, it } from 'vitest'
import { bayesianLogistic, bayesianProbit, dirichletMultinomial, nigRegression, restartOnChange, variationalLogistic } from '../src/bayes/index.js'
import { adaptiveEnsemble, hedge, horizonMembers } from '../src/ensemble/index.js'
import { classesOutput, rawInput, scaledInput } from './bayes/random-rows.js'

describe.each([
  ['warming up', { input: rawInput(3, 2), output: classesOutput(3) }],
  ['warmed up early', { input: rawInput(4), output: classesOutput(3), warmUpRows: 20, forgetting: 0.99 }],
  ['scaled by core', { input: scaledInput(3), output: classesOutput(2) }],
])('bayesianLogistic, %s', (_, options) => {
  for (const { name, run } of testLearner(() => bayesianLogistic(options))) it(`${name}`, run)
})

const hand = { input: scaledInput(3), output: classesOutput(3) }

const value: OutputSpec = { kind: 'value', unit: 'ticks', horizon: { rows: 1 } }

describe.each([
  ['laplace', () => bayesianLogistic({ ...hand, update: 'laplace' })],
  ['probit', () => bayesianProbit({ ...hand, forgetting: 0.99 })],
  ['probit, warming up', () => bayesianProbit({ input: rawInput(2, 2), output: classesOutput(2), warmUpRows: 20 })],
  ['variational', () => variationalLogistic({ ...hand, forgetting: 0.99 })],
  ['normal-inverse-gamma', () => nigRegression({ input: scaledInput(3), output: value, forgetting: 0.99 })],
  ['normal-inverse-gamma, warming up', () => nigRegression({ input: rawInput(2), output: value, warmUpRows: 20 })],
  ['dirichlet', () => dirichletMultinomial({ ...hand, edges: [[0], [], [-1, 1]] })],
  ['restarting values', () => restartOnChange({ learner: () => nigRegression({ input: scaledInput(3), output: value }), alarm: { recentRows: 30 } })],
  ['restarting', () => restartOnChange({ learner: () => bayesianLogistic(hand), alarm: { recentRows: 30, hazard: 0.05, threshold: 0.3 } })],
  ['reweighting', () => restartOnChange({ learner: () => bayesianLogistic(hand), response: 'reweight', alarm: { recentRows: 30, hazard: 0.05, threshold: 0.3 } })],
  ['ensemble', () => adaptiveEnsemble({ members: horizonMembers({ ...hand, memoryRows: { short: 20, long: 500 } }), alarm: { recentRows: 30 } })],
  ['ensemble over three rows', () => adaptiveEnsemble({ members: horizonMembers({ input: scaledInput(3), output: { ...classesOutput(3), horizon: { rows: 3 } }, memoryRows: { short: 20, long: 500 } }) })],
  ['hedged', () => adaptiveEnsemble({ members: horizonMembers({ ...hand, memoryRows: { short: 20, long: 500 } }), weighting: hedge() })],
] as const)('%s', (_, create) => {
  for (const { name, run } of testLearner(create)) it(`${name}`, run)
})
