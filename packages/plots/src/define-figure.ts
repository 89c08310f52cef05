import { LobError, numberOption } from '@rxlob/core/kernel'
import { cleanSvg } from './draw/clean-svg.js'
import { chartSvg } from './draw/client.js'
import { frame } from './draw/frame.js'
import type { Drawing, DrawSpace } from './draw/layout.js'
import type { LegendItem } from './draw/legend.js'
import { noData } from './draw/no-data.js'
import { rasterizer } from './draw/rasterizer.js'
import type { Figure, FigureSize } from './figure.js'
import type { FigureOptions } from './figure-options.js'
import type { Theme } from './theme.js'
import { themes } from './themes.js'

export interface FigureDefinition {
  /** Where the options give none. */
  readonly title: string
  readonly options: FigureOptions
  /** Sentences of the caption that tell how the figure is to be read. */
  readonly about: string
  /** The main numbers in words. */
  readonly summary: string
  /** Why there is nothing to draw; `undefined` where there is. */
  readonly empty: string | undefined
  /** Pixels beyond which more width would only stretch or leave empty. Default any width. */
  readonly widest?: number
  readonly legend: (theme: Theme) => readonly LegendItem[]
  readonly draw: (space: DrawSpace) => Drawing
}

/** A figure from what it says and how it is drawn. */
export function defineFigure(definition: FigureDefinition): Figure {
  const { options, about, summary, empty, draw, widest = 2000 } = definition
  const { data, note = '', plotHeight } = options
  if (typeof data?.name !== 'string' || typeof data.period !== 'string' || typeof data.synthetic !== 'boolean') {
    throw new LobError('LOB_BAD_OPTION', 'Option data: expected { name, period, synthetic }, so that the figure can say what it was drawn from.')
  }
  if (plotHeight !== undefined) numberOption('plotHeight', plotHeight, 80, 4000)
  const { title = definition.title } = options
  const source = `Data: ${data.name}; ${data.period}.`
  const made = data.synthetic ? 'Synthetic: made up, not observed in a market.' : ''
  const caption = [empty === undefined ? about : '', note, source, made].filter(Boolean).join(' ')
  const alt = [`${title}${data.synthetic ? ' (synthetic data)' : ''}.`, empty === undefined ? summary : `No data: ${empty}`, source].join(' ')

  const framed = (theme: Theme, { width = 860, caption: captioned = true }: FigureSize): ReturnType<typeof frame> =>
    frame({
      width: Math.min(Math.max(320, widest), Math.round(numberOption('width', width, 320, 2000))),
      theme,
      title,
      synthetic: data.synthetic,
      caption: captioned ? caption : '',
      legend: empty === undefined ? definition.legend(theme) : [],
      draw: (space) => (empty === undefined ? draw(space) : noData(space, empty)),
    })
  const svg: Figure['svg'] = ({ theme = 'light', idPrefix, ...size } = {}) => {
    const colors = themes[theme]
    return cleanSvg(chartSvg({ ...framed(colors, size), theme: colors }), { label: alt, ...(idPrefix === undefined ? {} : { idPrefix }) })
  }
  return {
    title,
    caption,
    alt,
    synthetic: data.synthetic,
    size: (options = {}) => {
      const { width, height } = framed(themes.light, options)
      return { width, height }
    },
    svg,
    png: async ({ scale = 2, ...rest } = {}) => rasterizer(svg(rest), numberOption('scale', scale, 0.5, 4)),
  }
}
