import type { FeatureWindow, InputSpec, InstrumentId } from '@rxlob/core'
import type { SavedState } from '../bayes/saved-state.js'

/** The last learned rows, to be learned again. */
export interface RecentExamples {
  push(window: FeatureWindow, target: number, weight: number): void
  /** Hands over the last `rows`, oldest first. */
  replay(rows: number, visit: (window: FeatureWindow, target: number, weight: number) => void): void
  save(): unknown
  load(saved: SavedState, part: string, check: (target: number, weight: number) => void): void
}

interface Example {
  readonly window: FeatureWindow
  readonly target: number
  readonly weight: number
}

/** Keeps copies of the last `most` rows. */
export function recentExamples(most: number, { length, columns }: InputSpec): RecentExamples {
  const examples: Example[] = []
  let oldest = 0
  const inOrder = (): Example[] => [...examples.slice(oldest), ...examples.slice(0, oldest)]
  const keep = (example: Example): void => {
    if (examples.length < most) {
      examples.push(example)
      return
    }
    examples[oldest] = example
    oldest = (oldest + 1) % most
  }
  return {
    push(window, target, weight) {
      keep({ window: { ...window, data: window.data.slice() }, target, weight })
    },
    replay(rows, visit) {
      for (const { window, target, weight } of inOrder().slice(-rows)) visit(window, target, weight)
    },
    save: () => inOrder().map(({ window: { instrument, row, tsLocal, data }, target, weight }) => ({ instrument, row, tsLocal, data: [...data], target, weight })),
    load(saved, part, check) {
      const shape = [length, columns.length] as const
      const loaded = saved.states(part).map((entry): Example => {
        const [target, weight] = [entry.number('target'), entry.number('weight')]
        check(target, weight)
        const data = Float32Array.from(entry.numbers('data', length * columns.length))
        return { window: { instrument: entry.text('instrument') as InstrumentId, row: entry.number('row'), tsLocal: entry.number('tsLocal'), data, shape }, target, weight }
      })
      if (loaded.length > most) throw saved.broken(part)
      examples.length = 0
      oldest = 0
      examples.push(...loaded)
    },
  }
}
