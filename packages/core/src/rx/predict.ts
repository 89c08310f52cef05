import { isObservable, of, type Observable, type OperatorFunction, type Subscriber } from 'rxjs'
import type { FeatureRow } from '../batch/feature-row.js'
import type { Prediction, Predictor } from '../contracts/predictor.js'
import { LobError } from '../errors.js'
import { fifo } from '../fifo.js'
import type { InstrumentId } from '../instrument.js'
import { checkInput } from '../window/input-of.js'
import { ask, isStateful, questionFeed, type Question, type QuestionFeed } from '../window/question-feed.js'
import { operate, type Operation } from './operate.js'

/** What may wait for a predictor that answers later than windows come: so many windows, and so many floats in them (256 MB). */
const maxWaiting = 65_536
const maxWaitingFloats = 2 ** 26
/** Copies of windows kept for the next ones: one is at work and few wait. */
const mostSpare = 4

export interface PredictOptions {
  /**
   * What gives way while an asynchronous predictor is at work: `latest` passes windows over and keeps the newest of each
   * instrument (live), `queue` keeps them all (replay). A predictor that carries its state must see every row: for it both are `queue`.
   * Default `queue`.
   */
  readonly busy?: 'latest' | 'queue'
}

/**
 * Predicts each row whose window is whole. Rows are never skipped from windows; outputs of an instrument keep row order; windows
 * passed over while the predictor was busy are counted in `skipped` of the instrument's next prediction. An Observable of
 * predictors swaps models between rows; a model with the same input goes on with the window as it is. Rows before the first
 * model are passed over. A window holds consecutive rows: where one was filtered out on the way, history starts again. The predictor
 * may keep the window: it is a copy. A `StatefulPredictor` is stepped row by row instead, its state dropped wherever history starts
 * again, and answers from the `input.length`-th row on; after a swap it starts without history.
 *
 * Ends with an error `LOB_COLUMN_MISMATCH` where the rows are not what the predictor was made for, and `LOB_MODEL` where it fails
 * or where more than 65,536 windows, or 256 MB of them, wait for it.
 */
export function predict(predictor: Predictor | Observable<Predictor>, options: PredictOptions = {}): OperatorFunction<FeatureRow, Prediction> {
  const { busy = 'queue' } = options
  const models = isObservable(predictor) ? predictor : of(predictor)
  return operate((subscriber) => predictionRun(subscriber, models, busy))
}

/** One instrument's windows. */
interface Line {
  readonly feed: QuestionFeed
  /** The model that its rows were checked against. */
  checkedFor: Predictor | undefined
  /** Row that goes on where the last one ended. */
  nextRow: number
  /** `latest`: the window that waits, if one does. */
  waiting: Job | undefined
}

interface Job {
  readonly line: Line
  /** Windows that it took the place of. */
  skipped: number
  model: Predictor
  question: Question
}

function predictionRun(subscriber: Subscriber<Prediction>, models: Observable<Predictor>, busy: 'latest' | 'queue'): Operation<FeatureRow> {
  const lines = new Map<InstrumentId, Line>()
  const waiting = fifo<Job>()
  let model: Predictor | undefined
  let values = new Float64Array(0)
  let running = false
  let ended = false
  /** Copies of windows that were answered, to be filled again: their garbage would make whole collections. */
  const spare: Float32Array[] = []
  const copyOf = (data: Float32Array): Float32Array => {
    const copy = spare.pop()
    if (copy?.length !== data.length) return data.slice()
    copy.set(data)
    return copy
  }
  const release = ({ question }: Job): void => {
    if (spare.length < mostSpare) spare.push(question.window.data)
  }

  const emit = ({ model, question, skipped }: Job, values: Float32Array): void => {
    const { instrument, row, tsLocal } = question.window
    if (question.answers) subscriber.next({ kind: 'prediction', instrument, row, tsLocal, output: model.output, values, ...(skipped > 0 && { skipped }) })
  }
  const fail = ({ name }: Predictor, error: unknown): void =>
    subscriber.error(error instanceof LobError ? error : new LobError('LOB_MODEL', `${name} failed on a window: ${String(error)}`, { stream: name }, { cause: error }))
  const start = (job: Job): void => {
    job.line.waiting = undefined
    try {
      const answer = ask(job.model, job.question)
      if (answer instanceof Float32Array) {
        release(job)
        emit(job, answer)
      } else {
        running = true
        answer.then(
          (values) => {
            running = false
            release(job)
            emit(job, values)
            goOn()
          },
          (error: unknown) => fail(job.model, error),
        )
      }
    } catch (error) {
      fail(job.model, error)
    }
  }
  const goOn = (): void => {
    for (let job = waiting.shift(); job !== undefined; job = running ? undefined : waiting.shift()) start(job)
    if (ended && !running) subscriber.complete()
  }
  const enqueue = (job: Job): void => {
    const { line } = job
    if (busy === 'latest' && line.waiting !== undefined && !isStateful(job.model)) {
      line.waiting.model = job.model
      line.waiting.question = job.question
      line.waiting.skipped++
      return
    }
    if (waiting.length >= maxWaiting || waiting.length * job.question.window.data.length >= maxWaitingFloats) {
      throw new LobError('LOB_MODEL', `${waiting.length} windows wait for ${job.model.name}: use busy 'latest', a faster model, or predictMany on a frame.`, { stream: job.model.name })
    }
    waiting.push(job)
    line.waiting = job
  }
  const lineOf = (row: FeatureRow, model: Predictor): Line => {
    let line = lines.get(row.instrument)
    if (line?.checkedFor === model) return line
    checkInput(model.input, row, model.name)
    if (line === undefined) {
      line = { feed: questionFeed(row.instrument, model.input, isStateful(model)), checkedFor: model, nextRow: row.row, waiting: undefined }
      lines.set(row.instrument, line)
    }
    line.checkedFor = model
    return line
  }

  const swaps = models.subscribe({
    next(next) {
      if (model === undefined || isStateful(next) || isStateful(model) || JSON.stringify(next.input) !== JSON.stringify(model.input)) lines.clear()
      model = next
    },
    error: (error) => subscriber.error(error),
  })
  return {
    next(row) {
      if (model === undefined) return
      const line = lineOf(row, model)
      if (row.afterBreak || row.row !== line.nextRow) line.feed.restart()
      line.nextRow = row.row + 1
      const width = row.columns.length
      if (values.length !== width) values = new Float64Array(width)
      for (let column = 0; column < width; column++) values[column] = row.at(column)
      const lent = line.feed.push(values, 0, row.row, row.tsLocal)
      if (lent === undefined) return
      // A copy: an asynchronous predictor that reads it late would otherwise see later rows.
      const question = { ...lent, window: { ...lent.window, data: copyOf(lent.window.data) } }
      const job: Job = { line, skipped: 0, model, question }
      if (running) enqueue(job)
      else start(job)
    },
    complete() {
      ended = true
      if (!running) subscriber.complete()
    },
    stop() {
      swaps.unsubscribe()
      waiting.clear()
    },
  }
}
