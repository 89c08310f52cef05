import { describe, expect, it } from 'vitest'
import { flowVersusMove } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { observed } from '../every-figure.js'
import { axisPixel, readPaths, readTexts } from '../read-svg.js'

const options = { data: observed, flowUnit: 'shares', moveUnit: 'ticks', window: '10 s' }
// y = 2 + 0.5 x, with residuals that sum to zero and are uncorrelated with x: the least-squares line is known without fitting.
const flow = [-30, -10, 10, 30, -30, -10, 10, 30]
const move = flow.map((x, i) => 2 + 0.5 * x + (i < 4 ? 4 : -4))

describe('flowVersusMove', () => {
  it('draws the fitted line where the axes put it', () => {
    const svg = flowVersusMove({ flow, move }, options).svg()
    const line = readPaths(svg).find(({ stroke, points }) => stroke === themes.light.series[1] && Math.abs((points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0)) > 100)
    const [[x1, y1], [x2, y2]] = [line?.points[0] ?? [0, 0], line?.points.at(-1) ?? [0, 0]]
    // The range is 60 wide and has a margin of 4 % at each end.
    const [left, right] = [-30 - 60 * 0.04, 30 + 60 * 0.04]
    expect(x1).toBeCloseTo(axisPixel(svg, 'x', ['−20', '20'], left), 0)
    expect(x2).toBeCloseTo(axisPixel(svg, 'x', ['−20', '20'], right), 0)
    expect(y1).toBeCloseTo(axisPixel(svg, 'y', ['−10', '10'], 2 + 0.5 * left), 0)
    expect(y2).toBeCloseTo(axisPixel(svg, 'y', ['−10', '10'], 2 + 0.5 * right), 0)
  })

  it('writes slope, R2 and count in the figure and the caption', () => {
    const figure = flowVersusMove({ flow, move }, options)
    // Explained variance 0.25 * mean(x^2) = 125, residual 16.
    expect(readTexts(figure.svg()).map(({ text }) => text)).toContain('Fit: 0.5 ticks per share, R² 0.887, n 8')
    expect(figure.caption).toContain('slope 0.5, intercept 2, R² 0.887')
  })

  it('names both quantities with their units', () => {
    const texts = readTexts(flowVersusMove({ flow, move }, { ...options, flowName: 'Log-OFI', flowUnit: 'log shares' }).svg()).map(({ text }) => text)
    expect(texts).toEqual(expect.arrayContaining(['Log-OFI against change of the mid, 10 s windows', 'Log-OFI (log shares in 10 s)', 'Change of the mid (ticks in 10 s)']))
  })

  it('draws each point of a few where the axes put it', () => {
    const svg = flowVersusMove({ flow, move }, options).svg()
    const dots = readPaths(svg).find(({ d, stroke }) => stroke === themes.light.muted && d.length > 50)
    const starts = dots?.points.filter((_, i) => i % 2 === 0) ?? []
    expect(starts).toHaveLength(8)
    for (const [i, [x, y]] of starts.entries()) {
      expect(x).toBeCloseTo(axisPixel(svg, 'x', ['−20', '20'], flow[i] ?? 0), -0.3)
      expect(y).toBeCloseTo(axisPixel(svg, 'y', ['−10', '10'], move[i] ?? 0), -0.3)
    }
  })

  it('draws a sample of many and counts what lies outside', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => Math.sin(i) * 100)
    const figure = flowVersusMove({ flow: [...many, 1e9], move: [...many, 1e9] }, options)
    // All but the last lie within the axes, whose margin takes in the crests: 10,000 / 9 is the first below 1,200.
    expect(figure.caption).toContain('Every 9th point is drawn (1,112 of 10,001). 1 point lies outside the axes.')
    expect(figure.svg().length).toBeLessThan(80_000)
  })

  it('leaves out pairs with NaN', () => {
    const [plain, gaps] = [flowVersusMove({ flow, move }, options), flowVersusMove({ flow: [...flow, Number.NaN, 5], move: [...move, 5, Number.NaN] }, options)]
    expect(gaps.svg()).toBe(plain.svg())
  })

  it('says where there is no line and where there are no data', () => {
    const one = flowVersusMove({ flow: [3], move: [2] }, options)
    expect(one.caption).toContain('No line: the flow does not vary.')
    expect(one.svg()).not.toContain('Fit:')
    const none = flowVersusMove({ flow: [Number.NaN], move: [2] }, options)
    expect(readTexts(none.svg()).map(({ text }) => text)).toContain('No data')
  })

  it('refuses lists of different lengths', () => {
    expect(() => flowVersusMove({ flow: [1, 2], move: [1] }, options)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: 'move: expected 2 numbers, got 1.' }))
  })
})
