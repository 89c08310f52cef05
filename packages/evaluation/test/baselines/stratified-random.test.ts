import { describe, expect, it } from 'vitest'
import { stratifiedRandom } from '../../src/index.js'
import { frameOf } from '../made-frame.js'
import { drive } from './drive.js'

describe('stratifiedRandom', () => {
  // Six rows in ten are of class 2, three of class 0, one of class 1.
  const targets = Array.from({ length: 20_000 }, (_, row) => [2, 0, 2, 0, 2, 1, 2, 0, 2, 2][row % 10]!)
  const said = drive(stratifiedRandom(), frameOf({}, targets, 2))

  it('calls each class as often as it came, whatever comes', () => {
    const late = said.slice(1000)
    ;[0.3, 0.1, 0.6].forEach((share, k) => {
      // Four standard errors of a share of 19,000 rows.
      expect(Math.abs(late.filter(({ call }) => call === k).length / late.length - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / late.length))
      expect(late.at(-1)!.probabilities[k]).toBeCloseTo(share, 2)
    })
    const right = late.filter(({ call }, at) => call === targets[at + 1000]).length / late.length
    expect(Math.abs(right - 0.46)).toBeLessThan(0.015)
  })

  it('repeats itself for a seed, and not for another', () => {
    const callsOf = (seed: number): number[] => drive(stratifiedRandom({ seed }), frameOf({}, targets.slice(0, 200), 2)).map(({ call }) => call)
    expect(callsOf(1)).toEqual(said.slice(0, 200).map(({ call }) => call))
    expect(callsOf(2)).not.toEqual(callsOf(1))
    expect(() => stratifiedRandom({ seed: -1 })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
