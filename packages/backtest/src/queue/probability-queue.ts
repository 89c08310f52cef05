import type { QueueModel } from './queue-model.js'

/**
 * A queue model in which what is cancelled was behind us with a probability that depends on the lots ahead and behind.
 *
 *   change = before - after - traded
 *   change < 0:  ahead = min(ahead, after)                    (the level grew)
 *   else:        back = before - ahead, p = behind(ahead, back), 1 where that is undefined
 *                ahead = min(ahead - (1 - p) change + min(back - p change, 0), after)
 *
 * @param behind Probability, 0 to 1, that a cancelled lot stood behind us.
 * @see hftbacktest, ProbQueueModel; Rigtorp (2013), Estimating order queue position
 */
export const probabilityQueue = (name: string, behind: (ahead: number, back: number) => number): QueueModel => ({
  name,
  trade: (state, lots) => {
    state.ahead -= lots
    state.traded += lots
  },
  depth: (state, before, after) => {
    const change = before - after - state.traded
    state.traded = 0
    if (change < 0) {
      state.ahead = Math.min(state.ahead, after)
      return
    }
    const back = before - state.ahead
    const share = behind(state.ahead, back)
    const p = Number.isFinite(share) ? share : 1
    state.ahead = Math.min(state.ahead - (1 - p) * change + Math.min(back - p * change, 0), after)
  },
})
