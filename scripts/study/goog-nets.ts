import { binCtabl, deepLob, gruNet, logistic, lstmNet, transformer, type Architecture, type Feeding, type WalkForwardTrainingOptions } from '@rxlob/models/tfjs'

export interface StudyNet {
  readonly architecture: Architecture
  readonly length: number
  /** Which columns it reads. */
  readonly columns: (name: string) => boolean
  readonly columnsAre: string
  readonly training: NonNullable<WalkForwardTrainingOptions['training']>
  /** How rows are answered. Default a window each, or with carried state. */
  readonly answer?: Feeding
  /** What was made smaller than in the literature, to fit the time budget. */
  readonly reduced: string
}

const isLevel = (name: string): boolean => name.endsWith('_z_5000')
/**
 * Prices themselves drift through a day: what they are worth is in the returns. The normalised trade flow is undefined where nobody traded in ten seconds,
 * one row in eleven, and each such row would void 50 windows; the flow itself is 0 there and stays.
 */
const isFeature = (name: string): boolean => !isLevel(name) && !/^(mid_price|weighted_mid|book_vwap|trade_flow_imbalance_normalised)/.test(name)
const features = 'the standard set without price levels and the normalised trade flow, and the order flow of ten levels'
const levels = 'prices and sizes of ten levels, scaled by the 5,000 rows before'

const recurrent = 'widths 64-32-32 (256-128-64), truncated at 50 steps with the state carried'
const everyStep = 'trained and answered on the last 25 steps of each window'

/** In the order in which they run, cheapest first. */
export const studyNets: readonly StudyNet[] = [
  { architecture: logistic(), length: 1, columns: isFeature, columnsAre: features, reduced: 'none', training: { epochs: 8, patience: 3, batch: 512, learningRate: 0.005 } },
  { architecture: transformer({ width: 32, heads: 2, inner: 64 }), length: 50, columns: isFeature, columnsAre: features, answer: 'every-step', reduced: `width 32 (64), inner 64, windows of 50 (100), ${everyStep}`, training: { epochs: 3, patience: 2, batch: 32, learningRate: 0.002 } },
  { architecture: binCtabl(), length: 10, columns: isLevel, columnsAre: levels, reduced: '12,000 random windows a pass', training: { epochs: 5, patience: 2, batch: 128, learningRate: 0.003, windowsPerEpoch: 12_000 } },
  { architecture: gruNet({ units: 64, secondUnits: 32, denseUnits: 32 }), length: 50, columns: isFeature, columnsAre: features, reduced: recurrent, training: { epochs: 3, patience: 2, batch: 16, learningRate: 0.003 } },
  { architecture: lstmNet({ units: 64, secondUnits: 32, denseUnits: 32 }), length: 50, columns: isFeature, columnsAre: features, reduced: recurrent, training: { epochs: 3, patience: 2, batch: 16, learningRate: 0.003 } },
  { architecture: deepLob({ padding: 'causal', filters: 4, inceptionFilters: 8, units: 16 }), length: 50, columns: isLevel, columnsAre: levels, answer: 'every-step', reduced: `4 filters (32), inception 8 (64), LSTM 16 (64), windows of 50 (100), causal padding, ${everyStep}`, training: { epochs: 2, patience: 2, batch: 32, learningRate: 0.002 } },
]
