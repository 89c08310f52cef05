import { LobError } from '@rxlob/core'
import type { MemberWeights } from './weight-rule.js'

/**
 * Weights kept as logarithms, so that none is ever lost to underflow.
 *
 * @param step Moves the log weights by one outcome; they are normalised afterwards.
 * @param share Of all weight, given to every member alike after each outcome (fixed share): no member falls below share / members.
 */
export function logWeights(
  members: number,
  step: (logs: Float64Array, logLikelihoods: Float64Array, losses: Float64Array) => void,
  share = 0,
): MemberWeights {
  const logs = new Float64Array(members)
  const weights = new Float64Array(members)
  const normalise = (): void => {
    let top = -Infinity
    for (const log of logs) if (log > top) top = log
    let sum = 0
    for (let i = 0; i < members; i++) sum += weights[i] = Math.exp(logs[i]! - top)
    const total = top + Math.log(sum)
    for (let i = 0; i < members; i++) {
      logs[i]! -= total
      weights[i]! /= sum
    }
  }
  const restart = (): void => {
    logs.fill(-Math.log(members))
    weights.fill(1 / members)
  }
  restart()
  return {
    weights,
    restart,
    update(logLikelihoods, losses) {
      step(logs, logLikelihoods, losses)
      normalise()
      if (share === 0) return
      for (let i = 0; i < members; i++) {
        weights[i] = (1 - share) * weights[i]! + share / members
        logs[i] = Math.log(weights[i]!)
      }
    },
    save: () => [...logs],
    load(state) {
      if (state.length !== members || !state.every((log) => Number.isFinite(log))) throw new LobError('LOB_MODEL', `The state's weights are not those of ${members} members; pass what save() returned, unchanged.`)
      logs.set(state)
      for (let i = 0; i < members; i++) weights[i] = Math.exp(logs[i]!)
    },
  }
}
