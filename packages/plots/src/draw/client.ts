import { CustomChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { type Axis, labelSize } from '../scale/axis.js'
import { fontStack } from '../text/font-stack.js'
import type { Theme } from '../theme.js'
import type { Element } from './element.js'
import { type Panel, plotScale } from './panel.js'

export interface Picture {
  readonly width: number
  readonly height: number
  readonly theme: Theme
  readonly panels: readonly Panel[]
  /** Outside the plots. */
  readonly elements: readonly Element[]
}

/** The picture as echarts writes it, ids and all. The only place that knows echarts. */
export function chartSvg({ width, height, theme, panels, elements }: Picture): string {
  use([CustomChart, GridComponent, SVGRenderer])
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: theme.surface,
      textStyle: { fontFamily: fontStack },
      grid: panels.map(({ rect }) => ({ ...rect, outerBoundsMode: 'none' })),
      xAxis: panels.map((panel, gridIndex) => ({ ...axisOption(panel.x, theme), gridIndex, position: 'bottom', ...(panel.xLabels ? {} : { axisLabel: { show: false } }) })),
      yAxis: panels.map((panel, gridIndex) => ({ ...axisOption(panel.y, theme), gridIndex, position: 'left' })),
      series: [...panels.flatMap((panel, rank) => [true, false].map((clip) => markSeries(panel, rank, clip))), groupSeries(elements, { coordinateSystem: 'none' })],
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

function axisOption({ min, max, ticks, labels, gridLines, rotate }: Axis, theme: Theme): object {
  // Places from 0 to 1 rather than values: echarts refuses a span of seconds at the size of microseconds since 1970.
  const places = ticks.map((tick) => Math.min(1, Math.max(0, (tick - min) / (max - min))))
  return {
    type: 'value',
    min: 0,
    max: 1,
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
    axisTick: { show: true, length: 4, customValues: places, lineStyle: { color: theme.axis } },
    axisLabel: {
      customValues: places,
      formatter: (place: number) => labels[places.findIndex((candidate) => Math.abs(candidate - place) < 1e-9)] ?? '',
      rotate,
      color: theme.muted,
      fontSize: labelSize,
      margin: 8,
      // The ticks were chosen so that no two labels touch; left to itself echarts would drop the outermost.
      showMinLabel: true,
      showMaxLabel: true,
      hideOverlap: false,
    },
    splitLine: { show: gridLines, lineStyle: { color: theme.grid } },
  }
}

function markSeries(panel: Panel, rank: number, clip: boolean): object {
  const scale = plotScale(panel)
  const elements = panel.marks.filter((mark) => mark.clip === clip).flatMap((mark) => mark.elements(scale))
  return groupSeries(elements, { xAxisIndex: rank, yAxisIndex: rank, clip })
}

/** A series of one item, which draws all elements. */
function groupSeries(elements: readonly Element[], place: object): object {
  return { ...place, type: 'custom', silent: true, data: [[0, 0]], renderItem: () => ({ type: 'group', children: elements.map(graphicOption) }) }
}

function graphicOption(element: Element): object {
  const common = { silent: true }
  switch (element.kind) {
    case 'image': {
      const { href: image, x, y, width, height } = element
      return { ...common, type: 'image', style: { image, x, y, width, height } }
    }
    case 'text': {
      const { text, x, y, color: fill, size: fontSize, weight: fontWeight = 'normal', align = 'left' } = element
      return { ...common, type: 'text', x, y, style: { text, fill, fontSize, fontWeight, fontFamily: fontStack, align, verticalAlign: 'middle' } }
    }
    case 'path': {
      const { path: pathData, fill = 'none', opacity, stroke } = element
      const line = stroke === undefined ? {} : { stroke: stroke.color, lineWidth: stroke.width, lineDash: stroke.dash ?? 'solid', ...(stroke.round === true ? { lineCap: 'round', lineJoin: 'round' } : {}) }
      return { ...common, type: 'path', shape: { pathData }, style: { fill, ...(opacity === undefined ? {} : { opacity }), ...line } }
    }
  }
}
