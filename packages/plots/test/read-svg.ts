import { textWidth } from '../src/text/text-width.js'

export interface ReadText {
  readonly text: string
  /** Anchor of the text. */
  readonly x: number
  readonly y: number
  readonly size: number
  readonly fill: string
  /** Corners of the box that the letters take, clockwise. */
  readonly corners: readonly (readonly [number, number])[]
}

export interface ReadPath {
  readonly d: string
  readonly fill: string
  readonly stroke: string | undefined
  /** Every pair of numbers of the path data, arcs aside. */
  readonly points: readonly (readonly [number, number])[]
}

const unescaped: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1]
}

export function readTexts(svg: string): ReadText[] {
  return [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', content = '']) => {
    const text = content.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => unescaped[entity] ?? entity)
    const style = attribute(attributes, 'style') ?? ''
    const size = Number(/font-size:([\d.]+)px/.exec(style)?.[1])
    const width = textWidth(text, size, style.includes('bold') ? 'bold' : 'normal')
    const transform = attribute(attributes, 'transform') ?? ''
    const values = [...transform.matchAll(/-?[\d.]+/g)].map(Number)
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform.startsWith('translate') ? [1, 0, 0, 1, ...values] : values
    const dy = Number(attribute(attributes, 'y') ?? 0)
    const anchor = attribute(attributes, 'text-anchor')
    const left = anchor === 'middle' ? -width / 2 : anchor === 'end' ? -width : 0
    // Lines of text touch where ascenders meet descenders: 0.8 em holds every letter and figure.
    const [top, bottom] = [dy - size * 0.4, dy + size * 0.4]
    const place = (x: number, y: number): readonly [number, number] => [a * x + c * y + e, b * x + d * y + f]
    return {
      text, size, x: e, y: f + dy, fill: attribute(attributes, 'fill') ?? '',
      corners: [place(left, top), place(left + width, top), place(left + width, bottom), place(left, bottom)],
    }
  })
}

export function readPaths(svg: string): ReadPath[] {
  const visible = svg.replace(/<clipPath[\s\S]*?<\/clipPath>/g, '')
  return [...visible.matchAll(/<path([^>]*)>/g)].map(([, attributes = '']) => {
    const d = attribute(attributes, 'd') ?? ''
    return { d, fill: attribute(attributes, 'fill') ?? '', stroke: attribute(attributes, 'stroke'), points: absolutePoints(d) }
  })
}

function absolutePoints(d: string): (readonly [number, number])[] {
  const points: [number, number][] = []
  let [x, y] = [0, 0]
  for (const [, command = '', rest = ''] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const numbers = [...rest.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(Number)
    const [first = 0, second = 0] = command === 'A' ? numbers.slice(5) : numbers
    if (command === 'M' || command === 'L' || command === 'A') [x, y] = [first, second]
    else if (command === 'l' || command === 'm') [x, y] = [x + first, y + second]
    else if (command === 'h') x += first
    else if (command === 'v') y += first
    else if (command === 'H') x = first
    else if (command === 'V') y = first
    if (command.toUpperCase() !== 'Z') points.push([x, y])
  }
  return points
}

/** Pixel of a value on an axis, from the places of two of its tick labels. */
export function axisPixel(svg: string, direction: 'x' | 'y', [low, high]: readonly [string, string], value: number): number {
  const at = (label: string): number => {
    // The same number may stand on both axes: labels of x are the lowest, those of y the leftmost.
    const found = readTexts(svg).filter(({ text, size }) => text === label && size === 11)
    if (found.length === 0) throw new Error(`no tick label ${label}`)
    return found.sort((a, b) => (direction === 'x' ? b.y - a.y : a.x - b.x))[0]?.[direction] ?? Number.NaN
  }
  const parsed = (label: string): number => Number(label.replace(/[,%]/g, '').replace('\u2212', '-'))
  const share = (value - parsed(low)) / (parsed(high) - parsed(low))
  return at(low) + share * (at(high) - at(low))
}

/** Whether two convex shapes share more than their edges: no line parts them. @see separating axis theorem */
export function overlap(a: ReadText['corners'], b: ReadText['corners']): boolean {
  for (const corners of [a, b]) {
    for (const [i, [x1, y1]] of corners.entries()) {
      const [x2, y2] = corners[(i + 1) % corners.length] ?? [x1, y1]
      const [nx, ny] = [y1 - y2, x2 - x1]
      const project = (shape: ReadText['corners']): number[] => shape.map(([x, y]) => x * nx + y * ny)
      const [pa, pb] = [project(a), project(b)]
      if (Math.max(...pa) <= Math.min(...pb) + 1e-6 || Math.max(...pb) <= Math.min(...pa) + 1e-6) return false
    }
  }
  return true
}
