import { Observable, of, type OperatorFunction, type Subscriber } from 'rxjs'
import type { FeatureRow } from '../batch/feature-row.js'
import type { FeatureWindow, Prediction, Predictor } from '../contracts/predictor.js'
import { LobError } from '../errors.js'
import type { InstrumentId } from '../instrument.js'
import { checkInput } from '../window/input-of.js'
import { windowAssembler, type WindowAssembler } from '../window/window-assembler.js'

/** Windows that may wait for a predictor that answers later than they come. */
const maxWaiting = 65_536

export interface PredictOptions {
  /**
   * What gives way while an asynchronous predictor is at work: `latest` passes windows over and keeps only the newest (live),
   * `queue` keeps them all (replay). Default `queue`.
   */
  readonly busy?: 'latest' | 'queue'
}

/**
 * Predicts each row whose window is whole. Rows are never skipped from windows; outputs keep row order; windows passed over
 * while the predictor was busy are counted in `skipped` of the next prediction. An Observable of predictors swaps
 * models between rows; a model with the same input goes on with the window as it is.
 *
 * Ends with an error `LOB_COLUMN_MISMATCH` where the rows are not what the predictor was made for, and `LOB_MODEL` where it fails
 * or where more than 65,536 windows wait for it.
 */
export function predict(predictor: Predictor | Observable<Predictor>, options: PredictOptions = {}): OperatorFunction<FeatureRow, Prediction> {
  const { busy = 'queue' } = options
  const predictors = predictor instanceof Observable ? predictor : of(predictor)
  return (source) =>
    new Observable<Prediction>((subscriber) => {
      const run = predictionRun(subscriber, busy)
      const models = predictors.subscribe({ next: run.use, error: (error) => subscriber.error(error) })
      const rows = source.subscribe({ next: run.accept, error: (error) => subscriber.error(error), complete: run.complete })
      return () => {
        rows.unsubscribe()
        models.unsubscribe()
      }
    })
}

interface Job {
  readonly model: Predictor
  readonly window: FeatureWindow
}

function predictionRun(subscriber: Subscriber<Prediction>, busy: 'latest' | 'queue'): { use(model: Predictor): void; accept(row: FeatureRow): void; complete(): void } {
  const assemblers = new Map<InstrumentId, WindowAssembler>()
  const waiting: Job[] = []
  let model: Predictor | undefined
  let checked = false
  let values = new Float64Array(0)
  let running = false
  let ended = false
  let skipped = 0

  const emit = ({ model, window }: Job, values: Float32Array): void => {
    const prediction: Prediction = { kind: 'prediction', instrument: window.instrument, row: window.row, tsLocal: window.tsLocal, output: model.output, values, ...(skipped > 0 && { skipped }) }
    skipped = 0
    subscriber.next(prediction)
  }
  const fail = (error: unknown): void => {
    const name = model?.name ?? 'The predictor'
    subscriber.error(error instanceof LobError ? error : new LobError('LOB_MODEL', `${name} failed on a window: ${String(error)}`, {}, { cause: error }))
  }
  const start = (job: Job): void => {
    const answer = job.model.predict(job.window)
    if (answer instanceof Float32Array) {
      emit(job, answer)
      return
    }
    running = true
    answer.then((values) => {
      running = false
      emit(job, values)
      goOn()
    }).catch(fail)
  }
  const goOn = (): void => {
    while (!running && waiting.length > 0) start(waiting.shift()!)
    if (ended && !running) subscriber.complete()
  }
  const enqueue = (job: Job): void => {
    if (busy === 'latest') skipped += waiting.splice(0).length
    if (waiting.length >= maxWaiting) throw new LobError('LOB_MODEL', `${maxWaiting} windows wait for ${job.model.name}: use busy 'latest', a faster model, or predictMany on a frame.`)
    waiting.push({ ...job, window: { ...job.window, data: job.window.data.slice() } })
  }

  return {
    use(next) {
      if (JSON.stringify(next.input) !== JSON.stringify(model?.input)) assemblers.clear()
      checked = false
      model = next
    },
    accept(row) {
      try {
        if (model === undefined) return
        if (!checked) checkInput(model.input, row, model.name)
        checked = true
        let assembler = assemblers.get(row.instrument)
        if (assembler === undefined) {
          assembler = windowAssembler(row.instrument, model.input)
          assemblers.set(row.instrument, assembler)
        }
        if (row.afterBreak) assembler.restart()
        const width = row.columns.length
        if (values.length !== width) values = new Float64Array(width)
        for (let column = 0; column < width; column++) values[column] = row.at(column)
        const window = assembler.push(values, 0, row.row, row.tsLocal)
        if (window === undefined) return
        if (running) enqueue({ model, window })
        else start({ model, window })
      } catch (error) {
        fail(error)
      }
    },
    complete() {
      ended = true
      if (!running) subscriber.complete()
    },
  }
}
