import type { FeatureWindow, Horizon, InstrumentId, OnlineLearner, Predictor } from '@rxlob/core'
import { LobError } from '@rxlob/core'
import type { SavedState } from '../bayes/saved-state.js'

/** A member that can be asked what it said when a row arrived, once that row's outcome is known. */
export interface AsOfMember {
  /** The member itself: all that it was taught, it knows. */
  readonly member: Predictor
  /** What the member says now. */
  predict(window: FeatureWindow): Float32Array
  /** What the member said of the window when that arrived: before the outcomes that came since. Rows are to come in the order of their outcomes. */
  asOf(window: FeatureWindow): Float32Array
  learn(window: FeatureWindow, target: number, weight: number): void
  save(): unknown
  load(saved: SavedState): void
}

interface Example {
  readonly window: FeatureWindow
  readonly target: number
  readonly weight: number
}

/** Examples that a horizon in time may hold back for one instrument. */
const mostWaiting = 1 << 16

/**
 * Judges a member by what it said in time.
 *
 * When a row's outcome is known, the member has long learned the outcomes of rows that came after it, and their horizons overlap with its own: asked
 * again, a fast learner would seem to have foreseen it. So a second member, a horizon behind, is asked instead: before it speaks of a row
 * it is taught exactly the rows whose horizons had ended by then. At a horizon of one row there is none between, and the member speaks for itself.
 *
 * Nothing is kept of what is predicted. Where it is never `judged`, there is no second member, and `asOf` says what it says now. Cost: learns twice where the horizon is over one row; memory: one horizon of windows an instrument.
 */
export function asOfMember(name: string, create: () => Predictor, judged = true): AsOfMember {
  const member = create()
  const { horizon } = member.output
  const lagging = judged && isLearner(member) && !('rows' in horizon && horizon.rows === 1) ? (create() as OnlineLearner) : undefined
  const waiting = new Map<string, Example[]>()
  const most = 'rows' in horizon ? horizon.rows : mostWaiting

  const answerOf = (asked: Predictor, window: FeatureWindow): Float32Array => {
    const answer = asked.predict(window)
    if (answer instanceof Float32Array) return answer
    throw new LobError('LOB_MODEL', `${name}: ${asked.name} answers with a promise; what learns online needs answers at once (weightedAverage does not).`)
  }
  const catchUp = (window: FeatureWindow, learner: OnlineLearner): void => {
    const queue = waiting.get(window.instrument)
    while (queue !== undefined && queue.length > 0 && (queue.length > most || isOver(queue[0]!.window, window, horizon))) {
      const due = queue.shift()!
      learner.learn(due.window, due.target, due.weight)
    }
  }
  return {
    member,
    predict: (window) => answerOf(member, window),
    asOf(window) {
      if (lagging !== undefined) catchUp(window, lagging)
      return answerOf(lagging ?? member, window)
    },
    learn(window, target, weight) {
      if (!isLearner(member)) return
      member.learn(window, target, weight)
      if (lagging === undefined) return
      let queue = waiting.get(window.instrument)
      if (queue === undefined) waiting.set(window.instrument, (queue = []))
      queue.push({ window: { ...window, data: window.data.slice() }, target, weight })
    },
    save: () => ({
      ...(isLearner(member) && { learner: member.save() }),
      ...(lagging !== undefined && {
        lagging: lagging.save(),
        waiting: [...waiting.values()].flat().map(({ window: { instrument, row, tsLocal, data }, target, weight }) => ({ instrument, row, tsLocal, data: [...data], target, weight })),
      }),
    }),
    load(saved) {
      const { length, columns } = member.input
      const shape = [length, columns.length] as const
      const examples = lagging === undefined ? [] : saved.states('waiting').map((entry): Example => ({
        window: {
          instrument: entry.text('instrument') as InstrumentId, row: entry.number('row'), tsLocal: entry.number('tsLocal'), shape,
          data: Float32Array.from(entry.numbers('data', length * columns.length)),
        },
        target: entry.number('target'), weight: entry.number('weight'),
      }))
      if (isLearner(member)) member.load(saved.value('learner'))
      lagging?.load(saved.value('lagging'))
      waiting.clear()
      for (const example of examples) {
        const { instrument } = example.window
        waiting.set(instrument, [...(waiting.get(instrument) ?? []), example])
      }
    },
  }
}

/** Whether the horizon of an earlier row had ended when a window arrived. A row number that goes back begins a new session: all before is over. */
function isOver(earlier: FeatureWindow, window: FeatureWindow, horizon: Horizon): boolean {
  if (window.tsLocal < earlier.tsLocal || window.row < earlier.row) return true
  return 'rows' in horizon ? earlier.row + horizon.rows <= window.row : earlier.tsLocal + horizon.micros <= window.tsLocal
}

const isLearner = (member: Predictor): member is OnlineLearner => 'learn' in member
