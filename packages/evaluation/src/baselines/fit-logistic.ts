import { integerOption, LobError, numberOption } from '@rxlob/core'
import { classAt } from '../metrics/classification/confusion-matrix.js'
import { choleskyFactor, choleskySolve } from '../numeric/cholesky.js'

export interface LogisticProblem {
  /** Row-major [rows, columns]. There is no hidden intercept: add a column of ones for one. */
  readonly inputs: ArrayLike<number>
  readonly columns: number
  /** Class of each row, 0 to `classes - 1`. */
  readonly targets: ArrayLike<number>
  readonly classes: number
  /** L2 penalty of each column, 0 or more, against the SUM of log losses: prior precision of its weights. */
  readonly penalties: ArrayLike<number>
  /** Weight of each row, 0 or more. Default 1 each. */
  readonly rowWeights?: ArrayLike<number>
  /** Where Newton's method starts. Default 0. */
  readonly start?: ArrayLike<number>
}

export interface LogisticFit {
  /** Row-major [classes - 1, columns]: log odds of class k + 1 against class 0 per unit of each column. */
  readonly weights: Float64Array
  /** Hessian of the minimised sum at `weights`, row-major, square in the order of `weights`: its inverse is the Laplace covariance. */
  readonly information: Float64Array
  readonly iterations: number
  /** Euclidean norm of the gradient, per row. */
  readonly gradientNorm: number
}

const mostIterations = 200
const enough = 1e-8

/**
 * Multinomial logistic regression with an L2 penalty, by Newton's method with step halving, to a gradient norm below 1e-8 a row.
 *
 *   minimise  -sum_i w_i log softmax(W x_i)[y_i] + 1/2 sum_j penalty_j sum_k W_kj^2   over W of [classes, columns]
 *
 * The optimum fixes W up to its row differences; `weights` are those against class 0, for which the penalty is
 * 1/2 penalty_j u'(I - 11'/classes) u. Unit of a weight: nats per unit of its column. Cost: O(rows columns^2 classes^2) an iteration.
 *
 * @throws {LobError} LOB_BAD_OPTION where shapes do not match or a target is no class; LOB_MODEL where there is no finite
 *   optimum (perfectly separable or collinear columns without a penalty) or an input is not finite.
 * @see Boehning (1992), Annals of the Institute of Statistical Mathematics 44, 197-200
 */
export function fitLogistic(problem: LogisticProblem): LogisticFit {
  const { inputs, targets, rowWeights } = problem
  const columns = integerOption('columns', problem.columns, 1)
  const classes = integerOption('classes', problem.classes, 2)
  const rows = targets.length
  expectLength('inputs', inputs, rows * columns)
  expectLength('penalties', problem.penalties, columns)
  if (rowWeights !== undefined) expectLength('rowWeights', rowWeights, rows)
  const penalties = Array.from(problem.penalties, (penalty, column) => numberOption(`penalties[${column}]`, penalty, 0, Number.MAX_VALUE))
  const free = classes - 1
  const size = free * columns
  if (problem.start !== undefined) expectLength('start', problem.start, size)
  for (let row = 0; row < rows; row++) classAt(targets, row, classes)

  const weights = problem.start === undefined ? new Float64Array(size) : Float64Array.from(problem.start)
  const trial = new Float64Array(size)
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  const factor = new Float64Array(size * size)
  const step = new Float64Array(size)
  const odds = new Float64Array(classes)

  /** Softmax of a row under `at`, into `odds`; returns its log loss. */
  const rowLoss = (at: Float64Array, row: number): number => {
    let top = 0
    odds[0] = 0
    for (let k = 0; k < free; k++) {
      let score = 0
      for (let column = 0; column < columns; column++) score += at[k * columns + column]! * inputs[row * columns + column]!
      odds[k + 1] = score
      if (score > top) top = score
    }
    let sum = 0
    const scored = odds[targets[row]!]! - top
    for (let k = 0; k < classes; k++) sum += odds[k] = Math.exp(odds[k]! - top)
    for (let k = 0; k < classes; k++) odds[k] = odds[k]! / sum
    return Math.log(sum) - scored
  }
  const penaltyAt = (at: Float64Array, column: number, k: number): number => {
    let mean = 0
    for (let other = 0; other < free; other++) mean += at[other * columns + column]! / classes
    return at[k * columns + column]! - mean
  }
  const loss = (at: Float64Array): number => {
    let sum = 0
    for (let row = 0; row < rows; row++) sum += rowLoss(at, row) * (rowWeights?.[row] ?? 1)
    for (let k = 0; k < free; k++) {
      for (let column = 0; column < columns; column++) {
        if (penalties[column] !== 0) sum += 0.5 * penalties[column]! * at[k * columns + column]! * penaltyAt(at, column, k)
      }
    }
    return sum
  }
  /** Gradient and Hessian (lower triangle) at `weights`. */
  const differentiate = (): void => {
    gradient.fill(0)
    information.fill(0)
    for (let row = 0; row < rows; row++) {
      const rowWeight = rowWeights?.[row] ?? 1
      if (rowWeight === 0) continue
      rowLoss(weights, row)
      for (let k = 0; k < free; k++) {
        const p = odds[k + 1]!
        const residual = rowWeight * (p - (targets[row] === k + 1 ? 1 : 0))
        for (let column = 0; column < columns; column++) gradient[k * columns + column]! += residual * inputs[row * columns + column]!
        for (let other = 0; other <= k; other++) {
          const curvature = rowWeight * (other === k ? p * (1 - p) : -p * odds[other + 1]!)
          for (let a = 0; a < columns; a++) {
            const scaled = curvature * inputs[row * columns + a]!
            const at = (k * columns + a) * size + other * columns
            const last = other === k ? a : columns - 1
            for (let b = 0; b <= last; b++) information[at + b]! += scaled * inputs[row * columns + b]!
          }
        }
      }
    }
    for (let k = 0; k < free; k++) {
      for (let column = 0; column < columns; column++) {
        gradient[k * columns + column]! += penalties[column]! * penaltyAt(weights, column, k)
        for (let other = 0; other <= k; other++) {
          information[(k * columns + column) * size + other * columns + column]! += penalties[column]! * ((other === k ? 1 : 0) - 1 / classes)
        }
      }
    }
  }

  let current = loss(weights)
  let gradientNorm = NaN
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    differentiate()
    gradientNorm = Math.hypot(...gradient) / Math.max(1, rows)
    const last = gradientNorm < enough
    factor.set(information)
    if (!(gradientNorm < Infinity) || !choleskyFactor(factor, size)) break
    for (let k = 0; k < size; k++) step[k] = -gradient[k]!
    choleskySolve(factor, size, step)
    // What a full step promises to gain twice over. Where that is small the step is safe, and rounding of the loss would hide the gain.
    const promise = -step.reduce((sum, value, k) => sum + value * gradient[k]!, 0)
    let descended = false
    for (let share = 1; share > 1e-10 && !descended; share /= 2) {
      for (let k = 0; k < size; k++) trial[k] = weights[k]! + share * step[k]!
      const next = loss(trial)
      if (next < current || promise < 1e-9 * (1 + Math.abs(current))) {
        descended = true
        current = next
        weights.set(trial)
      }
    }
    // The step taken from a gradient below the limit squares what was left of it.
    if (last) return { weights, information: mirrored(information, size), iterations: iteration + 1, gradientNorm }
    if (!descended) break
  }
  throw new LobError(
    'LOB_MODEL',
    `fitLogistic: no finite optimum found (gradient norm ${gradientNorm} a row): the inputs are not finite, collinear or separate the classes; raise the penalties.`,
  )
}

function expectLength(name: string, values: ArrayLike<number>, length: number): void {
  if (values.length !== length) throw new LobError('LOB_BAD_OPTION', `fitLogistic: expected ${length} numbers in ${name}, got ${values.length}.`)
}

function mirrored(lower: Float64Array, size: number): Float64Array {
  for (let row = 0; row < size; row++) {
    for (let column = row + 1; column < size; column++) lower[row * size + column] = lower[column * size + row]!
  }
  return lower
}
