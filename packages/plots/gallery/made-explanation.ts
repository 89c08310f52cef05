import { seededRandom } from '@rxlob/core'

/** Attributions of a made-up linear model with one step and missing numbers. */
export function madeAttributions(seed: number): { features: string[]; values: number[]; inputs: number[]; first: { features: string[]; values: number[]; inputs: number[]; base: number } } {
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const features = ['queue_imbalance', 'ofi_1', 'log_ofi_10', 'spread', 'trade_flow_imbalance_100', 'realized_vol_200', 'depth_imbalance_10', 'mid_return_1', 'top_volume', 'cancellation_ratio_10']
  const weights = [0.8, 0.5, 0.35, -0.2, 0.18, 0.1, -0.1, -0.3, 0.03, 0.01]
  const inputs: number[] = []
  const values: number[] = []
  for (let row = 0; row < 1500; row++) {
    features.forEach((_, feature) => {
      const x = feature === 3 ? Math.round(Math.abs(normal()) * 2) : normal()
      const missing = feature === 4 && random() < 0.1
      inputs.push(missing ? Number.NaN : x)
      values.push(missing ? -0.02 : feature === 0 ? weights[0]! * Math.tanh(2 * x) : weights[feature]! * (x - (feature === 3 ? 1.6 : 0)))
    })
  }
  return { features, values, inputs, first: { features, values: values.slice(0, 10), inputs: inputs.slice(0, 10), base: -0.12 } }
}

/** A causal map that looks at its own row, the one before and a row of news. */
export function madeAttention(length: number): { tokens: string[]; weights: number[]; masking: number[] } {
  const news = 9
  const weights = Array.from({ length }, (_, row) => {
    const raw = Array.from({ length }, (__, column) => (column > row ? 0 : Math.exp(-(row - column) / 3) + (column === news ? 1.5 : 0)))
    const sum = raw.reduce((total, value) => total + value, 0)
    return raw.map((value) => value / sum)
  }).flat()
  return { tokens: Array.from({ length }, (_, row) => (row === length - 1 ? 'newest' : `−${length - 1 - row}`)), weights, masking: Array.from({ length }, (_, row) => 0.3 * Math.exp(-(length - 1 - row) / 4) - (row === news ? 0.12 : 0)) }
}
