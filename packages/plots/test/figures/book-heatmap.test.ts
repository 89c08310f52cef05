import { describe, expect, it } from 'vitest'
import { hexColor } from '../../src/color/hex-color.js'
import { viridis } from '../../src/color/viridis.js'
import { bookHeatmap } from '../../src/index.js'
import { themes } from '../../src/themes.js'
import { colorsOf } from '../color-at.js'
import { observed, opening } from '../every-figure.js'
import { axisPixel, readPaths, readTexts } from '../read-svg.js'

const options = { data: observed, timeZone: 'America/New_York', priceUnit: 'USD', sizeUnit: 'shares' }
const times = [0, 60e6, 120e6, 180e6].map((micros) => opening + micros)
const prices = [99.9, 100, 100.1]
// Two columns of four times are alike but for the unknown level.
const sizes = [0, 25, 100, 0, 25, 100, 0, Number.NaN, 100, 100, 25, 0]

describe('bookHeatmap', () => {
  it('colours each level at its time and price by the root of its size', () => {
    const svg = bookHeatmap({ times, prices, sizes }, options).svg({ caption: false })
    const colorAt = colorsOf(svg)
    const texts = readTexts(svg)
    const [start = 0, next = 0] = ['09:30:00', '09:31:00'].map((label) => texts.find(({ text }) => text === label)?.x)
    for (const [column, sizesAt] of [sizes.slice(0, 3), sizes.slice(3, 6), sizes.slice(6, 9), sizes.slice(9)].entries()) {
      for (const [row, size] of sizesAt.entries()) {
        const [x, y] = [start + (column + 0.5) * (next - start), axisPixel(svg, 'y', ['99.90', '100.10'], prices[row] ?? 0)]
        const expected = Number.isNaN(size) ? themes.light.missing : hexColor(viridis(Math.sqrt(size / 100)))
        expect(colorAt(x, y), `column ${column}, row ${row}`).toBe(expected)
      }
    }
  })

  it('names axes with units, the zone, and every mark', () => {
    const figure = bookHeatmap({ times, prices, sizes, mid: [100, 100, 100.05, 100], trades: { times: [opening], prices: [100], signedSizes: [5] } }, options)
    expect(readTexts(figure.svg()).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Price (USD)', 'Time (HH:MM:SS, America/New_York)', 'Resting size (shares)', 'Mid', 'Trade, buyer took', 'Trade, seller took', 'Unknown']),
    )
    expect(figure.caption).toContain('square-root scale')
  })

  it('marks trades at their time and price, by the side that took', () => {
    const trades = { times: [opening + 60e6, opening + 120e6], prices: [100.1, 99.9], signedSizes: [9, -9] }
    const svg = bookHeatmap({ times, prices, sizes, trades }, options).svg()
    const texts = readTexts(svg)
    // The sizes are equal, so both have the largest radius, 7 pixels: 7.7 wide at each side, tip 8.4 from the centre.
    const marks = readPaths(svg).filter(({ stroke, points }) => stroke === '#000000' && points.length === 3)
    const at = (label: string, price: number): [number, number] => [texts.find(({ text }) => text === label)?.x ?? 0, axisPixel(svg, 'y', ['99.90', '100.10'], price)]
    const [bought, sold] = [at('09:31:00', 100.1), at('09:32:00', 99.9)]
    const found = marks.map(({ fill, points }) => ({ fill, tip: points[0] ?? [0, 0] }))
    expect(found.some((mark) => mark.fill === '#ffffff' && Math.abs(mark.tip[0] - bought[0]) < 1 && Math.abs(mark.tip[1] - (bought[1] - 8.4)) < 1)).toBe(true)
    expect(found.some((mark) => mark.fill === '#ff6a3d' && Math.abs(mark.tip[0] - sold[0]) < 1 && Math.abs(mark.tip[1] - (sold[1] + 8.4)) < 1)).toBe(true)
  })

  it('marks only the largest of many trades and says so', () => {
    const many = Array.from({ length: 1000 }, (_, i) => i)
    const figure = bookHeatmap({ times, prices, sizes, trades: { times: many.map((i) => opening + i), prices: many.map(() => 100), signedSizes: many.map((i) => (i % 2 === 0 ? 1 : -1) * (i + 1)) } }, options)
    expect(figure.caption).toContain('Of 1,000 trades the 600 largest are marked.')
    const triangles = readPaths(figure.svg()).filter(({ stroke, d }) => stroke === '#000000' && d.length > 1000)
    expect(triangles.map(({ d }) => d.match(/M/g)?.length)).toEqual([300, 300])
  })

  it('draws 300 snapshots of 60 prices in under a second, in under 100 kB', () => {
    const [columns, rows] = [300, 60]
    const big = {
      times: Array.from({ length: columns }, (_, i) => opening + i * 1e6),
      prices: Array.from({ length: rows }, (_, i) => 100 + i / 100),
      sizes: Float64Array.from({ length: columns * rows }, (_, i) => Math.abs(Math.sin(i * i)) * 1000),
    }
    const elapsed = [1, 2, 3].map(() => {
      const start = performance.now()
      const svg = bookHeatmap(big, options).svg()
      expect(svg.length).toBeLessThan(100_000)
      return performance.now() - start
    })
    expect(Math.min(...elapsed)).toBeLessThan(1000)
  })

  it('says no data for an empty and for an unknown book, and draws a single snapshot', () => {
    const words = (values: Parameters<typeof bookHeatmap>[0]): string[] => readTexts(bookHeatmap(values, options).svg()).map(({ text }) => text)
    expect(words({ times: [], prices: [], sizes: [] })).toContain('No data')
    expect(words({ times: [opening], prices: [1], sizes: [Number.NaN] })).toContain('No data')
    expect(words({ times: [opening], prices: [1], sizes: [3] })).toContain('Price (USD)')
  })

  it.each([
    [{ times: [2, 1], prices: [1], sizes: [1, 1] }, 'times: expected finite numbers that rise, got 1 at index 1 after 2.'],
    [{ times: [1], prices: [1, 1], sizes: [1, 1] }, 'prices: expected'],
    [{ times: [1], prices: [1], sizes: [1, 2] }, 'sizes: expected 1 numbers, got 2.'],
    [{ times: [1], prices: [1], sizes: [1], mid: [] }, 'mid: expected 1'],
    [{ times: [1], prices: [1], sizes: [1], trades: { times: [1], prices: [], signedSizes: [1] } }, 'trades.prices: expected 1'],
  ])('refuses %j', (values, message) => {
    expect(() => bookHeatmap(values, options)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(message) }))
  })
})
