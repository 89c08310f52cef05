import { describe, expect, it } from 'vitest'
import { oneVersusRest } from '../../../src/index.js'

describe('oneVersusRest', () => {
  const count = (positive: ArrayLike<number>): number => Array.from(positive).reduce((sum, value) => sum + value, 0)

  it('hands the metric each class as 0 and 1 with its own column', () => {
    const columns: number[][] = []
    const { perClass } = oneVersusRest((positive, scores) => {
      columns.push(Array.from(scores))
      return count(positive)
    }, [0, 2, 2], [0.5, 0.3, 0.2, 0.1, 0.1, 0.8, 0, 0.25, 0.75])
    expect(perClass).toEqual([1, 0, 2])
    expect(columns).toEqual([[0.5, 0.1, 0], [0.3, 0.1, 0.25], [0.2, 0.8, 0.75]])
  })

  it('averages plainly and by rows', () => {
    const { macro, weighted } = oneVersusRest(count, [0, 1, 1, 1], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    expect(macro).toBe(2)
    expect(weighted).toBe((1 * 1 + 3 * 3) / 4)
  })
})
