import { describe, expect, it } from 'vitest'
import { predictedVsActual } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { observed, opening } from '../every-figure.js'
import { axisPixel, readPaths, readTexts } from '../read-svg.js'

const options = { data: observed, quantity: 'Change of the mid in 10 s (ticks)' }
const times = [0, 60, 120, 180].map((seconds) => opening + seconds * 1e6)
const [predicted, actual] = [[1, 2, 0, -1], [2, 5, -4, Number.NaN]]
const [low, high] = [[0, -1, -3, -4], [3, 4, 3, 2]]

describe('predictedVsActual over time', () => {
  const figure = predictedVsActual({ times, predicted, actual, low, high }, options)
  const svg = figure.svg()
  const y = (value: number): number => Math.round(axisPixel(svg, 'y', ['−4', '4'], value))

  it('draws both lines and the interval where the axes put them', () => {
    const heights = (color: string | undefined, count: number): number[] | undefined =>
      readPaths(svg).find(({ stroke, points }) => stroke === color && points.length === count)?.points.map(([, height]) => Math.round(height))
    expect(heights(themes.light.series[0], 4)).toEqual(predicted.map(y))
    expect(heights(themes.light.muted, 3)).toEqual([2, 5, -4].map(y))
    const band = readPaths(svg).find(({ fill, points }) => fill === themes.light.series[0] && points.length === 8)
    expect(band?.points.map(([, height]) => Math.round(height))).toEqual([...high, ...[...low].reverse()].map(y))
  })

  it('says how often the interval held the actual value', () => {
    // 2 lies in [0, 3]; 5 is above 4; -4 is below -3; the last has not come.
    expect(figure.caption).toContain('The 90% interval held the actual value in 33.3% of 3.')
  })

  it('names the quantity, the zone and every line', () => {
    expect(readTexts(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(['Predicted', 'Actual', '90% interval', 'Change of the mid in 10 s (ticks)', 'Time (HH:MM:SS, UTC)']))
  })
})

describe('predictedVsActual as a scatter', () => {
  it('draws the diagonal on which actual equals predicted', () => {
    const figure = predictedVsActual({ predicted: [-10, 0, 10, 20], actual: [-5, 1, 4, 11] }, options)
    const svg = figure.svg()
    const [from, to] = readPaths(svg).find(({ stroke, points }) => stroke === themes.light.ink && points.length === 2 && Math.abs((points[0]?.[0] ?? 0) - (points[1]?.[0] ?? 0)) > 100)?.points ?? []
    for (const [end, value] of [[from, -10 - 30 * 0.04], [to, 20 + 30 * 0.04]] as const) {
      expect(end?.[0]).toBeCloseTo(axisPixel(svg, 'x', ['0', '10'], value), 0)
      expect(end?.[1]).toBeCloseTo(axisPixel(svg, 'y', ['0', '5'], value), 0)
    }
    expect(readTexts(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(['Predicted: Change of the mid in 10 s (ticks)', 'Actual: Change of the mid in 10 s (ticks)', 'Actual equals predicted']))
  })
})

describe('predictedVsActual', () => {
  it('says no data where no forecast has an actual value', () => {
    for (const values of [{ predicted: [], actual: [] }, { predicted: [1], actual: [Number.NaN] }, { times: [1], predicted: [Number.NaN], actual: [1] }]) {
      expect(readTexts(predictedVsActual(values, options).svg()).map(({ text }) => text)).toContain('No data')
    }
  })

  it.each([[{ actual: [1] }, 'actual: expected 2'], [{ low: [1] }, 'low: expected 2'], [{ times: [1] }, 'times: expected 2'], [{ times: [2, 1] }, 'never fall']])('refuses %j', (values, message) => {
    expect(() => predictedVsActual({ predicted: [1, 2], actual: [1, 2], ...values }, options)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(message) }))
  })
})
