import { integerOption, LobError, type FeatureRow, type InstrumentId, type Prediction, type Settled } from '@rxlob/core'
import { Observable, type OperatorFunction } from 'rxjs'
import { calibrationMonitor, type CalibrationMonitorOptions, type CalibrationReport } from './calibration-monitor.js'
import { driftMonitor, type DriftMonitorOptions, type DriftReport } from './drift-monitor.js'

/** A report on one instrument's rows up to and with this one. */
export type Watched<Report> = Report & { readonly instrument: InstrumentId; readonly row: number }

export interface WatchOptions {
  /** Rows of an instrument between its reports. Default: those of the monitor's window. */
  readonly everyRows?: number
}

/**
 * Feature or score drift of each instrument of a stream: a report every `everyRows` rows, from the first whole window on.
 *
 * Rows are of the reference's columns; for predictions the columns are the classes, or the mean alone.
 *
 * Ends with an error LOB_COLUMN_MISMATCH where the rows have other columns than the reference.
 */
export function watchDrift(options: DriftMonitorOptions & WatchOptions): OperatorFunction<FeatureRow | Prediction, Watched<DriftReport>> {
  const { reference } = options
  const window = options.rows ?? 5000
  const buffer = new Float64Array(reference.columns.length)
  return watch(options, window, () => driftMonitor(options), (monitor, item: FeatureRow | Prediction) => {
    const columns = 'columns' in item ? item.columns : item.output.kind === 'classes' ? item.output.classes : ['mean']
    if (columns.length !== reference.columns.length || columns.some((name, at) => name !== reference.columns[at])) {
      throw new LobError('LOB_COLUMN_MISMATCH', `The reference is of ${reference.columns.join(', ')}, the stream of ${columns.join(', ')}: make the reference of what is watched.`)
    }
    for (let column = 0; column < buffer.length; column++) buffer[column] = 'columns' in item ? item.at(column) : item.values[column]!
    monitor.add(buffer)
  })
}

/** Calibration of each instrument's settled predictions: a report every `everyRows` of them, from the first whole window on. Predictions pass unseen. */
export function watchCalibration(options: Omit<CalibrationMonitorOptions, 'classes'> & WatchOptions = {}): OperatorFunction<Prediction | Settled, Watched<CalibrationReport>> {
  return watch(options, options.rows ?? 2000, (item: Prediction | Settled) => {
    const { output } = item.kind === 'settled' ? item.prediction : item
    if (output.kind !== 'classes') throw new LobError('LOB_BAD_OPTION', 'watchCalibration judges classes; these predictions are values.')
    return calibrationMonitor({ ...options, classes: output.classes.length })
  }, (monitor, item) => {
    if (item.kind === 'prediction') return false
    monitor.add(item.prediction.values, item.target)
    return true
  })
}

function watch<Item extends { instrument: InstrumentId; row: number }, Report, Monitor extends { report(): Report }>(
  { everyRows }: WatchOptions,
  window: number,
  start: (first: Item) => Monitor,
  add: (monitor: Monitor, item: Item) => boolean | void,
): OperatorFunction<Item, Watched<Report>> {
  const every = integerOption('everyRows', everyRows ?? window, 1)
  return (source) =>
    new Observable((subscriber) => {
      const lines = new Map<InstrumentId, { monitor: Monitor; rows: number }>()
      return source.subscribe({
        next(item) {
          try {
            let line = lines.get(item.instrument)
            if (line === undefined) lines.set(item.instrument, (line = { monitor: start(item), rows: 0 }))
            if (add(line.monitor, item) === false) return
            line.rows++
            if (line.rows < window || (line.rows - window) % every !== 0) return
            subscriber.next({ ...line.monitor.report(), instrument: item.instrument, row: item.row })
          } catch (error) {
            subscriber.error(error)
          }
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      })
    })
}
