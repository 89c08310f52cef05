import type { FeatureWindow, InputSpec, OnlineLearner, OutputSpec } from '@rxlob/core'

export const moveOutput: OutputSpec = { kind: 'value', unit: 'ticks', horizon: { rows: 1 } }

/** Predicts the newest number of its window and how many examples it has learned; remembers all that it was shown. */
export interface RecordingLearner extends OnlineLearner {
  readonly learned: { readonly row: number; readonly target: number; readonly data: readonly number[] }[]
}

export function recordingLearner(input: InputSpec, name = 'recorder'): RecordingLearner {
  const learned: { row: number; target: number; data: number[] }[] = []
  return {
    contract: 1,
    name,
    input,
    output: moveOutput,
    learned,
    predict: ({ data }: FeatureWindow) => Float32Array.of(data[data.length - 1]!, learned.length),
    learn: ({ row, data }, target) => void learned.push({ row, target, data: [...data] }),
    save: () => learned,
    load: () => {},
  }
}
