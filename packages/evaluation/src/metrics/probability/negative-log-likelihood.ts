import { classAt } from '../classification/confusion-matrix.js'
import { classCount } from './class-count.js'

/**
 * Mean negative log-likelihood (log loss) of the classes that came true.
 *
 *   -mean ln max(p(y), 1e-15)
 *
 * Unit: nats; ln(classes) for uniform forecasts, 0 is perfect. NaN without rows.
 *
 * @param probabilities Row-major [rows, classes].
 * @throws {LobError} LOB_BAD_OPTION where the shapes do not match or `truth` holds no class.
 */
export function negativeLogLikelihood(truth: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const classes = classCount(truth, probabilities)
  let sum = 0
  for (let row = 0; row < truth.length; row++) sum += logLoss(probabilities[row * classes + classAt(truth, row, classes)]!)
  return sum / truth.length
}

/** Log loss of one row from the probability of what came true, clipped at 1e-15. */
export const logLoss = (probability: number): number => -Math.log(Math.max(probability, 1e-15))
