import type { FeatureWindow, LabelledFrame, OnlineLearner } from '@rxlob/core'
import { frameOf, normalSource } from './made-frame.js'

/** Says that the outcome is N(x, sd). */
export function knower(sd: number, name = 'knower', seen: string[] = []): OnlineLearner {
  return {
    contract: 1, name,
    input: { columns: ['x'], fingerprints: ['x'], sampler: 'every_event', length: 1 },
    output: { kind: 'value', unit: 'ticks', horizon: { rows: 2 } },
    predict: ({ data, row }: FeatureWindow) => {
      seen.push(`predict ${row}`)
      return Float32Array.of(data[0]!, sd)
    },
    learn: ({ row }, target) => void seen.push(`learn ${row} as ${target}`),
    save: () => 0,
    load: () => {},
  }
}

/** y = x + 0.5 e, known two rows later. */
export function valueMarket(rows: number, seed: number, shift = 0): LabelledFrame {
  const normal = normalSource(seed)
  const x = Float64Array.from({ length: rows }, normal)
  return frameOf({ x }, x.map((value, row) => (row < rows - 2 ? value + shift + 0.5 * normal() : NaN)), 2)
}
