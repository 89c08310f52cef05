/** What is left of earlier events at each event, by exciting type, and at the end: for one decay. */
interface Excitation {
  /** [events, types], just before each event. */
  readonly before: Float64Array
  readonly typeOf: Int32Array
  /** By type: sum over its events of (1 - exp(-beta (T - t_j))) / beta. */
  readonly weight: Float64Array
}

export interface HawkesClimb {
  readonly mu: readonly number[]
  readonly alpha: readonly (readonly number[])[]
  readonly logLikelihood: number
  readonly branchingRatio: number
}

/** The likelihood of a Hawkes process with exponential decay; `times` one ascending list a type, within [0, `end`]. */
export const hawkesLikelihood = {
  /** sum of ln lambda(t_i-) - integral of lambda. Cost: O(events types). */
  of(times: readonly Float64Array[], end: number, mu: readonly number[], alpha: readonly (readonly number[])[], beta: number): number {
    return likelihood(excitation(times, end, beta), end, mu, alpha)
  },

  /** Its maximum over mu and alpha at one decay, by expectation maximisation: every pass climbs. */
  climb(times: readonly Float64Array[], end: number, beta: number): HawkesClimb {
    const types = times.length
    const held = excitation(times, end, beta)
    let mu = times.map((list) => (0.5 * list.length) / end)
    let alpha = times.map(() => times.map(() => (0.5 * beta) / types))
    let height = likelihood(held, end, mu, alpha)
    for (let pass = 0; pass < 2000; pass++) {
      const own = times.map(() => 0)
      const caused = times.map(() => times.map(() => 0))
      held.typeOf.forEach((type, event) => {
        let intensity = mu[type]!
        for (let d = 0; d < types; d++) intensity += alpha[type]![d]! * held.before[event * types + d]!
        own[type]! += mu[type]! / intensity
        for (let d = 0; d < types; d++) caused[type]![d]! += (alpha[type]![d]! * held.before[event * types + d]!) / intensity
      })
      mu = own.map((events) => events / end)
      alpha = caused.map((row) => row.map((events, d) => (held.weight[d]! > 0 ? events / held.weight[d]! : 0)))
      const next = likelihood(held, end, mu, alpha)
      const gained = next - height
      height = next
      if (gained < 1e-11 * Math.abs(height)) break
    }
    return { mu, alpha, logLikelihood: height, branchingRatio: spectralRadius(alpha.map((row) => row.map((value) => value / beta))) }
  },
} as const

function excitation(times: readonly Float64Array[], end: number, beta: number): Excitation {
  const types = times.length
  const events = times.flatMap((list, type) => Array.from(list, (time) => ({ time, type }))).sort((a, b) => a.time - b.time)
  const before = new Float64Array(events.length * types)
  const weight = new Float64Array(types)
  const held = new Float64Array(types)
  // Events at one time do not excite each other: they are added once time moves on.
  const waiting = new Float64Array(types)
  let last = 0
  events.forEach(({ time, type }, event) => {
    if (time > last) {
      for (let d = 0; d < types; d++) {
        held[d] = (held[d]! + waiting[d]!) * Math.exp(-beta * (time - last))
        waiting[d] = 0
      }
      last = time
    }
    before.set(held, event * types)
    waiting[type]!++
    weight[type]! -= Math.expm1(-beta * (end - time)) / beta
  })
  return { before, typeOf: Int32Array.from(events, ({ type }) => type), weight }
}

function likelihood({ before, typeOf, weight }: Excitation, end: number, mu: readonly number[], alpha: readonly (readonly number[])[]): number {
  const types = mu.length
  let sum = 0
  typeOf.forEach((type, event) => {
    let intensity = mu[type]!
    for (let d = 0; d < types; d++) intensity += alpha[type]![d]! * before[event * types + d]!
    sum += Math.log(intensity)
  })
  mu.forEach((rate, type) => {
    sum -= rate * end
    for (let d = 0; d < types; d++) sum -= alpha[type]![d]! * weight[d]!
  })
  return sum
}

/** Of a matrix without negative entries, by powers of it plus the identity, which cannot oscillate. */
function spectralRadius(matrix: readonly (readonly number[])[]): number {
  let vector = matrix.map(() => 1)
  let radius = 0
  for (let pass = 0; pass < 1000; pass++) {
    const next = matrix.map((row, at) => row.reduce((sum, value, column) => sum + value * vector[column]!, vector[at]!))
    const norm = Math.max(...next)
    vector = next.map((value) => value / norm)
    if (Math.abs(norm - 1 - radius) < 1e-14) break
    radius = norm - 1
  }
  return radius
}
