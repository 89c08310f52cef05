import { integerOption, LobError } from '@rxlob/core'

export interface CalibrationMonitorOptions {
  /** Number of classes. */
  readonly classes: number
  /** Newest settled predictions that are judged. Default 2000. */
  readonly rows?: number
  /** Bins of equal width over the largest probability. Default 10. */
  readonly bins?: number
}

/** Whether probabilities still mean what they say. */
export interface CalibrationReport {
  /** Settled predictions judged. */
  readonly rows: number
  readonly accuracy: number
  /** Mean of the largest probability. Above the accuracy: too sure. */
  readonly confidence: number
  /** Expected calibration error: mean over bins, by their rows, of |accuracy - confidence|. */
  readonly error: number
  /** Mean of -ln p(outcome), p clipped at 1e-15. */
  readonly logLoss: number
  /**
   * Hits less expected hits, in standard deviations of what they would be if the probabilities were right and outcomes independent.
   * Labels that overlap (horizons of many rows) are not: divide by the square root of the horizon in rows.
   */
  readonly z: number
}

/** Judges the newest predictions by their outcomes. */
export interface CalibrationMonitor {
  /** @throws {LobError} LOB_BAD_OPTION where the target is no class. */
  add(probabilities: ArrayLike<number>, target: number): void
  report(): CalibrationReport
}

/**
 * Calibration of the newest settled predictions, kept as they come and go. Cost: O(classes) a row, O(rows) memory; a report O(rows).
 *
 *   ECE = sum over bins (n_b / n) |acc_b - conf_b|, bins (lo, hi];   z = (sum hit - sum p) / sqrt(sum p (1 - p)), p the largest probability
 *
 * A prediction with a NaN is left out. All of a report is NaN before the first row.
 *
 * @see Guo et al. (2017), ICML, section 2; Spiegelhalter (1986), Statistics in Medicine 5 421-433
 */
export function calibrationMonitor(options: CalibrationMonitorOptions): CalibrationMonitor {
  const classes = integerOption('classes', options.classes, 2)
  const capacity = integerOption('rows', options.rows ?? 2000, 1)
  const bins = integerOption('bins', options.bins ?? 10, 1)
  const top = new Float64Array(capacity)
  const hit = new Uint8Array(capacity)
  const loss = new Float64Array(capacity)
  let rows = 0
  let next = 0
  return {
    add(probabilities, target) {
      if (!Number.isInteger(target) || target < 0 || target >= classes) throw new LobError('LOB_BAD_OPTION', `Expected a target from 0 to ${classes - 1}, got ${target}.`)
      let best = 0
      for (let k = 0; k < classes; k++) {
        if (Number.isNaN(probabilities[k])) return
        if (probabilities[k]! > probabilities[best]!) best = k
      }
      top[next] = probabilities[best]!
      hit[next] = best === target ? 1 : 0
      loss[next] = -Math.log(Math.max(1e-15, probabilities[target]!))
      next = (next + 1) % capacity
      rows = Math.min(capacity, rows + 1)
    },
    report() {
      const gaps = new Float64Array(bins)
      let hits = 0
      let confidence = 0
      let variance = 0
      let losses = 0
      for (let row = 0; row < rows; row++) {
        const p = top[row]!
        gaps[Math.min(bins - 1, Math.max(0, Math.ceil(p * bins) - 1))]! += hit[row]! - p
        hits += hit[row]!
        confidence += p
        variance += p * (1 - p)
        losses += loss[row]!
      }
      return {
        rows,
        accuracy: hits / rows,
        confidence: confidence / rows,
        error: gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / rows,
        logLoss: losses / rows,
        z: (hits - confidence) / Math.sqrt(variance),
      }
    },
  }
}
