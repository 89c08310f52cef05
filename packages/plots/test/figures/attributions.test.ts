import { describe, expect, it } from 'vitest'
import { attentionHeatmap, attributionBars, attributionSummary, attributionWaterfall } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { observed } from '../every-figure.js'
import { readPaths, readTexts } from '../read-svg.js'

const features = ['ofi', 'spread', 'vol']
const values = [1, -0.5, 0, -3, 0.5, 0.25]
const options = { data: observed, output: 'log odds of up' }
const textsOf = (figure: { svg(): string }): string[] => readTexts(figure.svg()).map(({ text }) => text)
const refused = expect.objectContaining({ code: 'LOB_BAD_OPTION' })

describe('attributionBars', () => {
  it('writes the mean absolute value of each feature, the largest first', () => {
    const texts = readTexts(attributionBars({ features, values }, options).svg())
    const rowOf = (name: string): number => texts.find(({ text }) => text === name)!.y
    expect(rowOf('ofi')).toBeLessThan(rowOf('spread'))
    expect(rowOf('spread')).toBeLessThan(rowOf('vol'))
    for (const [name, size] of [['ofi', '2'], ['spread', '0.5'], ['vol', '0.125']] as const) expect(texts.some(({ text, y }) => text === size && Math.abs(y - rowOf(name)) < 1), name).toBe(true)
  })
  it('leaves out the smallest and says so', () => {
    const figure = attributionBars({ features, values }, { ...options, most: 2 })
    expect(textsOf(figure)).not.toContain('vol')
    expect(figure.caption).toContain('The 2 largest of 3 features.')
  })
  it('says no data for no rows, and refuses half a row', () => {
    expect(textsOf(attributionBars({ features, values: [] }, options))).toContain('No data')
    expect(() => attributionBars({ features, values: [1] }, options)).toThrow(refused)
  })
})

describe('attributionSummary', () => {
  /** Places of the dots by colour. */
  const dotsOf = (svg: string) =>
    readPaths(svg).flatMap(({ d, stroke }) => [...d.matchAll(/M([\d.-]+) ([\d.-]+)L([\d.-]+) \2(?![\d.])/g)].flatMap(([, x, y, end]) => (Math.abs(Number(end) - Number(x) - 0.1) < 0.06 ? [{ x: Number(x), y: Number(y), color: stroke }] : [])))

  it('draws a dot a row and feature: right of zero where it raises the output, coloured by rank', () => {
    const svg = attributionSummary({ features: ['a'], values: [-1, 0, 1], inputs: [30, 20, 10] }, options).svg()
    const dots = dotsOf(svg).sort((one, two) => one.x - two.x)
    expect(dots.map(({ color }) => color)).toEqual(['#e0522f', '#b45fb0', '#3f7fd0'])
    expect(dots[1]!.x - dots[0]!.x).toBeCloseTo(dots[2]!.x - dots[1]!.x, 0)
  })
  it('stacks dots of the same value within their row, and marks missing inputs', () => {
    const svg = attributionSummary({ features: ['a', 'b'], values: Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? 1 : 0.5)), inputs: Array.from({ length: 80 }, (_, at) => (at === 3 ? Number.NaN : at)) }, options).svg()
    const dots = dotsOf(svg)
    expect(dots).toHaveLength(80)
    expect(new Set(dots.map(({ x, y }) => `${x} ${y}`)).size).toBe(80)
    expect(dots.filter(({ color }) => color === themes.light.muted)).toHaveLength(1)
    const own = dots.filter(({ x }) => x === Math.max(...dots.map((dot) => dot.x))).map(({ y }) => y)
    const others = dots.filter(({ x }) => x !== Math.max(...dots.map((dot) => dot.x))).map(({ y }) => y)
    expect(Math.max(...own)).toBeLessThan(Math.min(...others))
  })
  it('thins many rows and says so', () => {
    const many = Array.from({ length: 1300 }, (_, at) => Math.sin(at))
    const figure = attributionSummary({ features: ['a'], values: many, inputs: many }, options)
    expect(figure.caption).toContain('Every row in 3 is drawn, 434 of 1,300.')
    expect(dotsOf(figure.svg())).toHaveLength(434)
  })
  it('refuses inputs that are not as many', () => {
    expect(() => attributionSummary({ features, values, inputs: [1] }, options)).toThrow(refused)
  })
})

describe('attributionWaterfall', () => {
  it('goes from the base to the output, the largest step on top', () => {
    const figure = attributionWaterfall({ features, values: [1, -0.5, 0.25], inputs: [3, 2, 1], base: 0.5 }, options)
    const texts = readTexts(figure.svg())
    const y = (text: string): number => texts.find((found) => found.text === text)!.y
    expect(y('ofi = 3')).toBeLessThan(y('spread = 2'))
    expect(y('spread = 2')).toBeLessThan(y('vol = 1'))
    expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['+1', '−0.5', '+0.25']))
    expect(figure.alt).toContain('output 1.25')
  })
  it('sums what is left into one bar: nothing of the difference is lost', () => {
    const figure = attributionWaterfall({ features: ['a', 'b', 'c', 'd'], values: [4, 3, 2, -5], base: 0 }, { ...options, most: 3 })
    expect(textsOf(figure)).toEqual(expect.arrayContaining(['d', 'a', '2 other features', '+5']))
    expect(figure.alt).toContain('output 4')
  })
  it('refuses what does not add up', () => {
    expect(() => attributionWaterfall({ features, values: [1], base: 0 }, options)).toThrow(refused)
    expect(() => attributionWaterfall({ features, values: [1, 2, NaN], base: 0 }, options)).toThrow(refused)
  })
})

describe('attentionHeatmap', () => {
  it('says where the newest row looks, and whether there is a check', () => {
    const figure = attentionHeatmap({ tokens: ['−1', 'newest'], weights: [1, 0, 0.7, 0.3] }, options)
    expect(figure.alt).toContain('the newest looks most at −1, 0.7')
    expect(figure.caption).toContain('no masking check was given')
    const checked = attentionHeatmap({ tokens: ['−1', 'newest'], weights: [1, 0, 0.7, 0.3], masking: [0.1, -0.2] }, options)
    expect(checked.caption).toContain('log odds of up less what it is with the row masked')
    expect(textsOf(checked)).toContain('Masked: change of log odds of up')
  })
  it('refuses what is no attention', () => {
    expect(() => attentionHeatmap({ tokens: ['a', 'b'], weights: [1, 0, 1] }, options)).toThrow(refused)
    expect(() => attentionHeatmap({ tokens: ['a'], weights: [1.5] }, options)).toThrow(refused)
    expect(() => attentionHeatmap({ tokens: ['a'], weights: [1], masking: [1, 2] }, options)).toThrow(refused)
    expect(textsOf(attentionHeatmap({ tokens: [], weights: [] }, options))).toContain('No data')
  })
})
