/**
 * Sum of the last `rows` values at every row, the row itself included. NaN until that many rows without a NaN
 * since the start or the last break. Windows are summed afresh in blocks of their own length, so rounding does not build up.
 */
export function trailingSum(values: Float64Array, rows: number, breaks: readonly number[]): Float64Array {
  const starts = new Set(breaks)
  const sums = new Float64Array(values.length)
  let covered = 0
  let sum = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (starts.has(row) || Number.isNaN(value)) covered = 0
    if (!Number.isNaN(value)) {
      covered++
      sum = covered === 1 ? value : sum + value
      if (covered > rows) {
        sum -= values[row - rows]!
        if (covered % rows === 0) sum = fresh(values, row - rows + 1, row)
      }
    }
    sums[row] = covered < rows ? NaN : sum
  }
  return sums
}

function fresh(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let row = from; row <= to; row++) sum += values[row]!
  return sum
}
