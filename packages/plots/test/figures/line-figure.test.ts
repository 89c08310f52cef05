import { describe, expect, it } from 'vitest'
import { lineFigure } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { observed, opening } from '../every-figure.js'
import { axisPixel, readPaths, readTexts } from '../read-svg.js'

const options = { data: observed, xTitle: 'Row', yTitle: 'Spread (ticks)' }

describe('lineFigure', () => {
  it('breaks a line at NaN and draws a lone point as a dot', () => {
    const svg = lineFigure({ x: [0, 1, 2, 3, 4, 5], series: [{ name: 'a', values: [0, 10, Number.NaN, 5, Number.NaN, 10] }] }, options).svg()
    const line = readPaths(svg).find(({ stroke, d }) => stroke === themes.light.series[0] && d.match(/M/g)?.length === 3)
    const [x, y] = [(value: number): number => axisPixel(svg, 'x', ['0.0', '5.0'], value), (value: number): number => axisPixel(svg, 'y', ['0', '10'], value)]
    const expected = [[0, 0], [1, 10], [3, 5], [3, 5], [5, 10], [5, 10]] as const
    for (const [i, [across, up]] of expected.entries()) {
      expect(line?.points[i]?.[0]).toBeCloseTo(x(across), -0.3)
      expect(line?.points[i]?.[1]).toBeCloseTo(y(up), -0.3)
    }
  })

  it('has a legend only where there is more than one thing to tell apart', () => {
    const one = [{ name: 'only series', values: [1, 2] }]
    const words = (values: Parameters<typeof lineFigure>[0], extra: object = {}): string => readTexts(lineFigure(values, { ...options, ...extra }).svg()).map(({ text }) => text).join('|')
    expect(words({ x: [1, 2], series: one })).not.toContain('only series')
    expect(words({ x: [1, 2], series: [...one, { name: 'other', values: [2, 3] }] })).toContain('only series|other')
    expect(words({ x: [1, 2], series: one }, { references: [{ value: 1.5, label: 'Mean of the day' }] })).toContain('Mean of the day')
    expect(words({ x: [1, 2], series: [{ name: 'a', values: [1, 2], low: [0, 1], high: [2, 3] }] }, { intervalName: '80% interval' })).toContain('80% interval')
  })

  it('draws references where the axes put them', () => {
    const svg = lineFigure({ x: [1, 2], series: [{ name: 'a', values: [0, 10] }] }, { ...options, references: [{ value: 7, label: 'Seven' }] }).svg()
    const line = readPaths(svg).find(({ stroke, points }) => stroke === themes.light.ink && (points[1]?.[0] ?? 0) - (points[0]?.[0] ?? 0) > 300)
    expect(line?.points[0]?.[1]).toBeCloseTo(axisPixel(svg, 'y', ['0', '10'], 7), 0)
  })

  it('draws a constant, a single point, and the times of a zone', () => {
    const words = (values: Parameters<typeof lineFigure>[0], extra: object = {}): string[] => readTexts(lineFigure(values, { ...options, ...extra }).svg()).map(({ text }) => text)
    expect(words({ x: [1, 2, 3], series: [{ name: 'a', values: [585.33, 585.33, 585.33] }] })).toContain('586')
    expect(words({ x: [7], series: [{ name: 'a', values: [3] }] })).toContain('Row')
    expect(words({ x: [opening, opening + 3600e6], series: [{ name: 'a', values: [3, 4] }] }, { timeZone: 'America/New_York' })).toContain('Time (HH:MM, America/New_York)')
  })

  it('says no data where nothing is defined', () => {
    expect(readTexts(lineFigure({ x: [1], series: [{ name: 'a', values: [Number.NaN] }] }, options).svg()).map(({ text }) => text)).toContain('No data')
    expect(readTexts(lineFigure({ x: [], series: [] }, options).svg()).map(({ text }) => text)).toContain('No data')
  })

  it('refuses what it cannot draw', () => {
    const bad = (values: object, extra: object = {}): (() => unknown) => () => lineFigure({ x: [1, 2], series: [{ name: 'a', values: [1, 2] }], ...values }, { ...options, ...extra })
    const refused = (message: string): unknown => expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(message) })
    expect(bad({ x: [2, 1] })).toThrow(refused('never fall'))
    expect(bad({ x: [1, Number.NaN] })).toThrow(refused('finite'))
    expect(bad({ series: [{ name: 'a', values: [1] }] })).toThrow(refused('series a: expected 2'))
    expect(bad({ series: Array.from({ length: 13 }, () => ({ name: 'a', values: [1, 2] })) })).toThrow(refused('at most 12'))
    expect(() => lineFigure({ x: [], series: [] }, { data: observed, yTitle: 'y' })).toThrow(refused('xTitle'))
  })
})
