import { readFileSync } from 'node:fs'

interface ClassificationCase {
  readonly truth: number[]
  readonly probabilities: number[]
  readonly classes: number
  readonly confusion: number[]
  readonly accuracy: number
  readonly precision: number[]
  readonly recall: number[]
  readonly f1: number[]
  readonly support: number[]
  readonly macroF1: number
  readonly weightedF1: number
  readonly balancedAccuracy: number
  readonly mcc: number
  readonly kappa: number
  readonly auc: number[]
  readonly aucMacro: number
  readonly aucWeighted: number
  readonly averagePrecision: number[]
  readonly precisionAt17: number
  readonly nll: number
  readonly brier: number
  readonly rps: number
  readonly ece10: number
  readonly ece15: number
  readonly eceMass12: number
}

export interface MetricsGolden {
  readonly classification: ClassificationCase[]
  readonly crpsGaussian: [actual: number, mean: number, deviation: number, crps: number][]
  readonly crpsEnsemble: { members: number[]; y: number; plain: number; fair: number }[]
  readonly normal: [z: number, cdf: number, inverseMills: number][]
  readonly studentTwoSided: [t: number, degrees: number, p: number][]
  readonly regression: {
    x: number[]; y: number[]; offset: number; slope: number; centredIntercept: number; r2: number; slopeError: number; interceptError: number
    pearson: number; spearman: number
  }[]
  readonly comparison: { a: number[]; b: number[]; horizon: number; lag: number; mean: number; longRun: number; statistic: number; p: number }[]
}

export interface LogisticCase {
  readonly inputs: number[]
  readonly columns: number
  readonly targets: number[]
  readonly classes: number
  readonly penalty: number
  readonly rowWeights: number[]
  readonly weights: number[]
}

/** Numbers made by reference/logistic.py. */
export const logisticGolden = read<LogisticCase[]>('logistic.json')

/** Numbers made by reference/metrics.py. */
export const metricsGolden = read<MetricsGolden>('metrics.json')

/** A17 of the reference: eight rows worked by hand and with scikit-learn. */
export const eightRows = {
  truth: [0, 1, 2, 2, 1, 0, 2, 1],
  probabilities: [
    0.7, 0.2, 0.1, 0.1, 0.6, 0.3, 0.2, 0.2, 0.6, 0.3, 0.4, 0.3, 0.25, 0.5, 0.25, 0.5, 0.3, 0.2, 0.1, 0.1, 0.8, 0.4, 0.35, 0.25,
  ],
  calls: [0, 1, 2, 1, 1, 0, 2, 0],
}

function read<Golden>(file: string): Golden {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Golden
}
