import { readFileSync } from 'node:fs'

export interface BayesGolden {
  readonly posteriors: {
    readonly columns: number
    readonly classes: number
    readonly priorVariance: number
    readonly forgetting: number
    /** Row-major [rows, columns], the first column 1. */
    readonly inputs: number[]
    readonly targets: number[]
    /** forgetting ** age. */
    readonly rowWeights: number[]
    readonly mean: number[]
    readonly covariance: number[]
  }[]
  readonly averages: { mean: number[]; covariance: number[]; probabilities: number[] }[]
  readonly moments: { mu: number[]; s: number[]; target: number; weight: number; scale: number; mean: number[]; covariance: number[] }[]
  readonly hermite: { count: number; nodes: number[]; weights: number[] }[]
}

/** Numbers made by reference/bayes.py. */
export const bayesGolden = JSON.parse(readFileSync(new URL('bayes.json', import.meta.url), 'utf8')) as BayesGolden

/** A14 of the reference: five rows with an intercept column, prior N(0, 4 I) on the log odds. */
export const fiveRows = { inputs: [1, 0.5, 1, -1, 1, 2, 1, 0, 1, -0.5], targets: [1, 0, 1, 0, 1] }
