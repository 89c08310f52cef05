/** Moments of Adam, by weight. */
export interface AdamState {
  step: number
  readonly first: Readonly<Record<string, Float32Array>>
  readonly second: Readonly<Record<string, Float32Array>>
}

const [decay1, decay2, epsilon] = [0.9, 0.999, 1e-8]

export function adamState(weights: Readonly<Record<string, Float32Array>>): AdamState {
  const zeros = (): Record<string, Float32Array> => Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, new Float32Array(values.length)]))
  return { step: 0, first: zeros(), second: zeros() }
}

/**
 * One step of Adam, in place and in plain arrays, so that a run can be resumed to the bit and is the same on every backend.
 *
 *   m = .9 m + .1 g, v = .999 v + .001 g^2;  w -= rate * m / (1 - .9^t) / (sqrt(v / (1 - .999^t)) + 1e-8)
 *
 * @see Kingma and Ba (2015), arXiv 1412.6980, algorithm 1
 */
export function adamStep(weights: Readonly<Record<string, Float32Array>>, gradients: Readonly<Record<string, Float32Array>>, state: AdamState, rate: number): void {
  state.step++
  const correction1 = 1 - decay1 ** state.step
  const correction2 = 1 - decay2 ** state.step
  for (const [name, values] of Object.entries(weights)) {
    const [gradient, m, v] = [gradients[name]!, state.first[name]!, state.second[name]!]
    for (let at = 0; at < values.length; at++) {
      const g = gradient[at]!
      m[at] = decay1 * m[at]! + (1 - decay1) * g
      v[at] = decay2 * v[at]! + (1 - decay2) * g * g
      values[at]! -= (rate * (m[at]! / correction1)) / (Math.sqrt(v[at]! / correction2) + epsilon)
    }
  }
}

/** Scales all gradients down so that their joint Euclidean norm is at most `limit`; gives back the norm before. */
export function clipGradients(gradients: Readonly<Record<string, Float32Array>>, limit: number): number {
  let squares = 0
  for (const gradient of Object.values(gradients)) for (let at = 0; at < gradient.length; at++) squares += gradient[at]! * gradient[at]!
  const norm = Math.sqrt(squares)
  if (norm > limit) for (const gradient of Object.values(gradients)) for (let at = 0; at < gradient.length; at++) gradient[at]! *= limit / norm
  return norm
}
