import type { LearnerRun } from './run-learner.ts'

export interface Phase {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** In moves. */
export function phasesOf(flip: number, moves: number): Phase[] {
  return [
    { name: 'before, last 500 moves', from: Math.max(0, flip - 500), to: flip },
    { name: 'at the change, first 50', from: flip, to: flip + 50 },
    { name: 'after, 50 to 200', from: flip + 50, to: flip + 200 },
    { name: 'later, 200 on', from: flip + 200, to: moves },
  ]
}

/** Mean over a phase of what is defined. */
export function meanOver(values: readonly number[], { from, to }: Phase): number {
  const part = values.slice(from, to).filter((value) => !Number.isNaN(value))
  return part.reduce((sum, value) => sum + value, 0) / part.length
}

export const lossOver = (run: LearnerRun, phase: Phase): number => meanOver(run.losses, phase)

/** Mean of the last `rows` values at each place; NaN before there are as many. */
export function trailingMean(values: readonly number[], rows: number): number[] {
  let sum = 0
  return values.map((value, at) => {
    sum += value - (at >= rows ? values[at - rows]! : 0)
    return at + 1 < rows ? NaN : sum / rows
  })
}
