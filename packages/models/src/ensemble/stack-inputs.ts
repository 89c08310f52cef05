/** A member cannot be surer than this: log odds of an impossible class would drown all others. */
const leastProbability = 1e-6

/** Log odds of every class but the first against the first, member after member: the inputs of a stack's last step. */
export function writeStackInputs(said: ArrayLike<number>, at: number, classes: number, into: Float64Array, to: number): void {
  const base = Math.log(Math.max(leastProbability, said[at]!))
  for (let k = 1; k < classes; k++) into[to + k - 1] = Math.log(Math.max(leastProbability, said[at + k]!)) - base
}
