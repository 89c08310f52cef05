import { integerOption, LobError } from '@rxlob/core'
import type { CalibrationData } from './calibration.js'

/**
 * Rows of the data.
 *
 * @throws {LobError} LOB_BAD_OPTION where shapes do not match, there are no rows, a number is no probability, an outcome no class, or the period none.
 */
export function checkCalibrationData(what: string, { probabilities, outcomes, classes, from, to }: CalibrationData): number {
  const refuse = (problem: string): never => {
    throw new LobError('LOB_BAD_OPTION', `${what}: ${problem}`)
  }
  integerOption('classes', classes, 2)
  const rows = outcomes.length
  if (rows === 0 || probabilities.length !== rows * classes) refuse(`expected rows of ${classes} probabilities, one row an outcome, got ${probabilities.length} and ${rows}.`)
  for (let at = 0; at < probabilities.length; at++) {
    const p = probabilities[at]!
    if (!(p >= 0 && p <= 1)) refuse(`row ${Math.floor(at / classes)} has the probability ${p}, expected 0 to 1.`)
  }
  for (let row = 0; row < rows; row++) {
    const outcome = outcomes[row]!
    if (!Number.isInteger(outcome) || outcome < 0 || outcome >= classes) refuse(`row ${row} has the outcome ${outcome}, expected a class from 0 to ${classes - 1}.`)
  }
  if (!(Number.isFinite(from) && Number.isFinite(to) && from <= to)) refuse(`expected a period from one time to a later one, got ${from} and ${to}.`)
  return rows
}

/** Logarithm of a probability, which is never taken for impossible. */
export const logProbability = (p: number): number => Math.log(Math.max(1e-15, p))

/** Log odds of a probability, at most those of 1e-15. */
export const logOdds = (p: number): number => logProbability(p) - logProbability(1 - p)
