import { testLearner } from '@rxlob/testkit'
import { describe, it } from 'vitest'
import { bayesianLogistic } from '../src/bayes/index.js'
import { classesOutput, rawInput, scaledInput } from './bayes/random-rows.js'

describe.each([
  ['warming up', { input: rawInput(3, 2), output: classesOutput(3) }],
  ['warmed up early', { input: rawInput(4), output: classesOutput(3), warmUpRows: 20, forgetting: 0.99 }],
  ['scaled by core', { input: scaledInput(3), output: classesOutput(2) }],
])('bayesianLogistic, %s', (_, options) => {
  for (const { name, run } of testLearner(() => bayesianLogistic(options))) it(`${name}`, run)
})
