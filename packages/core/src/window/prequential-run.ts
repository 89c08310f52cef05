import type { BookTracker } from '../book/book-tracker.js'
import type { Labeler } from '../contracts/labeler.js'
import type { FeatureWindow, OnlineLearner, Prediction, Settled } from '../contracts/predictor.js'
import { LobError } from '../errors.js'
import { labelRun } from '../labels/label-run.js'
import { pendingRows } from './pending-rows.js'
import { windowAssembler } from './window-assembler.js'

/** Floats that windows awaiting their label may hold: about 256 MB. */
const maxPendingFloats = 2 ** 26
/** What a pending prediction costs beside its window, in floats. */
const overheadFloats = 128

/** Predicts each row of one instrument, then learns it once its label has settled. */
export interface PrequentialRun {
  /** Predictions whose label has not come. */
  readonly pending: number
  /** Takes the row of the tracker's last event. Labels that it settles are learned before it is predicted. */
  step(values: Float64Array, at: number, row: number): void
}

interface Pending {
  readonly window: FeatureWindow
  readonly prediction: Prediction
}

/**
 * The prequential loop over one learner and one instrument: predict first, learn when the answer is known.
 *
 * Windows that were predicted are kept, copied, until their label settles. A prediction is void, never learned, where a gap, a
 * halt, a session's end or a new instrument comes first, where the labeler gives NaN, and where no label has come by twice its horizon.
 *
 * @throws {LobError} LOB_MODEL from `step` where the learner fails, or where the windows that wait hold more than 2^26 floats.
 */
export function prequentialRun(
  learner: OnlineLearner,
  labeler: Labeler,
  tracker: BookTracker,
  emit: (outcome: Prediction | Settled) => void,
): PrequentialRun {
  const { id } = tracker.instrument
  const { horizon } = labeler.output
  const assembler = windowAssembler(id, learner.input)
  const pending = pendingRows<Pending>()
  const maxPending = Math.floor(maxPendingFloats / (learner.input.length * learner.input.columns.length + overheadFloats))
  let { windowEpoch } = tracker

  const failure = (what: string, error: unknown): unknown =>
    error instanceof LobError ? error : new LobError('LOB_MODEL', `${learner.name} failed to ${what}: ${String(error)}`, { stream: id }, { cause: error })
  const labels = labelRun(labeler, tracker, (row, target) => {
    const due = pending.take(row)
    if (due === undefined || Number.isNaN(target)) return
    try {
      learner.learn(due.window, target)
    } catch (error) {
      throw failure(`learn row ${row}`, error)
    }
    emit({ kind: 'settled', instrument: id, row, prediction: due.prediction, target, tsSettled: tracker.tsLocal })
  })
  const overdue = (row: number, { window }: Pending): boolean =>
    'rows' in horizon ? row - window.row > 2 * horizon.rows : tracker.tsLocal - window.tsLocal > 2 * horizon.micros
  const forgetOverdue = (row: number): void => {
    for (let oldest = pending.oldest(); oldest !== undefined && overdue(row, oldest); oldest = pending.oldest()) pending.take(oldest.window.row)
  }
  const predict = (window: FeatureWindow): Prediction => {
    try {
      return { kind: 'prediction', instrument: id, row: window.row, tsLocal: window.tsLocal, output: learner.output, values: learner.predict(window) }
    } catch (error) {
      throw failure(`predict row ${window.row}`, error)
    }
  }

  return {
    get pending() {
      return pending.size
    },
    step(values, at, row) {
      if (windowEpoch !== tracker.windowEpoch) {
        windowEpoch = tracker.windowEpoch
        assembler.restart()
        pending.clear()
      }
      labels.step(row)
      forgetOverdue(row)
      const lent = assembler.push(values, at, row, tracker.tsLocal)
      if (lent === undefined) return
      if (pending.size >= maxPending) {
        throw new LobError('LOB_MODEL', `${pending.size} predictions wait for a label of ${labeler.name}: use fewer rows (a sampler), a shorter horizon or a shorter window.`, { stream: id })
      }
      const window: FeatureWindow = { ...lent, data: lent.data.slice() }
      const prediction = predict(window)
      pending.put(row, { window, prediction })
      emit(prediction)
    },
  }
}
