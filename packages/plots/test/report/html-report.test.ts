import { type DefaultTreeAdapterTypes, parse, type ParserError } from 'parse5'
import { describe, expect, it } from 'vitest'
import { htmlReport, type ReportContent } from '../../src/index.js'
import { everyFigure, observed, synthetic } from '../every-figure.js'

type Node = DefaultTreeAdapterTypes.Element

/** Every element of a page, and the errors an HTML parser finds in it. */
function elementsOf(html: string): { elements: Node[]; errors: ParserError[] } {
  const errors: ParserError[] = []
  const elements: Node[] = []
  const walk = (node: DefaultTreeAdapterTypes.ParentNode): void => {
    for (const child of node.childNodes) {
      if (!('tagName' in child)) continue
      elements.push(child)
      walk(child)
    }
  }
  walk(parse(html, { onParseError: (error) => errors.push(error), sourceCodeLocationInfo: true }))
  return { elements, errors }
}

const textOf = (node: DefaultTreeAdapterTypes.ChildNode): string => ('value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '')
const attribute = (node: Node, name: string): string | undefined => node.attrs.find((found) => found.name === name)?.value

const nasty = '</style><script>alert(1)</script> & "quoted" \'text\' <img src=x onerror=y>'
const broken = 'nul \u0000 bell \u0007 half \ud800 end \uffff'
const content: ReportContent = {
  title: `Report ${nasty}`,
  subtitle: nasty,
  footer: nasty,
  sections: [
    { heading: nasty, blocks: [{ kind: 'text', text: broken }, { kind: 'text', text: `First ${nasty}\n\nSecond` }, { kind: 'list', items: [nasty, 'two'] }, { kind: 'facts', facts: [[nasty, nasty], ['Rows', 147916]] }] },
    {
      heading: 'Tables',
      blocks: [
        { kind: 'notice', tone: 'warning', text: nasty },
        { kind: 'table', caption: nasty, columns: [{ name: 'Window' }, { name: 'R²', align: 'number', decimals: 3 }, { name: 'n', align: 'number' }], rows: [['1 s', 0.4, 23400], [nasty, Number.NaN, 0.00123456]] },
      ],
    },
    { heading: 'Figures', blocks: Object.values(everyFigure(observed)).map((figure) => ({ kind: 'figure', figure })) },
  ],
}

describe('htmlReport', () => {
  const html = htmlReport(content)
  const { elements, errors } = elementsOf(html)
  const all = (tag: string): Node[] => elements.filter(({ tagName }) => tagName === tag)

  it('is HTML without a parse error', () => {
    expect(errors).toEqual([])
  })

  it('shows markup in every text, and runs and fetches nothing', () => {
    expect(all('script')).toEqual([])
    expect(all('img')).toEqual([])
    expect(all('link')).toEqual([])
    for (const node of elements) {
      for (const { name, value } of node.attrs) {
        expect(name).not.toMatch(/^on/)
        if (['href', 'src', 'xlink:href'].includes(name)) expect(value).toMatch(/^(?:#|data:image\/png;base64,)/)
      }
    }
    expect(all('style').map(textOf).join('')).not.toMatch(/@import|url\(/)
    expect(elements.filter((node) => attribute(node, 'http-equiv') === 'Content-Security-Policy').map((node) => attribute(node, 'content'))).toEqual(["default-src 'none'; style-src 'unsafe-inline'; img-src data:"])
    for (const tag of ['h1', 'footer', 'dt', 'dd', 'li']) expect(all(tag).some((node) => textOf(node).includes(nasty)), tag).toBe(true)
  })

  it('has a language, a title, one first heading and one heading a section', () => {
    expect(attribute(all('html')[0] as Node, 'lang')).toBe('en')
    expect(textOf(all('title')[0] as Node)).toBe(content.title)
    expect(all('h1')).toHaveLength(1)
    expect(all('h2').map(textOf)).toEqual(content.sections.map(({ heading }) => heading))
    expect(textOf(all('p').find((node) => textOf(node) === 'Second') as Node)).toBe('Second')
  })

  it('has ids that are unique and links that lead to them', () => {
    const ids = elements.map((node) => attribute(node, 'id')).filter((id) => id !== undefined)
    expect(ids.length).toBe(new Set(ids).size)
    const targets = elements.flatMap((node) => node.attrs.flatMap(({ name, value }) => (name === 'aria-labelledby' ? [value] : value.startsWith('#') && name === 'href' ? [value.slice(1)] : [...value.matchAll(/url\(#([^)]*)\)/g)].map(([, id = '']) => id))))
    expect(targets.length).toBeGreaterThan(10)
    for (const target of targets) expect(ids).toContain(target)
  })

  it('aligns numbers and writes them by their column', () => {
    const cells = all('td').filter((node) => attribute(node, 'class') === 'number').map(textOf)
    expect(cells).toEqual(['0.400', '23,400', '–', '0.001235'])
    expect(all('th').filter((node) => attribute(node, 'scope') === 'row').map(textOf)).toEqual(['1 s', nasty])
  })

  it('draws each figure for a page and for a phone, labelled, with its caption', () => {
    const figures = content.sections[2]?.blocks ?? []
    expect(all('figure')).toHaveLength(figures.length)
    for (const [i, node] of all('figure').entries()) {
      const block = figures[i]
      const pictures = elementsOf(`<!doctype html>${html.slice(node.sourceCodeLocation?.startOffset, node.sourceCodeLocation?.endOffset)}`).elements.filter(({ tagName }) => tagName === 'svg')
      expect(pictures).toHaveLength(2)
      for (const picture of pictures) expect([attribute(picture, 'role'), attribute(picture, 'aria-label')]).toEqual(['img', block?.kind === 'figure' ? block.figure.alt : undefined])
      expect(pictures.map((picture) => Number(attribute(picture, 'width')) <= 400)).toEqual([false, true])
      expect(textOf(node)).toContain(block?.kind === 'figure' ? block.figure.caption : undefined)
    }
  })

  it('defines every colour that it uses, in both schemes', () => {
    const used = new Set([...html.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name))
    const blocks = [...html.matchAll(/:root\{([^}]*)\}/g)].map(([, block = '']) => block)
    expect(blocks).toHaveLength(2)
    for (const name of used) for (const block of blocks) expect(block).toContain(`${name}:#`)
  })

  it('has the banner where a figure is synthetic, or where it is told so', () => {
    const banner = 'Synthetic data. The numbers below'
    const [made] = Object.values(everyFigure(synthetic))
    expect(html).not.toContain(banner)
    expect(htmlReport({ title: 'x', sections: [{ heading: 'y', blocks: made === undefined ? [] : [{ kind: 'figure', figure: made }] }] })).toContain(banner)
    expect(htmlReport({ title: 'x', synthetic: true, sections: [] })).toContain(banner)
  })

  it('stays far below 6 MB with eleven figures', () => {
    expect(html.length).toBeLessThan(2_000_000)
  })

  it('refuses a row with the wrong number of cells', () => {
    const table = { kind: 'table', caption: 'Regressions', columns: [{ name: 'a' }, { name: 'b' }], rows: [['1', 2], ['1']] } as const
    expect(() => htmlReport({ title: 'x', sections: [{ heading: 'y', blocks: [table] }] })).toThrow(
      expect.objectContaining({ code: 'LOB_BAD_OPTION', message: 'Table "Regressions": expected 2 cells in row 2, got 1.' }),
    )
  })
})
