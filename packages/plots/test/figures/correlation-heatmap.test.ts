import { describe, expect, it } from 'vitest'
import { correlationHeatmap } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { observed } from '../every-figure.js'
import { readPaths, readTexts } from '../read-svg.js'

const names = ['mid', 'ofi', 'spread']
const correlations = [1, -0.25, Number.NaN, -0.25, 1, 0.5, Number.NaN, 0.5, 1]

describe('correlationHeatmap', () => {
  it('writes each number in the cell of its row and column', () => {
    const texts = readTexts(correlationHeatmap({ names, correlations }, { data: observed }).svg())
    const column = (name: string): number => Math.max(...texts.filter(({ text }) => text === name).map(({ x }) => x))
    const row = (name: string): number => Math.min(...texts.filter(({ text }) => text === name).map(({ y }) => y))
    for (const [i, text] of ['1.00', '−0.25', '–', '−0.25', '1.00', '0.50', '–', '0.50', '1.00'].entries()) {
      const [x, y] = [column(names[i % 3] ?? ''), row(names[Math.floor(i / 3)] ?? '')]
      expect(texts.some((found) => found.text === text && Math.abs(found.x - x) < 1 && Math.abs(found.y - y) < 1), `${text} in cell ${i}`).toBe(true)
    }
  })

  it('colours from blue for -1 over white for 0 to orange for 1, and undefined cells apart', () => {
    const svg = correlationHeatmap({ names: ['a', 'b'], correlations: [1, 0, -1, Number.NaN] }, { data: observed }).svg()
    const cells = readPaths(svg).slice(-80).map(({ fill }) => fill)
    for (const fill of ['#7f3b08', '#f7f7f7', '#053061', themes.light.missing]) expect(cells).toContain(fill)
    expect(readTexts(svg).map(({ text }) => text)).toContain('Undefined')
  })

  it('leaves out numbers where cells are too small, and no name', () => {
    const many = Array.from({ length: 40 }, (_, i) => `feature_${i}`)
    const texts = readTexts(correlationHeatmap({ names: many, correlations: many.flatMap((_, i) => many.map((__, j) => (i === j ? 1 : 0.123))) }, { data: observed }).svg())
    expect(texts.some(({ text }) => text === '0.12')).toBe(false)
    for (const name of many) expect(texts.filter(({ text }) => text === name)).toHaveLength(2)
  })

  it('says which pair is the strongest', () => {
    expect(correlationHeatmap({ names, correlations }, { data: observed }).alt).toContain('the strongest is 0.50 between ofi and spread')
  })

  it('takes the rounding of a correlation with itself, and refuses more', () => {
    expect(correlationHeatmap({ names: ['a'], correlations: [1.0000000000000002] }, { data: observed }).svg()).toContain('1.00')
    expect(() => correlationHeatmap({ names: ['a'], correlations: [1.1] }, { data: observed })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    expect(() => correlationHeatmap({ names, correlations: [1] }, { data: observed })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: 'correlations: expected 9 numbers, got 1.' }))
  })

  it('says no data for no features', () => {
    expect(readTexts(correlationHeatmap({ names: [], correlations: [] }, { data: observed }).svg()).map(({ text }) => text)).toContain('No data')
  })
})
