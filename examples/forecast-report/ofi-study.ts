import { fitIntegratedOfi, frameBars, logOfi, midPrice, ofi, ofiByLevel, sizeIncreaseImbalance, spread, tradeFlow, type FrameBars, type LabelledFrame } from '@rxlob/core'
import { olsRegression, outOfSampleR2 } from '@rxlob/evaluation'

/** Lengths of the windows, in seconds. */
const studySeconds = [1, 5, 10, 30, 60, 300] as const
/** A line through fewer windows says nothing. */
const fewestWindows = 10

/** The features that the study adds up over windows. */
export const studyFeatures = (levels: number) => [midPrice(), spread(), ofi(), logOfi(), sizeIncreaseImbalance(), tradeFlow(), ofiByLevel({ levels })]

/** A line fitted to one window's flow and its mid move. Slopes are in ticks per unit of the flow. */
interface FlowFit {
  readonly r2: number
  readonly slope: number
  readonly intercept: number
}

/** The fits of one window length. */
export interface WindowFits {
  readonly seconds: number
  readonly windows: number
  readonly ofi: FlowFit
  readonly logOfi: FlowFit
  readonly sizeIncrease: FlowFit
  readonly tradeImbalance: FlowFit
  /** All levels along their first principal component; `out`: weights and line from the first half, scored on the second. */
  readonly integrated: FlowFit & { readonly out: number; readonly explained: number }
  /** The flow of one window against the move of the next. */
  readonly nextWindow: FlowFit
}

/** The fits, and the numbers they were fitted to, one a window. */
export interface WindowStudy {
  readonly fits: WindowFits
  /** Moves as the line of the first half gives them from all levels' flow, and the deviation of what it left there. */
  readonly forecast: Float64Array
  readonly residual: number
  readonly tsStart: Float64Array
  readonly flows: Float64Array
  readonly moves: Float64Array
}

export interface StudyOptions {
  readonly tickSize: number
  /** Start of the first window, microseconds UTC. */
  readonly origin: number
  /** Rows before the first move that counts: the opening book. */
  readonly skipRows: number
}

/** How order flow and mid moves go together, over windows of several lengths; lengths of which the day holds too few are left out. */
export function studyOfi(frame: LabelledFrame, options: StudyOptions): WindowStudy[] {
  const levels = frame.columns.map(({ name }) => name).filter((name) => name.startsWith('ofi_level_'))
  const lasted = (frame.tsExchange.at(-1)! - options.origin) / 1e6
  return studySeconds.filter((seconds) => seconds * (fewestWindows - 1) < lasted).map((seconds) => {
    const bars = frameBars(frame, {
      micros: seconds * 1e6,
      origin: options.origin,
      skipRows: options.skipRows,
      sum: ['ofi_1', 'log_ofi_1', 'size_increase_imbalance_1', 'trade_flow', ...levels],
      close: ['mid_price'],
    })
    const moves = movesOf(bars, options.tickSize)
    const flows = bars.columns['ofi_1']!
    const { integrated, forecast, residual } = fitIntegrated(frame, bars, levels, moves)
    return {
      fits: {
        seconds,
        windows: bars.length,
        ofi: fit(flows, moves),
        logOfi: fit(bars.columns['log_ofi_1']!, moves),
        sizeIncrease: fit(bars.columns['size_increase_imbalance_1']!, moves),
        tradeImbalance: fit(bars.columns['trade_flow']!, moves),
        integrated,
        nextWindow: fit(flows.subarray(0, -1), moves.subarray(1)),
      },
      forecast,
      residual,
      tsStart: bars.tsStart,
      flows,
      moves,
    }
  })
}

/** Mid at the end of each window less the mid at the end of the one before, in ticks. */
function movesOf(bars: FrameBars, tickSize: number): Float64Array {
  const mids = bars.columns['mid_price']!
  return mids.map((mid, bar) => (mid - (bar === 0 ? bars.before['mid_price']! : mids[bar - 1]!)) / tickSize)
}

function fit(flows: Float64Array, moves: Float64Array): FlowFit {
  const { r2, slope, intercept } = olsRegression(flows, moves)
  return { r2, slope, intercept }
}

function fitIntegrated(frame: LabelledFrame, bars: FrameBars, levels: readonly string[], moves: Float64Array): Pick<WindowStudy, 'forecast' | 'residual'> & Pick<WindowFits, 'integrated'> {
  const vectors = Array.from(bars.tsStart, (_, bar) => levels.map((level) => bars.columns[level]![bar]!))
  const weigh = (training: readonly number[][]): { flows: Float64Array; explained: number } => {
    const { parameters } = fitIntegratedOfi(training, { instrument: frame.instrument, from: frame.tsLocal[0]!, to: frame.tsLocal.at(-1)! })
    return { flows: Float64Array.from(vectors, (vector) => vector.reduce((sum, flow, level) => sum + flow * parameters.weights[level]!, 0)), explained: parameters.explained }
  }
  const whole = weigh(vectors)
  const half = Math.floor(vectors.length / 2)
  const { flows } = weigh(vectors.slice(0, half))
  const line = olsRegression(flows.subarray(0, half), moves.subarray(0, half))
  const forecast = flows.map((flow) => line.intercept + line.slope * flow)
  const reference = mean(moves.subarray(0, half))
  return {
    integrated: { ...fit(whole.flows, moves), explained: whole.explained, out: outOfSampleR2(moves.subarray(half), forecast.subarray(half), { reference }) },
    forecast,
    residual: Math.sqrt(mean(moves.subarray(0, half).map((move, bar) => (move - forecast[bar]!) ** 2))),
  }
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
