/** Transition probabilities between the states that a sample visits. Matrices are [from, to], row-major, over `visited`. */
export interface TransitionCounts {
  /** States that are left at least once. */
  readonly visited: readonly number[]
  readonly still: Float64Array
  readonly moving: Float64Array
  /** Expected move of one step, ticks. */
  readonly meanMove: Float64Array
  /** Transitions counted, mirrors apart. */
  readonly rows: number
}

interface Transition {
  readonly from: number
  readonly to: number
  readonly move: number
}

/**
 * How a sample of quotes moves from state to state; each transition counts once as it was and once mirrored.
 * A transition into a state that is never left says nothing of what follows and is left out.
 */
export function transitionCounts(midTicks: ArrayLike<number>, states: readonly number[], buckets: number, spreads: number): TransitionCounts {
  const mirror = (state: number): number => state + buckets - 1 - 2 * (state % buckets)
  let kept: Transition[] = []
  for (let row = 1; row < states.length; row++) {
    const from = states[row - 1]!
    const to = states[row]!
    const move = (Math.round(2 * midTicks[row]!) - Math.round(2 * midTicks[row - 1]!)) / 2
    if (from >= 0 && to >= 0 && !Number.isNaN(move)) kept.push({ from, to, move }, { from: mirror(from), to: mirror(to), move: -move })
  }
  for (let before = -1; before !== kept.length; ) {
    before = kept.length
    const left = new Set(kept.map(({ from }) => from))
    kept = kept.filter(({ to }) => left.has(to))
  }
  const visited = [...new Set(kept.map(({ from }) => from))].sort((a, b) => a - b)
  const size = visited.length
  const at = new Int32Array(buckets * spreads)
  visited.forEach((state, n) => (at[state] = n))
  const totals = new Float64Array(size)
  for (const { from } of kept) totals[at[from]!]!++
  const still = new Float64Array(size * size)
  const moving = new Float64Array(size * size)
  const meanMove = new Float64Array(size)
  for (const { from, to, move } of kept) {
    const row = at[from]!
    ;(move === 0 ? still : moving)[row * size + at[to]!]! += 1
    meanMove[row]! += move
  }
  const share = (count: number, cell: number): number => count / totals[Math.floor(cell / size)]!
  return { visited, still: still.map(share), moving: moving.map(share), meanMove: meanMove.map((sum, row) => sum / totals[row]!), rows: kept.length / 2 }
}
