import type { ForecastReport } from '@rxlob/evaluation'
import type { WindowFits } from './ofi-study.ts'

/** All figures of a run, as `--json` writes them. */
export interface Results {
  readonly data: {
    readonly name: string
    readonly symbol: string
    readonly period: string
    readonly synthetic: boolean
    readonly levels: number
    /** Messages. */
    readonly rows: number
    /** By kind of file; of the events where they were made up. */
    readonly sha256: Readonly<Record<string, string>>
    /** Microseconds UTC. */
    readonly from: number
    readonly to: number
  }
  readonly book: {
    /** Rows where the published book differs from the file. */
    readonly mismatches?: number
    /** Rows where the row before, changed by the message, is not the row at some rank but the deepest. */
    readonly messageMismatches?: number
    readonly unseenOrderIds: number
    readonly scrolledIn: number
    readonly crossed: number
    readonly meanSpreadTicks: number
    readonly trades: number
    readonly tradedLots: number
  }
  /** By window, `10s`. */
  readonly ofi: Readonly<Record<string, WindowFits>>
  readonly forecast: Omit<ForecastReport, 'horizon' | 'classes'> & {
    readonly horizon: { readonly rows: number }
    readonly classes: readonly string[]
    readonly perClass: ForecastReport['classes']
    readonly thresholdTicks: number
    readonly trainingRows: number
  }
  readonly timing: {
    /** Messages. */
    readonly events: number
    /** The whole run. */
    readonly seconds: number
    /** Messages through book and features, of the pass that does only that. */
    readonly eventsPerSecond: number
    readonly peakRssMb: number
  }
}
