import { describe, expect, it } from 'vitest'
import { cumulativeAccuracy } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { observed, opening } from '../every-figure.js'
import { axisPixel, readPaths, readTexts } from '../read-svg.js'

const times = [0, 60, 120, 180].map((seconds) => opening + seconds * 1e6)
const forecasters = [
  { name: 'Model', correct: [1, 0, 1, 1] },
  { name: 'Persistence', correct: [0, 1, Number.NaN, 0] },
]

describe('cumulativeAccuracy', () => {
  const figure = cumulativeAccuracy({ times, forecasters }, { data: observed })
  const svg = figure.svg()

  it('draws the share of right forecasts so far', () => {
    const y = (percent: number): number => Math.round(axisPixel(svg, 'y', ['0%', '100%'], percent))
    const line = (rank: number): number[] | undefined =>
      readPaths(svg).find(({ stroke, points }) => stroke === themes.light.series[rank] && points.length === 4)?.points.map(([, height]) => Math.round(height))
    expect(line(0)).toEqual([100, 50, 200 / 3, 75].map(y))
    expect(line(1)).toEqual([0, 50, 50, 100 / 3].map(y))
  })

  it('writes the last share of each in the legend and aloud', () => {
    expect(readTexts(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(['Model 75.0%', 'Persistence 33.3%', 'Cumulative accuracy (% of forecasts)']))
    expect(figure.alt).toContain('Model 75.0%, Persistence 33.3%')
  })

  it('counts the first 2 % of many but does not draw them', () => {
    const many = Array.from({ length: 1000 }, (_, i) => opening + i * 1e6)
    const long = cumulativeAccuracy({ times: many, forecasters: [{ name: 'Model', correct: many.map((_, i) => (i < 20 ? 0 : 1)) }] }, { data: observed })
    expect(long.caption).toContain('The first 2% count, but are not drawn.')
    expect(readTexts(long.svg()).map(({ text }) => text)).toContain('Model 98.0%')
    const drawn = readPaths(long.svg()).find(({ stroke, points }) => stroke === themes.light.series[0] && points.length > 100)
    // Wall-clock labels: 13:32 is 120 s, 13:42 is 720 s after the first forecast; the first drawn is that of 20 s.
    const labels = readTexts(long.svg())
    const [two = 0, twelve = 0] = ['13:32', '13:42'].map((label) => labels.find(({ text }) => text === label)?.x)
    expect(drawn?.points[0]?.[0]).toBeCloseTo(two + ((20 - 120) / 600) * (twelve - two), 0)
  })

  it('says no data where nothing was scored', () => {
    for (const values of [{ times: [], forecasters: [] }, { times, forecasters: [{ name: 'Model', correct: times.map(() => Number.NaN) }] }]) {
      expect(readTexts(cumulativeAccuracy(values, { data: observed }).svg()).map(({ text }) => text)).toContain('No data')
    }
  })

  it('refuses times that fall, and lists of different lengths', () => {
    expect(() => cumulativeAccuracy({ times: [2, 1], forecasters: [] }, { data: observed })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining('never fall') }))
    expect(() => cumulativeAccuracy({ times, forecasters: [{ name: 'Model', correct: [1] }] }, { data: observed })).toThrow(
      expect.objectContaining({ code: 'LOB_BAD_OPTION', message: 'correct of Model: expected 4 numbers, got 1.' }),
    )
  })
})
