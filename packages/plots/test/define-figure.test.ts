import { describe, expect, it } from 'vitest'
import { type Figure, figureStyles, lineFigure } from '../src/index.js'
import { everyFigure, observed, synthetic } from './every-figure.js'
import { overlap, readTexts } from './read-svg.js'

const figures = Object.entries(everyFigure(synthetic))
const plain = (options: object = {}): Figure => lineFigure({ x: [1, 2], series: [{ name: 'a', values: [1, 2] }] }, { data: observed, xTitle: 'Row', yTitle: 'Mid (USD)', ...options })

/** The `:root` declarations of a page in one theme, by name. */
function properties(theme: 'light' | 'dark'): Map<string, string> {
  const blocks = [...figureStyles().matchAll(/:root\{([^}]*)\}/g)].map(([, block = '']) => block)
  return new Map((blocks[theme === 'light' ? 0 : 1] ?? '').split(';').map((line) => line.split(':') as [string, string]))
}

describe.each(figures)('%s', (_, figure) => {
  it('says its title, and that its data are synthetic', () => {
    const texts = readTexts(figure.svg()).map(({ text }) => text)
    expect(texts.join(' ')).toContain(figure.title)
    expect(texts).toContain('Synthetic data')
  })

  it('writes its caption with data and period under the plot, unless the page does', () => {
    expect(figure.caption).toContain('ACME, a made-up day; 2012-06-21, 09:30-16:00 New York.')
    const words = (svg: string): string => readTexts(svg).map(({ text }) => text).join(' ')
    expect(words(figure.svg())).toContain(figure.caption)
    expect(words(figure.svg({ caption: false }))).not.toContain('New York.')
  })

  it.each([320, 400, 640, 860, 1400])('at %d pixels keeps every text within the picture and clear of every other', (width) => {
    const svg = figure.svg({ width })
    const [, across, down] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
    expect(Number(across)).toBeLessThanOrEqual(width)
    const texts = readTexts(svg)
    for (const { text, corners } of texts) {
      for (const [x, y] of corners) {
        expect(x, text).toBeGreaterThanOrEqual(0)
        expect(x, text).toBeLessThanOrEqual(Number(across))
        expect(y, text).toBeGreaterThanOrEqual(0)
        expect(y, text).toBeLessThanOrEqual(Number(down))
      }
    }
    const clashes = texts.flatMap((a, i) => texts.slice(i + 1).filter((b) => overlap(a.corners, b.corners)).map((b) => `${a.text} / ${b.text}`))
    expect(clashes).toEqual([])
  })

  it('draws the same bytes from the same numbers', () => {
    const again = everyFigure(synthetic)[_] as Figure
    expect(again.svg({ theme: 'dark' })).toBe(figure.svg({ theme: 'dark' }))
    expect(figure.svg()).toBe(figure.svg())
  })

  it.each(['light', 'dark'] as const)('on a page with figureStyles is the %s picture', (theme) => {
    const values = properties(theme)
    const onPage = figure.svg({ theme: 'css', idPrefix: 'p' }).replace(/var\((--[\w-]+)\)/g, (_all, name: string) => values.get(name) ?? `missing ${name}`)
    expect(onPage).toBe(figure.svg({ theme, idPrefix: 'p' }))
  })

  it('is labelled for those who do not see it, and asks for nothing from outside', () => {
    const svg = figure.svg()
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="[^"]*synthetic data[^"]*"/)
    expect(figure.alt).toContain(figure.title)
    expect(svg).not.toMatch(/<script|<style|href="(?!data:)|url\((?!#)/)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('a figure', () => {
  it('has no badge where the data were observed', () => {
    expect(plain().svg().toLowerCase()).not.toContain('synthetic')
    expect(plain().caption.toLowerCase()).not.toContain('synthetic')
    expect(plain().synthetic).toBe(false)
  })

  it('is a PNG of its size times the scale, the same each time', async () => {
    const { width, height } = plain().size({ width: 500 })
    const png = Buffer.from(await plain().png({ width: 500, scale: 1.5 }))
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect(png.readUInt32BE(16)).toBe(Math.round(width * 1.5))
    expect(Math.abs(png.readUInt32BE(20) - height * 1.5)).toBeLessThanOrEqual(1)
    expect(Buffer.from(await plain().png({ width: 500, scale: 1.5 })).equals(png)).toBe(true)
    expect(Buffer.from(await plain().png({ width: 500, scale: 1.5, theme: 'dark' })).equals(png)).toBe(false)
  })

  it('is as large as size says', () => {
    const { width, height } = plain().size({ width: 500, caption: false })
    expect(plain().svg({ width: 500, caption: false })).toContain(`viewBox="0 0 ${width} ${height}"`)
  })

  it('keeps the numbers it was made from', () => {
    const values = [1, 2, 3]
    const figure = lineFigure({ x: [1, 2, 3], series: [{ name: 'a', values }] }, { data: observed, xTitle: 'Row', yTitle: 'y' })
    const before = figure.svg()
    values[1] = 99
    expect(figure.svg()).toBe(before)
  })

  it('shows markup in names as text', () => {
    const svg = plain({ title: '<script>alert("x")</script> & <b>', data: { name: '"><svg onload=x>', period: 'class="zr0-cls-1" url(#zr0-c0)', synthetic: false } }).svg()
    expect(svg).not.toMatch(/<script|<b>|<svg onload/)
    const words = readTexts(svg).map(({ text }) => text).join(' ')
    expect(words).toContain('<script>alert("x")</script> & <b>')
    expect(words).toContain('class="zr0-cls-1" url(#zr0-c0)')
  })

  it('drops characters that no picture can hold', async () => {
    const figure = plain({ title: 'nul \u0000 bell \u0007 half \ud800 end \uffff' })
    expect(readTexts(figure.svg()).map(({ text }) => text.replace(/ +/g, ' ').trim())).toContain('nul bell half end')
    expect((await figure.png()).length).toBeGreaterThan(1000)
  })

  it('gives ids that differ between pictures and follow a prefix', () => {
    const ids = (svg: string): string[] => [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id)
    const [one, two] = [ids(plain().svg()), ids(plain({ plotHeight: 200 }).svg())]
    expect(one.length).toBeGreaterThan(0)
    expect(one.filter((id) => two.includes(id))).toEqual([])
    expect(ids(plain().svg({ idPrefix: 'mine' })).every((id) => id.startsWith('mine-'))).toBe(true)
    for (const [, used] of plain().svg().matchAll(/url\(#([^)]*)\)/g)) expect(one).toContain(used)
  })

  it.each([
    [() => plain().svg({ width: 100 }), 'width'],
    [() => plain().svg({ width: Number.NaN }), 'width'],
    [() => plain({ plotHeight: 5 }), 'plotHeight'],
    [() => plain({ data: { name: 'x', period: 'y' } }), 'data'],
    [() => plain({ data: undefined }), 'data'],
  ])('refuses bad options (%#)', (make, option) => {
    expect(make).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(option) }))
  })

  it('refuses a scale out of range', async () => {
    await expect(plain().png({ scale: 9 })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })
})
