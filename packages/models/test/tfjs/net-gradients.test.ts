import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { integratedGradients } from '../../src/explain/index.js'
import { netGradients } from '../../src/tfjs/index.js'
import { madeFrame, madeNet, smallNets, threeClasses } from './made-nets.js'

/** Half the width of a difference: small against a curve, large against the rounding of floats. */
const step = 1 / 128

describe('netGradients', () => {
  it.each(smallNets)('of a %s are its finite differences', async (_, architecture, length, columns) => {
    const features = length * columns
    const model = await netGradients(madeNet(architecture, length, columns, { near: threeClasses, far: threeClasses }), { of: 'logits' })
    const window = Float32Array.from(madeFrame(length, columns).values)
    const random = seededRandom(3)
    const places = Array.from({ length: 30 }, () => Math.floor(random() * features))
    // The window with one number moved, up and down, for each place.
    const moved = Float32Array.from({ length: 2 * places.length * features }, (_, at) => {
      const [row, feature] = [Math.floor(at / features), at % features]
      return window[feature]! + (feature === places[row >> 1] ? (row % 2 === 0 ? step : -step) : 0)
    })
    const values = model.outputs(moved, 2 * places.length)
    for (const output of [0, 4]) {
      const slopes = model.gradients(window, 1, output)
      const size = Math.max(...slopes.map(Math.abs))
      expect(size).toBeGreaterThan(1e-3)
      const apart = places.map((place, n) => Math.abs((values[2 * n * 6 + output]! - values[(2 * n + 1) * 6 + output]!) / (2 * step) - slopes[place]!) / size).sort((a, b) => a - b)
      // A difference across the kink of a ReLU is no derivative: that may happen to a few.
      expect(apart[26]).toBeLessThan(0.01)
    }
    model.close()
  })

  it('explain a probability by shares that sum to its rise', async () => {
    const [, architecture, length, columns] = smallNets.find(([name]) => name === 'lstm')!
    const model = await netGradients(madeNet(architecture, length, columns))
    const inputs = Float32Array.from(madeFrame(3 * length, columns).values)
    const { gap, base, values, outputs } = await integratedGradients({ model, features: length * columns, inputs, steps: 128 })
    expect(outputs).toBe(3)
    expect(base.reduce((sum, value) => sum + value)).toBeCloseTo(1, 5)
    expect(Math.max(...gap.map(Math.abs))).toBeLessThan(1e-4)
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.01)
    model.close()
  })

  it('refuse what does not fit, and to be asked once closed', async () => {
    const [, architecture, length, columns] = smallNets[0]!
    const model = await netGradients(madeNet(architecture, length, columns))
    const refused = expect.objectContaining({ code: 'LOB_BAD_OPTION' })
    const inputs = new Float32Array(length * columns)
    expect(() => model.outputs(inputs, 2)).toThrow(refused)
    expect(() => model.gradients(inputs, 1, 3)).toThrow(refused)
    model.close()
    model.close()
    expect(() => model.outputs(inputs, 1)).toThrow(refused)
  })
})
