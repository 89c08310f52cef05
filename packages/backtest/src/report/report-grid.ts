import { gridHeatmap, type DataSource, type ReportBlock } from '@rxlob/plots'

/** Net of one strategy by latency and fees. */
export interface ReportGrid {
  readonly name: string
  /** From top to bottom, such as `10 ms`. */
  readonly latencies: readonly string[]
  /** From left to right, such as `2 / 5 bps`. */
  readonly fees: readonly string[]
  /** Settlement currency, row by row. */
  readonly net: readonly number[]
  readonly low?: readonly number[]
  readonly high?: readonly number[]
  /** Digits after the point. Default 0. */
  readonly decimals?: number
}

export const gridBlock = (grid: ReportGrid, currency: string, data: DataSource): ReportBlock => ({
  kind: 'figure',
  figure: gridHeatmap(
    { rows: grid.latencies, columns: grid.fees, values: grid.net, ...(grid.low !== undefined && { low: grid.low }), ...(grid.high !== undefined && { high: grid.high }) },
    { data, measure: `Net, ${currency}`, rowTitle: 'Latency each way', columnTitle: 'Fees', decimals: grid.decimals ?? 0, title: `${grid.name}: net by latency and fees` },
  ),
})
