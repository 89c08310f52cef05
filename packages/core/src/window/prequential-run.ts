import type { BookTracker } from '../book/book-tracker.js'
import type { Labeler } from '../contracts/labeler.js'
import type { FeatureWindow, OnlineLearner, Prediction, Settled } from '../contracts/predictor.js'
import { labelRun } from '../labels/label-run.js'
import { windowAssembler } from './window-assembler.js'

/** Predicts each row of one instrument, then learns it once its label has settled. */
export interface PrequentialRun {
  /** Takes the row of the tracker's last event. Labels that it settles are learned before it is predicted. */
  step(values: Float64Array, at: number, row: number): void
}

/**
 * The prequential loop over one learner and one instrument: predict first, learn when the answer is known.
 * Windows that were predicted are kept, copied, until their label settles or a gap voids it.
 */
export function prequentialRun(
  learner: OnlineLearner,
  labeler: Labeler,
  tracker: BookTracker,
  emit: (outcome: Prediction | Settled) => void,
): PrequentialRun {
  const { id } = tracker.instrument
  const assembler = windowAssembler(id, learner.input)
  const pending = new Map<number, { window: FeatureWindow; prediction: Prediction }>()
  let { windowEpoch } = tracker
  const labels = labelRun(labeler, tracker, (row, target) => {
    const due = pending.get(row)
    if (due === undefined) return
    pending.delete(row)
    learner.learn(due.window, target)
    emit({ kind: 'settled', instrument: id, row, prediction: due.prediction, target, tsSettled: tracker.tsLocal })
  })
  return {
    step(values, at, row) {
      if (windowEpoch !== tracker.windowEpoch) {
        windowEpoch = tracker.windowEpoch
        assembler.restart()
        pending.clear()
      }
      labels.step(row)
      const window = assembler.push(values, at, row, tracker.tsLocal)
      if (window === undefined) return
      const prediction: Prediction = { kind: 'prediction', instrument: id, row, tsLocal: tracker.tsLocal, output: learner.output, values: learner.predict(window) }
      pending.set(row, { window: { ...window, data: window.data.slice() }, prediction })
      emit(prediction)
    },
  }
}
