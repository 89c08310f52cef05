import {
  ask, checkInput, columnsOf, featurePanel, inputOf, isStateful, LobError, prequentialRun, questionFeed,
  type BookTracker, type Feature, type FeaturePanel, type InstrumentId, type Labeler, type OnlineLearner, type Prediction, type Predictor, type PrequentialRun, type QuestionFeed, type Sampler,
  type Signal, type SignalRule,
} from '@rxlob/core'

export interface SignalSettings {
  readonly features: readonly Feature[]
  readonly predictor: Predictor
  readonly signal: SignalRule
  readonly sample?: Sampler
  /** With a predictor that learns: what each row should have foretold, once it is known. */
  readonly labeler?: Labeler
}

/** A prediction under way. */
export interface PendingPrediction {
  readonly values: Promise<Float32Array>
  /** Nothing while a predictor that carries its state warms up. */
  readonly finish: (values: Float32Array) => Signal | undefined
}

interface Line {
  readonly panel: FeaturePanel
  readonly feed: QuestionFeed
  /** Predicts and learns, where there is a labeler. */
  readonly learning: PrequentialRun | undefined
  windowEpoch: number
  row: number
}

/** From ticks to signals, with nothing later than the tick: features, window, predictor, rule. */
export class SignalStage {
  readonly counts: { rows: number; predictions: number; missing: number } = { rows: 0, predictions: 0, missing: 0 }
  private readonly lines = new Map<InstrumentId, Line>()
  private readonly settings: SignalSettings
  private readonly row: Float64Array
  private latest: Prediction | undefined

  constructor(settings: SignalSettings) {
    const { features, predictor, sample, labeler } = settings
    this.settings = settings
    if (labeler !== undefined && !('learn' in predictor)) throw new LobError('LOB_BAD_OPTION', `Option labeler: ${predictor.name} does not learn; leave the labeler out or give an OnlineLearner.`)
    this.row = new Float64Array(columnsOf(features).length)
    checkInput(predictor.input, inputOf(features, { length: predictor.input.length, ...(sample !== undefined && { sample }) }), predictor.name)
  }

  /** The signal of the tracker's last event, the promise of one, or nothing. */
  step(tracker: BookTracker): Signal | PendingPrediction | undefined {
    const line = this.lineOf(tracker)
    if (line.windowEpoch !== tracker.windowEpoch) {
      line.windowEpoch = tracker.windowEpoch
      line.feed.restart()
    }
    if (!line.panel.step(this.row, 0)) return undefined
    this.counts.rows++
    const row = line.row++
    if (line.learning !== undefined) {
      this.latest = undefined
      line.learning.step(this.row, 0, row)
      return this.latest === undefined ? undefined : this.rule(this.latest)
    }
    const question = line.feed.push(this.row, 0, row, tracker.tsLocal)
    if (question === undefined) return undefined
    const { predictor } = this.settings
    const { id } = tracker.instrument
    const { window: { tsLocal }, answers } = question
    const finish = (values: Float32Array): Signal | undefined => (answers ? this.rule({ kind: 'prediction', instrument: id, row, tsLocal, output: predictor.output, values }) : undefined)
    let values: Float32Array | Promise<Float32Array>
    try {
      values = ask(predictor, question)
    } catch (error) {
      throw this.failure(id, row, error)
    }
    if (values instanceof Promise) {
      return {
        values: values.catch((error: unknown) => {
          throw this.failure(id, row, error)
        }),
        finish,
      }
    }
    return finish(values)
  }

  private rule(prediction: Prediction): Signal {
    this.counts.predictions++
    if (prediction.values.some(Number.isNaN)) this.counts.missing++
    return this.settings.signal(prediction)
  }

  private lineOf(tracker: BookTracker): Line {
    const { id } = tracker.instrument
    let line = this.lines.get(id)
    if (line === undefined) {
      const { features, predictor, sample, labeler } = this.settings
      const learning = labeler === undefined ? undefined : prequentialRun(predictor as OnlineLearner, labeler, tracker, (outcome) => {
        if (outcome.kind === 'prediction') this.latest = outcome
      })
      line = { learning, panel: featurePanel(features, tracker, sample), feed: questionFeed(id, predictor.input, isStateful(predictor)), windowEpoch: tracker.windowEpoch, row: 0 }
      this.lines.set(id, line)
    }
    return line
  }

  private failure(id: InstrumentId, row: number, error: unknown): unknown {
    const { name } = this.settings.predictor
    return error instanceof LobError ? error : new LobError('LOB_MODEL', `${name} failed to predict row ${row}: ${String(error)}`, { stream: id }, { cause: error })
  }
}
