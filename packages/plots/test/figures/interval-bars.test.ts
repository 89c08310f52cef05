import { describe, expect, it } from 'vitest'
import { intervalBars } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { observed } from '../every-figure.js'
import { axisPixel, readPaths, readTexts } from '../read-svg.js'

const values = { names: ['Model', 'Majority', 'Persistence'], values: [0.46, 0.37, 0.4], low: [0.44, 0.36, Number.NaN], high: [0.48, 0.38, Number.NaN] }
const options = { data: observed, xTitle: 'Accuracy (share of forecasts)', emphasized: ['Model'], reference: { value: 0.38, label: 'Largest class share' } }

describe('intervalBars', () => {
  const svg = intervalBars(values, options).svg()
  const texts = readTexts(svg)
  const x = (value: number): number => axisPixel(svg, 'x', ['0.38', '0.46'], value)
  const rowOf = (name: string): number => texts.find(({ text, x: left }) => text === name && left < 150)?.y ?? Number.NaN

  it('writes each value with its interval in its row', () => {
    for (const [name, text] of [['Model', '0.460 [0.440, 0.480]'], ['Majority', '0.370 [0.360, 0.380]'], ['Persistence', '0.400']] as const) {
      expect(texts.find((found) => found.text === text)?.y).toBeCloseTo(rowOf(name), 3)
    }
  })

  it('draws dots and whiskers where the axis puts them, the model in its own colour', () => {
    const [baseline, model] = themes.light.series
    const whisker = (color: string | undefined): readonly (readonly [number, number])[] => readPaths(svg).find(({ stroke, d }) => stroke === color && d.match(/M/g)?.length === 3)?.points ?? []
    for (const [color, name, low, high] of [[model, 'Model', 0.44, 0.48], [baseline, 'Majority', 0.36, 0.38]] as const) {
      expect(whisker(color)[0]?.[0]).toBeCloseTo(x(low), 0)
      expect(whisker(color)[1]?.[0]).toBeCloseTo(x(high), 0)
      expect(whisker(color)[0]?.[1]).toBeCloseTo(rowOf(name), 0)
    }
    const dots = readPaths(svg).find(({ fill, d }) => fill === baseline && d.match(/M/g)?.length === 2)
    expect(dots?.points.filter((_, i) => i % 3 === 0).map(([left]) => Math.round(left + 5))).toEqual([x(0.37), x(0.4)].map(Math.round))
  })

  it('draws the reference and says what it is', () => {
    const line = readPaths(svg).find(({ stroke, points }) => stroke === themes.light.ink && points.length === 2 && points[0]?.[0] === points[1]?.[0])
    expect(line?.points[0]?.[0]).toBeCloseTo(x(0.38), 0)
    expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['Largest class share', 'Model', 'Baseline', 'Accuracy (share of forecasts)']))
  })

  it('says no data where no value is defined, and refuses wrong lengths', () => {
    expect(readTexts(intervalBars({ names: [], values: [], low: [], high: [] }, options).svg()).map(({ text }) => text)).toContain('No data')
    expect(() => intervalBars({ ...values, high: [1] }, options)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: 'high: expected 3 numbers, got 1.' }))
  })
})
