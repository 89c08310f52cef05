import { type Random, seededRandom } from '@rxlob/core'

/** A made-up trading day, just real enough to look at figures. */
export interface SyntheticMarket {
  readonly book: { times: number[]; prices: number[]; sizes: number[]; mid: number[] }
  readonly trades: { times: number[]; prices: number[]; signedSizes: number[] }
  readonly flow: number[]
  readonly move: number[]
  readonly forecasts: { times: number[]; predicted: number[]; actual: number[]; low: number[]; high: number[] }
  readonly scored: { times: number[]; forecasters: { name: string; correct: number[] }[] }
  readonly features: { names: string[]; correlations: number[] }
}

/** 2012-06-21, 09:30 in New York. */
export const opening = Date.UTC(2012, 5, 21, 13, 30) * 1000

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export function syntheticMarket(seed: number): SyntheticMarket {
  const random = seededRandom(seed)
  return { ...book(random), ...regression(random), forecasts: forecasts(random), scored: scored(random), features: features(random) }
}

function book(random: Random): Pick<SyntheticMarket, 'book' | 'trades'> {
  const [columns, rows, tick, base] = [300, 60, 0.01, 580]
  const times = Array.from({ length: columns }, (_, i) => opening + i * 2e6)
  const prices = Array.from({ length: rows }, (_, i) => base + (i - rows / 2) * tick)
  const resting = Array.from({ length: rows }, () => 100 + 300 * random())
  resting[48] = 4000
  resting[9] = 2600
  const [sizes, mid]: [number[], number[]] = [[], []]
  const trades: SyntheticMarket['trades'] = { times: [], prices: [], signedSizes: [] }
  let centre = rows / 2
  times.forEach((time, column) => {
    centre = Math.min(rows - 14, Math.max(14, centre + 0.55 * normal(random)))
    const gone = column > 203 && column < 212
    mid.push(gone ? Number.NaN : base + (Math.round(centre * 2) / 2 - rows / 2) * tick)
    for (let row = 0; row < rows; row++) {
      resting[row] = Math.max(0, (resting[row] ?? 0) * 0.97 + 10 * random() * (1 + 0.15 * Math.abs(row - centre)) + (random() < 0.001 ? 1800 : 0))
      const gap = Math.abs(row - centre)
      const unknown = gap > 27 || gone
      sizes.push(unknown ? Number.NaN : gap < 1.2 ? 0 : Math.round(resting[row] ?? 0))
    }
    if (random() < 0.55 && !gone) {
      const sign = random() < 0.5 + 0.2 * Math.sin(column / 40) ? 1 : -1
      trades.times.push(time + 1e6 * random())
      trades.prices.push((mid.at(-1) ?? 0) + sign * tick)
      trades.signedSizes.push(sign * Math.ceil(100 * random() ** -0.7))
    }
  })
  return { book: { times, prices, sizes, mid }, trades }
}

function regression(random: Random): Pick<SyntheticMarket, 'flow' | 'move'> {
  const flow = Array.from({ length: 2340 }, () => 1400 * normal(random) * (0.5 + random()))
  return { flow, move: flow.map((shares) => Math.round((shares * 0.0056 + 6.5 * normal(random) * (0.6 + random())) * 2) / 2) }
}

function forecasts(random: Random): SyntheticMarket['forecasts'] {
  const made: SyntheticMarket['forecasts'] = { times: [], predicted: [], actual: [], low: [], high: [] }
  let signal = 0
  for (let i = 0; i < 240; i++) {
    signal = 0.92 * signal + normal(random)
    const spread = 2.2 + 0.6 * Math.sin(i / 30)
    made.times.push(opening + i * 10e6)
    made.predicted.push(signal)
    made.actual.push(signal + spread * normal(random))
    made.low.push(signal - 1.645 * spread)
    made.high.push(signal + 1.645 * spread)
  }
  return made
}

function scored(random: Random): SyntheticMarket['scored'] {
  const count = 20_000
  const rates: [string, number][] = [['Bayesian logistic', 0.462], ['Imbalance logistic', 0.447], ['Persistence', 0.401], ['Sign of OFI', 0.428], ['Last move', 0.385], ['Majority class', 0.374]]
  return {
    times: Array.from({ length: count }, (_, i) => opening + (i * 23_400e6) / count),
    forecasters: rates.map(([name, rate]) => ({ name, correct: Array.from({ length: count }, () => Number(random() < rate)) })),
  }
}

function features(random: Random): SyntheticMarket['features'] {
  const names = ['mid', 'spread', 'weighted_mid', 'ofi', 'ofi_5', 'log_ofi', 'trade_flow_imbalance_10s', 'queue_imbalance', 'depth_imbalance_5', 'cancellation_ratio_60s', 'realized_vol_200', 'parkinson_vol_300s']
  const loadings = names.map(() => [normal(random), normal(random), normal(random)])
  const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
  const correlations = loadings.flatMap((a, i) => loadings.map((b, j) => (i === j ? 1 : (0.95 * dot(a, b)) / Math.sqrt(dot(a, a) * dot(b, b)))))
  for (let i = 0; i < names.length; i++) correlations[1 * names.length + i] = correlations[i * names.length + 1] = i === 1 ? 1 : Number.NaN
  return { names, correlations }
}
