import { logWeights } from './log-weights.js'
import type { WeightRule } from './weight-rule.js'

/** Every member counts alike, always: what any other rule has to beat. */
export function equalWeights(): WeightRule {
  return { name: 'equal_weights', needsLosses: false, start: (members) => logWeights(members, () => {}) }
}
