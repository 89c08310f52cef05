import { integerOption, LobError, seededRandom, type Random } from '@rxlob/core'
import { choleskyFactor, choleskySolve } from '@rxlob/evaluation'
import type { Attributions } from './attributions.js'

export interface KernelShapOptions {
  /** [count, outputs] of [count, features], row-major: any model, seen from outside. */
  readonly model: (inputs: Float64Array, count: number) => ArrayLike<number> | Promise<ArrayLike<number>>
  readonly features: number
  /** Row-major [rows, features]. */
  readonly inputs: ArrayLike<number>
  /** Row-major [count, features]: what absent features are drawn from. */
  readonly background: ArrayLike<number>
  /** Feature sets tried a row, 2 or more. Where it reaches all 2^features - 2 of them the values are exact. Default 2 features + 2048. */
  readonly sets?: number
  /** Of the sets drawn where not all are tried. Default 1. */
  readonly seed?: number
}

/** Rows that the model is asked for at once. */
const batchRows = 4096

/**
 * SHAP values of any model, from its outputs alone.
 *
 *   minimise  sum over sets S of k(S) (v(S) - base - sum of phi_j in S)^2  subject to  sum phi_j = f(x) - base
 *   k(S) = (M - 1) / (C(M, |S|) |S| (M - |S|)),  v(S) = mean over the background z of f(x on S, z elsewhere)
 *
 * Small and large sets, which weigh most, are all tried while `sets` allows; the rest are drawn in pairs with their complement. Whatever was drawn,
 * the values sum to f(x) - base. Unit: that of the model's outputs. Cost: `sets` times the background rows calls of the model a row.
 *
 * @throws {LobError} LOB_BAD_OPTION where shapes do not match or an option is out of range; LOB_MODEL where the model gives no finite numbers, or
 *   too few sets tell the features apart.
 * @see Lundberg and Lee (2017), NeurIPS, theorem 2; Covert and Lee (2021), AISTATS (pairs)
 */
export async function kernelShap(options: KernelShapOptions): Promise<Attributions> {
  const features = integerOption('features', options.features, 1)
  const rows = wholeRows('inputs', options.inputs, features)
  const count = wholeRows('background', options.background, features)
  if (count === 0) throw new LobError('LOB_BAD_OPTION', 'Option background: expected one row or more, got none.')
  const sets = integerOption('sets', options.sets ?? 2 * features + 2048, 2)
  const ask = async (inputs: Float64Array, asked: number): Promise<ArrayLike<number>> => {
    const outputs = await options.model(inputs, asked)
    if (outputs.length === 0 || outputs.length % asked !== 0) throw new LobError('LOB_MODEL', `kernelShap: the model gave ${outputs.length} numbers for ${asked} rows.`)
    for (let at = 0; at < outputs.length; at++) if (!Number.isFinite(outputs[at])) throw new LobError('LOB_MODEL', `kernelShap: the model gave ${outputs[at]} for a mix of two rows.`)
    return outputs
  }
  const ofBackground = await ask(Float64Array.from(options.background), count)
  const outputs = ofBackground.length / count
  const base = new Float64Array(outputs)
  for (let at = 0; at < ofBackground.length; at++) base[at % outputs]! += ofBackground[at]! / count
  const values = new Float64Array(rows * outputs * features)
  const random = seededRandom(integerOption('seed', options.seed ?? 1, 0))

  for (let row = 0; row < rows; row++) {
    const x = Float64Array.from({ length: features }, (_, at) => options.inputs[row * features + at]!)
    const whole = await ask(x, 1)
    const tried = coalitions(features, sets, random)
    const worth = new Float64Array(tried.length * outputs)
    const perBatch = Math.max(1, Math.floor(batchRows / count))
    for (let first = 0; first < tried.length; first += perBatch) {
      const some = tried.slice(first, first + perBatch)
      const mixed = new Float64Array(some.length * count * features)
      some.forEach(({ members }, at) => {
        for (let other = 0; other < count; other++) {
          for (let feature = 0; feature < features; feature++) {
            mixed[(at * count + other) * features + feature] = members[feature] === 1 ? x[feature]! : options.background[other * features + feature]!
          }
        }
      })
      const answers = await ask(mixed, some.length * count)
      for (let at = 0; at < answers.length; at++) worth[(first + Math.floor(at / (count * outputs))) * outputs + (at % outputs)]! += answers[at]! / count
    }
    for (let output = 0; output < outputs; output++) {
      const total = whole[output]! - base[output]!
      values.set(solve(tried, features, (at) => worth[at * outputs + output]! - base[output]!, total), (row * outputs + output) * features)
    }
  }
  return { rows, outputs, features, values, base }
}

interface Coalition {
  /** 1 for each feature in the set. */
  readonly members: Uint8Array
  weight: number
}

/** Sets of 1 to M - 1 features with their kernel weights: all of them, or the outer sizes whole and the rest drawn. */
function coalitions(features: number, budget: number, random: Random): Coalition[] {
  const chosen: Coalition[] = []
  const sizes = Array.from({ length: Math.floor(features / 2) }, (_, at) => at + 1)
  // Of all the sets of a size together: (M - 1) / (|S| (M - |S|)).
  const mass = (size: number): number => ((features - 1) / (size * (features - size))) * (size * 2 === features ? 1 : 2)
  let left = budget
  while (sizes.length > 0) {
    const size = sizes[0]!
    const paired = size * 2 !== features
    const number = binomial(features, size) * (paired ? 2 : 1)
    if (number > left) break
    sizes.shift()
    left -= number
    for (const members of subsets(features, size)) {
      chosen.push({ members, weight: mass(size) / number })
      if (paired) chosen.push({ members: members.map((member) => 1 - member), weight: mass(size) / number })
    }
  }
  if (sizes.length === 0) return chosen
  const rest = sizes.reduce((sum, size) => sum + mass(size), 0)
  const drawn = new Map<string, Coalition>()
  const pairs = Math.max(1, Math.floor(left / 2))
  const order = Int32Array.from({ length: features }, (_, at) => at)
  for (let pair = 0; pair < pairs; pair++) {
    let at = random() * rest
    const size = sizes.find((of) => (at -= mass(of)) < 0) ?? sizes.at(-1)!
    const members = new Uint8Array(features)
    for (let i = 0; i < size; i++) {
      const j = i + Math.floor(random() * (features - i))
      const picked = order[j]!
      order[j] = order[i]!
      order[i] = picked
      members[picked] = 1
    }
    for (const set of [members, members.map((member) => 1 - member)]) {
      const key = set.join('')
      const known = drawn.get(key)
      if (known === undefined) drawn.set(key, { members: set, weight: rest / (2 * pairs) })
      else known.weight += rest / (2 * pairs)
    }
  }
  return [...chosen, ...drawn.values()]
}

/** Weighted least squares with the constraint built in: the last feature takes what the others leave. */
function solve(tried: readonly Coalition[], features: number, worth: (at: number) => number, total: number): Float64Array {
  const free = features - 1
  const phi = new Float64Array(features)
  const matrix = new Float64Array(free * free)
  const right = new Float64Array(free)
  tried.forEach(({ members, weight }, at) => {
    const last = members[free]!
    const target = worth(at) - last * total
    for (let a = 0; a < free; a++) {
      const own = weight * (members[a]! - last)
      right[a]! += own * target
      for (let b = 0; b <= a; b++) matrix[a * free + b]! += own * (members[b]! - last)
    }
  })
  if (free > 0) {
    if (!choleskyFactor(matrix, free)) throw new LobError('LOB_MODEL', `kernelShap: ${tried.length} sets do not tell ${features} features apart; raise sets.`)
    choleskySolve(matrix, free, right)
  }
  let rest = total
  for (let a = 0; a < free; a++) rest -= phi[a] = right[a]!
  phi[free] = rest
  return phi
}

function* subsets(features: number, size: number): Generator<Uint8Array> {
  const picked = Array.from({ length: size }, (_, at) => at)
  for (;;) {
    const members = new Uint8Array(features)
    for (const at of picked) members[at] = 1
    yield members
    let at = size - 1
    while (at >= 0 && picked[at] === features - size + at) at--
    if (at < 0) return
    picked[at]!++
    for (let next = at + 1; next < size; next++) picked[next] = picked[next - 1]! + 1
  }
}

function binomial(n: number, k: number): number {
  let product = 1
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i
  return Math.round(product)
}

function wholeRows(name: string, values: ArrayLike<number>, features: number): number {
  if (values.length % features === 0) return values.length / features
  throw new LobError('LOB_BAD_OPTION', `Option ${name}: expected rows of ${features} numbers, got ${values.length} in all.`)
}
