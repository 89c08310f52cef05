/** One message after another against the order-book rows around it, by lists and sorting. */
export interface StepCheck {
  /** Rows that are not the row before changed by their message, at some rank but the deepest. */
  readonly mismatches: number
  /** Messages of types 2, 3 and 4 whose order id no message added. */
  readonly unseenOrderIds: number
  /** Rows whose best bid is at or above their best ask. */
  readonly crossed: number
  step(message: readonly number[], row: readonly number[]): void
  /** A new day: there is no row before. */
  restart(): void
}

type Level = [price: number, size: number]

export function stepCheck(levels: number): StepCheck {
  const added = new Set<number>()
  let before: readonly number[] | undefined
  const check = {
    mismatches: 0,
    unseenOrderIds: 0,
    crossed: 0,
    restart() {
      before = undefined
      added.clear()
    },
    step(message: readonly number[], row: readonly number[]) {
      const [, type = 0, id = 0, size = 0, price = 0, direction = 0] = message
      if (type === 1) added.add(id)
      else if (type <= 4 && !added.has(id)) check.unseenOrderIds++
      if (row[3]! > 0 && row[1]! > 0 && row[2]! >= row[0]!) check.crossed++
      if (before !== undefined) {
        const change = type === 1 ? size : -size
        const bids = changed(sideOf(before, 2), type <= 4 && direction === 1, price, change).sort(([a], [b]) => b - a)
        const asks = changed(sideOf(before, 0), type <= 4 && direction === -1, price, change).sort(([a], [b]) => a - b)
        if (differ(bids, sideOf(row, 2)) || differ(asks, sideOf(row, 0))) check.mismatches++
      }
      before = row
    },
  }

  function sideOf(row: readonly number[], offset: number): Level[] {
    const side: Level[] = []
    for (let at = offset; at < row.length; at += 4) if (row[at + 1]! > 0) side.push([row[at]!, row[at + 1]!])
    return side
  }

  function changed(side: Level[], applies: boolean, price: number, change: number): Level[] {
    if (!applies) return side
    const level = side.find(([held]) => held === price)
    if (level === undefined) side.push([price, change])
    else level[1] += change
    return side.filter(([, size]) => size !== 0)
  }

  function differ(expected: readonly Level[], found: readonly Level[]): boolean {
    for (let rank = 0; rank < levels - 1; rank++) {
      if (expected[rank]?.[0] !== found[rank]?.[0] || expected[rank]?.[1] !== found[rank]?.[1]) return true
    }
    return false
  }

  return check
}
