import { describe, expect, it } from 'vitest'
import { barFigure } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { observed } from '../every-figure.js'
import { axisPixel, readPaths, readTexts } from '../read-svg.js'

const options = { data: observed, xTitle: 'Window', yTitle: 'R² (share)' }
const groups = ['1 s', '10 s']
const series = [
  { name: 'OFI', values: [0.4, 0.8], low: [0.3, 0.7], high: [0.5, 0.9] },
  { name: 'Trades', values: [-0.2, Number.NaN] },
]

describe('barFigure', () => {
  const svg = barFigure({ groups, series }, options).svg()
  const y = (value: number): number => Math.round(axisPixel(svg, 'y', ['0.0', '0.8'], value))

  it('draws each bar from zero to its value, and none for NaN', () => {
    const tops = (color: string | undefined, bars: number): number[][] | undefined => {
      const found = readPaths(svg).find(({ fill, d, points }) => fill === color && d.match(/Z/g)?.length === bars && points.length === bars * 4 && Math.abs((points[0]?.[1] ?? 0) - (points[1]?.[1] ?? 0)) > 13)
      return found?.points.flatMap(([, height], i) => (i % 4 === 0 ? [[Math.round(height), Math.round(found.points[i + 1]?.[1] ?? 0)]] : []))
    }
    expect(tops(themes.light.series[0], 2)).toEqual([[y(0), y(0.4)], [y(0), y(0.8)]])
    expect(tops(themes.light.series[1], 1)).toEqual([[y(0), y(-0.2)]])
  })

  it('draws whiskers over the middle of their bar', () => {
    const whiskers = readPaths(svg).find(({ stroke, d }) => stroke === themes.light.ink && d.match(/M/g)?.length === 6)
    const bars = readPaths(svg).find(({ fill, points }) => fill === themes.light.series[0] && points.length === 8)
    const middle = ((bars?.points[0]?.[0] ?? 0) + (bars?.points[2]?.[0] ?? 0)) / 2
    expect(whiskers?.points[0]?.[0]).toBeCloseTo(middle, 0)
    expect(whiskers?.points.slice(0, 2).map(([, height]) => Math.round(height))).toEqual([y(0.3), y(0.5)])
  })

  it('names groups, axes and series', () => {
    expect(readTexts(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(['1 s', '10 s', 'Window', 'R² (share)', 'OFI', 'Trades']))
  })

  it('says no data where nothing is defined, and refuses wrong lengths', () => {
    expect(readTexts(barFigure({ groups, series: [{ name: 'a', values: [Number.NaN, Number.NaN] }] }, options).svg()).map(({ text }) => text)).toContain('No data')
    expect(() => barFigure({ groups, series: [{ name: 'a', values: [1] }] }, options)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: 'series a: expected 2 numbers, got 1.' }))
  })
})
