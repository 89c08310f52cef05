import { integerOption, LobError, numberOption } from '@rxlob/core'
import type { RunModel } from './run-model.js'
import { savedState } from './saved-state.js'

export interface BocpdOptions {
  /** What the observations of one run have in common. */
  readonly model: RunModel
  /** Chance that a run ends after any one observation, above 0 to below 1: the mean run is 1 / hazard long. Default 1 / 10,000. */
  readonly hazard?: number
  /** Run lengths of less probability are dropped. Default 1e-8. */
  readonly dropBelow?: number
  /** Most run lengths that are followed at once, 2 or more; the least probable gives way. Default 200. */
  readonly maxRuns?: number
}

/** Bayesian online change-point detection. */
export interface Bocpd {
  /** Observations since the start. */
  readonly rows: number
  /**
   * Takes an observation in; returns the log of its predictive probability, over all run lengths.
   *
   * @throws {LobError} LOB_MODEL where the observation is none of the model's.
   */
  step(x: number): number
  /** The run lengths that are followed, longest first, and their probabilities. Run length 0: the next observation begins a new run. */
  runLengths(): { readonly lengths: Int32Array; readonly probabilities: Float64Array }
  /** Probability that the current run began within the last `rows` observations and after the run that `settle` last chose. */
  changeWithin(rows: number): number
  /** The most probable run length among those up to `rows` that began after the run last settled on. */
  likelyLength(rows: number): number
  /** Takes it as a fact that the current run has this length: of the others nothing remains. */
  settle(length: number): void
  /** Forgets everything. */
  restart(): void
  /** Plain JSON data. */
  save(): unknown
  load(state: unknown): void
}

/**
 * The posterior of the time since the last change, given everything seen, one observation at a time.
 *
 *   grow:    R'(r + 1) = R(r) p(x | r) (1 - hazard)
 *   change:  R'(0) = sum_r R(r) p(x | r) hazard, then normalise
 *
 * In logarithms. Where a run length is dropped, the others share its probability. Cost: `maxRuns` densities an observation; memory the same.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 * @see Adams and MacKay (2007), Bayesian online changepoint detection, arXiv 0710.3742, algorithm 1
 * @example
 * const detector = bocpd({ model: bernoulliRuns(), hazard: 1 / 5000 })
 * for (const hit of hits) detector.step(hit)
 * detector.changeWithin(100)
 */
export function bocpd(options: BocpdOptions): Bocpd {
  const { model } = options
  const { width } = model
  const hazard = numberOption('hazard', options.hazard ?? 1e-4, Number.MIN_VALUE, 1 - Number.EPSILON)
  const dropBelow = numberOption('dropBelow', options.dropBelow ?? 1e-8, 0, 0.01)
  const maxRuns = integerOption('maxRuns', options.maxRuns ?? 200, 2)
  const logGrow = Math.log1p(-hazard)

  // By age, oldest first. One place more than is followed: the newest run is added before the least probable is dropped.
  const starts = new Float64Array(maxRuns + 1)
  const logs = new Float64Array(maxRuns + 1)
  /** exp(logs), kept beside them: the exponentials are most of the cost. */
  const masses = new Float64Array(maxRuns + 1)
  const known = new Float64Array((maxRuns + 1) * width)
  let count = 0
  let rows = 0
  let settled = 0

  const begin = (probability: number): void => {
    starts[count] = rows
    logs[count] = Math.log(probability)
    masses[count] = probability
    known.set(model.prior, count * width)
    count++
  }
  const move = (from: number, to: number): void => {
    if (from === to) return
    starts[to] = starts[from]!
    logs[to] = logs[from]!
    masses[to] = masses[from]!
    known.copyWithin(to * width, from * width, (from + 1) * width)
  }
  /** Drops what is improbable, and the least probable one where there are still too many; renormalises. */
  const prune = (): void => {
    let least = 0
    for (let run = 1; run < count; run++) if (masses[run]! < masses[least]!) least = run
    const crowded = count > maxRuns
    let kept = 0
    let mass = 0
    for (let run = 0; run < count; run++) {
      if (masses[run]! < dropBelow || (crowded && run === least)) continue
      move(run, kept)
      mass += masses[kept]!
      kept++
    }
    if (kept === count) return
    count = kept
    const lost = Math.log(mass)
    for (let run = 0; run < count; run++) {
      logs[run]! -= lost
      masses[run]! /= mass
    }
  }
  /** Places, oldest first, of the runs that began within the last `within` observations and after the settled one. */
  const firstWithin = (within: number): number => {
    let first = count
    while (first > 0 && rows - starts[first - 1]! <= within && starts[first - 1]! > settled) first--
    return first
  }

  const restart = (): void => {
    count = rows = settled = 0
    begin(1)
  }
  restart()
  return {
    restart,
    get rows() {
      return rows
    },
    step(x) {
      let top = -Infinity
      for (let run = 0; run < count; run++) {
        const log = model.logDensity(known, run * width, x)
        if (Number.isNaN(log)) throw new LobError('LOB_MODEL', `bocpd: ${x} is no observation of ${model.name}.`)
        logs[run]! += log
        if (logs[run]! > top) top = logs[run]!
      }
      let sum = 0
      for (let run = 0; run < count; run++) {
        model.update(known, run * width, x)
        sum += masses[run] = Math.exp(logs[run]! - top)
      }
      const evidence = top + Math.log(sum)
      const grown = (1 - hazard) / sum
      for (let run = 0; run < count; run++) {
        logs[run]! += logGrow - evidence
        masses[run]! *= grown
      }
      rows++
      begin(hazard)
      prune()
      return evidence
    },
    runLengths: () => ({
      lengths: Int32Array.from({ length: count }, (_, run) => rows - starts[run]!),
      probabilities: Float64Array.from({ length: count }, (_, run) => masses[run]!),
    }),
    changeWithin(within) {
      let sum = 0
      for (let run = firstWithin(within); run < count; run++) sum += masses[run]!
      return sum
    },
    likelyLength(within) {
      let best = firstWithin(within)
      for (let run = best + 1; run < count; run++) if (logs[run]! > logs[best]!) best = run
      return best < count ? rows - starts[best]! : 0
    },
    settle(length) {
      const run = starts.subarray(0, count).indexOf(rows - length)
      if (run < 0) throw new LobError('LOB_BAD_OPTION', `bocpd: no run of ${length} observations is followed.`)
      move(run, 0)
      logs[0] = 0
      masses[0] = 1
      count = 1
      settled = starts[0]!
    },
    save: () => ({
      model: model.name, hazard, rows, settled,
      starts: [...starts.subarray(0, count)],
      logs: [...logs.subarray(0, count)],
      masses: [...masses.subarray(0, count)],
      known: [...known.subarray(0, count * width)],
    }),
    load(state) {
      const saved = savedState('bocpd', state)
      saved.same('model', model.name)
      saved.same('hazard', hazard)
      const begun = saved.numbers('starts')
      const total = begun.length
      if (total < 1 || total > maxRuns) throw saved.broken('starts')
      const weights = saved.numbers('logs', total)
      const shares = saved.numbers('masses', total)
      const numbers = saved.numbers('known', total * width)
      const [seen, since] = [saved.number('rows'), saved.number('settled')]
      starts.set(begun)
      logs.set(weights)
      masses.set(shares)
      known.set(numbers)
      count = total
      rows = seen
      settled = since
    },
  }
}
