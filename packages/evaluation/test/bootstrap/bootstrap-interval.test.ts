import { describe, expect, it } from 'vitest'
import { bootstrapInterval } from '../../src/index.js'

describe('bootstrapInterval', () => {
  it('hands the sample itself over first, then resamples of as many rows', () => {
    const calls: number[][] = []
    const { value } = bootstrapInterval(50, (rows) => {
      calls.push([...rows])
      return calls.length
    }, { meanBlockRows: 5, draws: 3 })
    expect(value).toBe(1)
    expect(calls).toHaveLength(4)
    expect(calls[0]).toEqual(Array.from({ length: 50 }, (_, row) => row))
    for (const rows of calls.slice(1)) {
      expect(rows).toHaveLength(50)
      expect(rows).not.toEqual(calls[0])
      // Blocks: most rows follow their predecessor, around the end too.
      expect(rows.filter((row, at) => at > 0 && row === (rows[at - 1]! + 1) % 50).length).toBeGreaterThan(25)
    }
  })
})
