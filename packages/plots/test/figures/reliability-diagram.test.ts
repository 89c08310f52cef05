import { describe, expect, it } from 'vitest'
import { reliabilityDiagram } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { observed } from '../every-figure.js'
import { axisPixel, readPaths, readTexts } from '../read-svg.js'

const curve = { name: 'up', predicted: [0.1, 0.3, Number.NaN, 0.7], observed: [0.05, 0.4, Number.NaN, 0.6], counts: [100, 400, 0, 50], low: [0.01, 0.35, Number.NaN, 0.5], high: [0.1, 0.45, Number.NaN, 0.7] }
const [color] = themes.light.series

describe('reliabilityDiagram', () => {
  const svg = reliabilityDiagram([curve], { data: observed }).svg()
  const texts = readTexts(svg)
  // Both plots have a 0 on their vertical axis: the upper one is written 0.0.
  const x = (value: number): number => axisPixel(svg, 'x', ['0.2', '0.8'], value)
  const y = (value: number): number => axisPixel(svg, 'y', ['0.2', '0.8'], value)

  it('draws observed against predicted where the axes put them, and none for an empty bin', () => {
    const line = readPaths(svg).filter(({ stroke, fill, d }) => stroke === color && fill === 'none' && d.startsWith('M') && d.includes('L'))
    const symbols = readPaths(svg).find(({ fill, d }) => fill === color && d.match(/M/g)?.length === 3 && d.includes('A'))
    const centres = symbols?.points.filter((_, i) => i % 3 === 0).map(([left, middle]) => [left + 4, middle] as const) ?? []
    expect(centres).toHaveLength(3)
    for (const [i, [predicted, came]] of ([[0.1, 0.05], [0.3, 0.4], [0.7, 0.6]] as const).entries()) {
      expect(centres[i]?.[0]).toBeCloseTo(x(predicted), 0)
      expect(centres[i]?.[1]).toBeCloseTo(y(came), 0)
    }
    expect(line.length).toBeGreaterThan(0)
  })

  it('draws the diagonal from corner to corner', () => {
    const [from, to] = readPaths(svg).find(({ stroke, points }) => stroke === themes.light.ink && points.length === 2 && (points[0]?.[1] ?? 0) - (points[1]?.[1] ?? 0) > 100)?.points ?? []
    expect([from?.[0], from?.[1], to?.[0], to?.[1]].map((value) => Math.round(value ?? 0))).toEqual([x(0), y(0), x(1), y(1)].map(Math.round))
  })

  it('draws the whiskers of the interval', () => {
    const whiskers = readPaths(svg).find(({ stroke, d }) => stroke === color && d.match(/M/g)?.length === 9)
    expect(whiskers?.points[0]?.[1]).toBeCloseTo(y(0.01), 0)
    expect(whiskers?.points[1]?.[1]).toBeCloseTo(y(0.1), 0)
  })

  it('draws a bar as high as the count of its bin', () => {
    const bars = readPaths(svg).find(({ fill, d }) => fill === color && d.match(/Z/g)?.length === 3 && !d.includes('A'))
    const count = (value: number): number => axisPixel(svg, 'y', ['0', '200'], value)
    // Four corners a bar: bottom left, top left, top right, bottom right.
    expect(bars?.points.filter((_, i) => i % 4 === 1).map(([, top]) => Math.round(top))).toEqual([100, 400, 50].map((value) => Math.round(count(value))))
    expect(bars?.points[0]?.[0]).toBeCloseTo(x(0.025), 0)
    expect(bars?.points[2]?.[0]).toBeCloseTo(x(0.225), 0)
  })

  it('names both axes, the counts, each curve and the diagonal', () => {
    expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['Mean predicted probability', 'Observed frequency', 'Forecasts in the bin (count)', 'up', 'Perfectly reliable']))
  })

  it('says no data where no forecast was scored', () => {
    for (const curves of [[], [{ name: 'up', predicted: [Number.NaN], observed: [Number.NaN], counts: [0] }]]) {
      expect(readTexts(reliabilityDiagram(curves, { data: observed }).svg()).map(({ text }) => text)).toContain('No data')
    }
  })

  it('refuses lists of different lengths, and more curves than can be told apart', () => {
    expect(() => reliabilityDiagram([{ ...curve, counts: [1] }], { data: observed })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: 'counts of up: expected 4 numbers, got 1.' }))
    expect(() => reliabilityDiagram(Array.from({ length: 13 }, () => curve), { data: observed })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
