/** Boosting in the plainest way: every split of every leaf tried on every row. */
export interface NaiveOptions {
  readonly rows: readonly (readonly number[])[]
  readonly targets: readonly number[]
  readonly weights: readonly number[]
  /** Derivatives of the loss of one row in its score. */
  readonly derive: (score: number, target: number) => { gradient: number; hessian: number }
  readonly start: number
  readonly rounds: number
  readonly leaves: number
  readonly minLeafRows: number
  readonly l2: number
  readonly learningRate: number
}

/** Scores of the training rows after all rounds. Defined where no two splits gain the same. */
export function naiveScores({ rows, targets, weights, derive, start, rounds, leaves, minLeafRows, l2, learningRate }: NaiveOptions): number[] {
  const scores = rows.map(() => start)
  for (let round = 0; round < rounds; round++) {
    const slopes = rows.map((_, row) => {
      const { gradient, hessian } = derive(scores[row]!, targets[row]!)
      return { gradient: gradient * weights[row]!, hessian: hessian * weights[row]! }
    })
    const sum = (list: number[], of: 'gradient' | 'hessian') => list.reduce((total, row) => total + slopes[row]![of], 0)
    const worth = (list: number[]) => sum(list, 'gradient') ** 2 / (sum(list, 'hessian') + l2)
    const bestOf = (list: number[]) => {
      let best = { gain: 1e-12, parts: [] as number[][] }
      for (let column = 0; column < rows[0]!.length; column++) {
        const numbers = [...new Set(list.map((row) => rows[row]![column]!).filter((x) => !Number.isNaN(x)))]
        for (const cut of numbers) {
          for (const missingLeft of [false, true]) {
            const parts: number[][] = [[], []]
            for (const row of list) parts[(Number.isNaN(rows[row]![column]!) ? missingLeft : rows[row]![column]! <= cut) ? 0 : 1]!.push(row)
            if (parts.some((part) => part.length < minLeafRows)) continue
            const gain = worth(parts[0]!) + worth(parts[1]!) - worth(list)
            if (gain > best.gain) best = { gain, parts }
          }
        }
      }
      return best
    }
    const open = [{ list: rows.map((_, row) => row), best: bestOf(rows.map((_, row) => row)) }]
    while (open.length < leaves) {
      const at = open.reduce((top, leaf, i) => (leaf.best.gain > open[top]!.best.gain ? i : top), 0)
      if (open[at]!.best.parts.length === 0) break
      open.splice(at, 1, ...open[at]!.best.parts.map((list) => ({ list, best: bestOf(list) })))
    }
    for (const { list } of open) {
      const value = -sum(list, 'gradient') / (sum(list, 'hessian') + l2)
      for (const row of list) scores[row]! += learningRate * value
    }
  }
  return scores
}
