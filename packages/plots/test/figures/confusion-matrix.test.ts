import { describe, expect, it } from 'vitest'
import { hexColor } from '../../src/color/hex-color.js'
import { viridis } from '../../src/color/viridis.js'
import { confusionMatrix } from '../../src/index.js'
import { colorsOf } from '../color-at.js'
import { observed } from '../every-figure.js'
import { readPaths, readTexts } from '../read-svg.js'

const classes = ['down', 'flat', 'up']
const counts = [30, 15, 5, 1, 97, 2, 0, 0, 1234]

describe('confusionMatrix', () => {
  it('writes each count and its share of the actual class in its cell, coloured by the share', () => {
    const svg = confusionMatrix({ classes, counts }, { data: observed }).svg()
    const [texts, colorAt] = [readTexts(svg), colorsOf(svg)]
    const place = (name: string, pick: (texts: readonly { x: number; y: number }[]) => number): number => pick(texts.filter(({ text }) => text === name))
    const expected = [['30', '60.0%'], ['15', '30.0%'], ['5', '10.0%'], ['1', '1.0%'], ['97', '97.0%'], ['2', '2.0%'], ['0', '0.0%'], ['0', '0.0%'], ['1,234', '100.0%']]
    for (const [i, words] of expected.entries()) {
      // A class is written twice: at the left of its row and below its column.
      const x = place(classes[i % 3] ?? '', (found) => Math.max(...found.map((text) => text.x)))
      const y = place(classes[Math.floor(i / 3)] ?? '', (found) => Math.min(...found.map((text) => text.y)))
      expect(colorAt(x - 35, y - 25), `colour of cell ${i}`).toBe(hexColor(viridis(Math.round(Number.parseFloat(words[1] ?? '') * 1.28) / 128)))
      for (const word of words) expect(texts.some((text) => text.text === word && Math.abs(text.x - x) < 1 && Math.abs(text.y - y) < 15), `${word} in cell ${i}`).toBe(true)
    }
  })

  it('names rows, columns and colours, and says accuracy and the largest class', () => {
    const figure = confusionMatrix({ classes, counts }, { data: observed })
    expect(readTexts(figure.svg()).map(({ text }) => text)).toEqual(expect.arrayContaining(['Actual class', 'Predicted class', 'Share of the actual class', '0%', '100%']))
    // 30 + 97 + 1,234 of 1,384; the last class has 1,234.
    expect(figure.caption).toContain('1,361 of 1,384 forecasts right (accuracy 98.3%); largest actual class 89.2%.')
  })

  it('colours a cell by its share, the same for the same share', () => {
    const svg = confusionMatrix({ classes: ['a', 'b'], counts: [5, 5, 50, 50] }, { data: observed }).svg()
    const cells = readPaths(svg).filter(({ d, fill }) => fill === '#21918c' && d.length > 100)
    expect(cells).toHaveLength(1)
    expect(cells[0]?.d.match(/M/g)).toHaveLength(4)
  })

  it('leaves the row of a class that never came without shares', () => {
    const texts = readTexts(confusionMatrix({ classes: ['a', 'b'], counts: [3, 1, 0, 0] }, { data: observed }).svg())
    expect(texts.filter(({ text }) => text === '–')).toHaveLength(2)
  })

  it('says no data where no forecast was scored', () => {
    for (const empty of [confusionMatrix({ classes: [], counts: [] }, { data: observed }), confusionMatrix({ classes, counts: counts.map(() => 0) }, { data: observed })]) {
      expect(readTexts(empty.svg()).map(({ text }) => text)).toContain('No data')
    }
  })

  it.each([[[1, 2, 3]], [[0.5, 1, 1, 1, 1, 1, 1, 1, 1]], [[-1, 1, 1, 1, 1, 1, 1, 1, 1]], [[Number.NaN, 1, 1, 1, 1, 1, 1, 1, 1]]])('refuses counts %j', (bad) => {
    expect(() => confusionMatrix({ classes, counts: bad }, { data: observed })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
