import type { QueueModel } from './queue-model.js'

/**
 * Nothing that leaves the level leaves it ahead of us, but for trades: the latest fill that the data allow.
 *
 *   trade:  ahead -= lots          depth:  ahead = min(ahead, after)
 *
 * @see hftbacktest, RiskAdverseQueueModel
 */
export const pessimisticQueue = (): QueueModel => ({
  name: 'pessimistic',
  trade: (state, lots) => {
    state.ahead -= lots
  },
  depth: (state, _before, after) => {
    state.ahead = Math.min(state.ahead, after)
  },
})
