/** Accuracy on the second half of a logistic regression fitted on the first by Newton's method, features standardised there. */
export function logisticAccuracy(rows: readonly (readonly number[])[], targets: readonly number[]): { accuracy: number; tested: number } {
  const half = rows.length >> 1
  const width = rows[0]!.length + 1
  const means = Array.from({ length: width - 1 }, (_, k) => rows.slice(0, half).reduce((sum, row) => sum + row[k]!, 0) / half)
  const scales = means.map((mean, k) => Math.sqrt(rows.slice(0, half).reduce((sum, row) => sum + (row[k]! - mean) ** 2, 0) / half) || 1)
  const scaled = rows.map((row) => Float64Array.from([1, ...row.map((value, k) => (value - means[k]!) / scales[k]!)]))
  const weights = new Float64Array(width)
  const score = (x: Float64Array): number => x.reduce((sum, value, k) => sum + value * weights[k]!, 0)
  for (let round = 0; round < 8; round++) {
    const gradient = new Float64Array(width)
    const hessian = Array.from({ length: width }, (_, k) => Float64Array.from({ length: width }, (_, j) => (k === j ? 1 : 0)))
    for (let n = 0; n < half; n++) {
      const x = scaled[n]!
      const p = 1 / (1 + Math.exp(-score(x)))
      for (let k = 0; k < width; k++) {
        gradient[k]! += (targets[n]! - p) * x[k]!
        const weight = p * (1 - p) * x[k]!
        for (let j = 0; j <= k; j++) hessian[k]![j]! += weight * x[j]!
      }
    }
    for (let k = 0; k < width; k++) gradient[k]! -= weights[k]!
    solve(hessian, gradient).forEach((step, k) => (weights[k]! += step))
  }
  let right = 0
  for (let n = half; n < rows.length; n++) if ((score(scaled[n]!) > 0 ? 1 : 0) === targets[n]) right++
  return { accuracy: right / (rows.length - half), tested: rows.length - half }
}

/** Cholesky on the lower triangle. */
function solve(lower: Float64Array[], right: Float64Array): Float64Array {
  const n = right.length
  for (let k = 0; k < n; k++) {
    for (let j = 0; j <= k; j++) {
      let sum = lower[k]![j]!
      for (let i = 0; i < j; i++) sum -= lower[k]![i]! * lower[j]![i]!
      lower[k]![j] = k === j ? Math.sqrt(sum) : sum / lower[j]![j]!
    }
  }
  const x = right.slice()
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < k; i++) x[k]! -= lower[k]![i]! * x[i]!
    x[k]! /= lower[k]![k]!
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let i = k + 1; i < n; i++) x[k]! -= lower[i]![k]! * x[i]!
    x[k]! /= lower[k]![k]!
  }
  return x
}
