import { simulator, type PlantedSignal } from '@rxlob/adapters-simulator'
import { collectFrame, columnOf, everyMidMove, midMove, midReturn, ofi, queueImbalance } from '@rxlob/core'
import { fitLogistic, meanInterval, type Interval } from '@rxlob/evaluation'

/** Rows of a study: one at each move of the mid, its features row-major with a column of ones, and whether the next move is up. */
export interface Study {
  readonly inputs: Float64Array
  readonly columns: number
  readonly targets: Float64Array
}

/** A synthetic market whose next move is known to be predictable so well and no better. */
export async function studyOf(signal: PlantedSignal, seed: number): Promise<Study> {
  const list = [queueImbalance(), ofi(), midReturn({ ticks: 50 })] as const
  const source = simulator({ seed, durationMicros: 3600e6, signal })
  const frame = await collectFrame(source, list, { sample: everyMidMove(), labelers: { move: midMove({ rows: 1, kind: 'value' }) } })
  const raw = list.map((feature) => columnOf(frame, feature.columns[0]!.name))
  const rows = Array.from({ length: frame.length }, (_, row) => row).filter((row) => !Number.isNaN(frame.targets.move![row]!) && raw.every((column) => !Number.isNaN(column[row]!)))
  // Scaled by the first half alone, which is the training block.
  const scales = raw.map((column) => Math.sqrt(rows.slice(0, rows.length >> 1).reduce((sum, row) => sum + column[row]! ** 2, 0) / (rows.length >> 1)) || 1)
  return {
    inputs: Float64Array.from(rows.flatMap((row) => [1, ...raw.map((column, at) => column[row]! / scales[at]!)])),
    columns: 1 + raw.length,
    targets: Float64Array.from(rows, (row) => (frame.targets.move![row]! > 0 ? 1 : 0)),
  }
}

export interface Skill {
  readonly accuracy: Interval
  /** Accuracy less that of calling the class that is more frequent in training. */
  readonly overMajority: Interval
}

/** A logistic regression fitted on the first half of a study and scored on the second. */
export function skillOf({ inputs, columns, targets }: Study): Skill {
  const half = targets.length >> 1
  const { weights } = fitLogistic({ inputs: inputs.subarray(0, half * columns), columns, targets: targets.subarray(0, half), classes: 2, penalties: Array.from({ length: columns }, () => 1e-3) })
  const majority = targets.subarray(0, half).reduce((sum, target) => sum + target, 0) * 2 > half ? 1 : 0
  const right: number[] = []
  const gained: number[] = []
  for (let row = half; row < targets.length; row++) {
    const odds = weights.reduce((sum, weight, column) => sum + weight * inputs[row * columns + column]!, 0)
    right.push((odds > 0 ? 1 : 0) === targets[row] ? 1 : 0)
    gained.push(right.at(-1)! - (majority === targets[row] ? 1 : 0))
  }
  const options = { meanBlockRows: 20, draws: 500, level: 0.99 }
  return { accuracy: meanInterval(right, options), overMajority: meanInterval(gained, options) }
}
