// A market whose signal's accuracy flips, as rows at mid moves: what the change-point study and its calibration run on.
import { simulator } from '@rxlob/adapters-simulator'
import { collectFrame, everyMidMove, inputOf, midMove, queueImbalance, type FeatureWindow, type InputSpec, type OutputSpec } from '@rxlob/core'

const list = [queueImbalance()]
const sample = everyMidMove()
const labeler = midMove({ rows: 1 })
/** The shortest that the simulator offers: the mid moves once every so many events, and a row is a move. */
const horizonEvents = 8
const eventsPerSecond = 100

/** At mid moves the next one is up or down: the labeler's class between the two never comes. */
export const output: OutputSpec = { kind: 'classes', classes: ['down', 'up'], horizon: labeler.output.horizon }
/** The imbalance lies in -1 to 1 around 0 and its size says nothing: no fitting is needed to scale it. */
export const input: InputSpec = inputOf(list, { length: 1, sample, scaler: { mean: [0], scale: [0.5] } })

/** One row: the window before a move, the move, and the truth behind it. */
export interface FlipRow {
  readonly window: FeatureWindow
  /** 0 down, 1 up. */
  readonly target: number
  /** Whether the longer queue pointed the right way. */
  readonly cueRight: 0 | 1
  /** Whether the move was drawn after the flip. */
  readonly flipped: boolean
}

/** About `before` rows at accuracy `from`, then at least `after` rows at accuracy `to`. Synthetic. */
export async function flipRows(seed: number, { before, after, from, to }: { before: number; after: number; from: number; to: number }): Promise<FlipRow[]> {
  const microsPerRow = (horizonEvents / eventsPerSecond) * 1e6
  const fromMicros = Math.round(before * microsPerRow)
  const market = simulator({
    seed,
    durationMicros: Math.round((before + after + 6 * Math.sqrt(before + after) + 20) * microsPerRow),
    signal: { accuracy: from, horizonEvents, eventsPerSecond },
    ...(after > 0 && { regimes: [{ fromMicros, accuracy: to }] }),
  })
  const { values, targets, tsLocal, length, instrument } = await collectFrame(market, list, { sample, labelers: { next: labeler } })
  const truth = [...market.truth()]
  const rows: FlipRow[] = []
  // The rows are the moves, after an opening row: the label of one row is the direction of the next move.
  const opening = length - truth.length
  for (let row = 0; row < length; row++) {
    const label = targets['next']![row]!
    const move = truth[row + 1 - opening]
    if (Number.isNaN(label) || move === undefined) continue
    if (label - 1 !== move.direction || Math.sign(values[row]!) !== move.cue) throw new Error(`Seed ${seed}: row ${row} is not the move that the simulator says it is.`)
    const data = Float32Array.of(values[row]! / 0.5)
    rows.push({
      window: { instrument, row, tsLocal: tsLocal[row]!, data, shape: [1, 1] },
      target: label === 2 ? 1 : 0, cueRight: move.cue === move.direction ? 1 : 0, flipped: after > 0 && move.accuracy === to,
    })
  }
  return rows
}
