import { instrumentTrackers } from '../book/instrument-trackers.js'
import type { Feature, NameOf, Sampler } from '../contracts/feature.js'
import type { Labeler } from '../contracts/labeler.js'
import type { Source } from '../contracts/source.js'
import { LobError } from '../errors.js'
import { columnsOf } from '../features/columns-of.js'
import { featurePanel } from '../features/feature-panel.js'
import { labelRun } from '../labels/label-run.js'
import { growingFloats, type GrowingFloats } from '../numeric/growing-floats.js'
import { batchesOf } from './batches-of.js'
import type { LabelledFrame } from './feature-frame.js'

export interface CollectFrameOptions {
  /** Targets to collect beside the features, by name. */
  readonly labelers?: Readonly<Record<string, Labeler>>
  /** Which ticks become rows. Default every one. */
  readonly sample?: Sampler
  readonly signal?: AbortSignal
  /** Called after each batch with the rows so far and the time they reach. */
  readonly onProgress?: (rows: number, tsLocal: number) => void
}

/**
 * Runs features and labelers over a whole source of one instrument and keeps every row.
 *
 * @throws {LobError} LOB_BAD_OPTION where the source holds several instruments: collect them one by one.
 */
export async function collectFrame<const F extends readonly Feature[]>(
  source: Source,
  list: F,
  options: CollectFrameOptions = {},
): Promise<LabelledFrame<NameOf<F[number]>>> {
  const { labelers = {}, sample, signal, onProgress } = options
  const columns = columnsOf(list)
  const width = columns.length
  const names = Object.keys(labelers)
  const targets = names.map(() => growingFloats())
  const settledRows = names.map(() => growingFloats())
  const breaks: number[] = []
  const tsExchange = growingFloats()
  const tsLocal = growingFloats()
  const values = growingFloats(1024 * width)
  const row = new Float64Array(width)
  let rows = 0
  let instrument: LabelledFrame['instrument'] | undefined

  const trackers = instrumentTrackers((tracker) => {
    const { id } = tracker.instrument
    if (instrument !== undefined) {
      throw new LobError('LOB_BAD_OPTION', `${source.name} holds ${instrument} and ${id}: a frame is of one instrument, collect them one by one.`, { stream: source.name })
    }
    instrument = id
    const runs = names.map((name, n) =>
      labelRun(labelers[name]!, tracker, (labelled, target) => {
        if (Number.isNaN(target)) return
        targets[n]!.set(labelled, target)
        settledRows[n]!.set(labelled, rows)
      }),
    )
    return { panel: featurePanel(list, tracker, sample), runs, windowEpoch: tracker.windowEpoch }
  })
  for await (const batch of batchesOf(source, signal === undefined ? {} : { signal })) {
    trackers.accept(batch, (tracker, kept) => {
      if (!kept.panel.step(row, 0)) return
      if (kept.windowEpoch !== tracker.windowEpoch) {
        kept.windowEpoch = tracker.windowEpoch
        if (rows > 0) breaks.push(rows)
      }
      tsExchange.push(tracker.tsExchange)
      tsLocal.push(tracker.tsLocal)
      for (let column = 0; column < width; column++) values.push(row[column]!)
      for (let n = 0; n < names.length; n++) {
        targets[n]!.push(NaN)
        settledRows[n]!.push(NaN)
        kept.runs[n]!.step(rows)
      }
      rows++
    })
    onProgress?.(rows, batch.tsLocal[batch.length - 1] ?? NaN)
  }
  const byName = (arrays: readonly GrowingFloats[]): Record<string, Float64Array> => Object.fromEntries(names.map((name, n) => [name, arrays[n]!.values()]))
  if (instrument === undefined) throw new LobError('LOB_BAD_FILE', `${source.name} gave no event: expected at least an instrument and one row.`, { stream: source.name })
  return {
    instrument,
    columns,
    length: rows,
    firstRow: 0,
    tsExchange: tsExchange.values(),
    tsLocal: tsLocal.values(),
    values: values.values(),
    targets: byName(targets),
    settledRows: byName(settledRows),
    breaks,
  }
}
