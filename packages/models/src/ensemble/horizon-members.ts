import { LobError, numberOption, type InputSpec, type OnlineLearner, type OutputSpec } from '@rxlob/core'
import { bayesianLogistic } from '../bayes/bayesian-logistic.js'

/** What a learner of one memory is made from. */
export interface MemberPlan {
  readonly name: string
  readonly input: InputSpec
  readonly output: OutputSpec
  /** Share of its evidence that it keeps with each row: 1 - 1 / memoryRows. */
  readonly forgetting: number
}

export interface HorizonMembersOptions {
  readonly input: InputSpec
  readonly output: OutputSpec
  /**
   * Memories in learned rows, by name, each above 1. Default 30 (`ultra_short`, of the range 10 to 50), 300 (`short`, 100 to 500) and
   * 3000 (`medium`, 1000 and more).
   */
  readonly memoryRows?: Readonly<Record<string, number>>
  /** Makes the learner of a memory. Default `bayesianLogistic`, which warms up for the memory or 100 rows, whichever is less. */
  readonly learner?: (plan: MemberPlan) => OnlineLearner
}

/**
 * One learner at several memories, all forecasting the same label: what happened in the last 10 to 50, 100 to 500 and 1000 and more rows.
 * Returned as makers, which is what `adaptiveEnsemble` takes. A short memory follows a change within its length and is noisy; a long one is exact and late. `adaptiveEnsemble` lets them compete.
 *
 * @throws {LobError} LOB_BAD_OPTION where a memory is not above 1.
 */
export function horizonMembers(options: HorizonMembersOptions): (() => OnlineLearner)[] {
  const { input, output, memoryRows = { ultra_short: 30, short: 300, medium: 3000 } } = options
  const make = options.learner ?? (({ name, forgetting }) => bayesianLogistic({ name, input, output, forgetting, warmUpRows: Math.max(2, Math.min(100, Math.round(1 / (1 - forgetting)))) }))
  const memories = Object.entries(memoryRows)
  if (memories.length === 0) throw new LobError('LOB_BAD_OPTION', 'Option memoryRows: expected one memory or more.')
  return memories.map(([name, rows]) => {
    const forgetting = 1 - 1 / numberOption(`memoryRows.${name}`, rows, 1 + Number.EPSILON, Number.MAX_VALUE)
    return () => make({ name, input, output, forgetting })
  })
}
