/**
 * Mutual information of two lists in bits, each cut into cells with as many rows as one another.
 *
 *   I = sum of p(a, b) log2(p(a, b) / (p(a) p(b))) - (A - 1)(B - 1) / (2 n ln 2)
 *
 * The second term is what independent lists would show on average (Miller and Madow); without dependence the result lies around 0, also below.
 * Equal values share a cell, so a list of few values has fewer cells. NaN for lists without two cells each. Cost: O(n log n).
 *
 * @see Miller (1955), Note on the bias of information estimates
 */
export function mutualInformation(one: ArrayLike<number>, other: ArrayLike<number>, cells = 8): number {
  const n = one.length
  const [a, b] = [cellsOf(one, cells), cellsOf(other, cells)]
  const [rows, columns] = [Math.max(...a) + 1, Math.max(...b) + 1]
  if (n === 0 || rows < 2 || columns < 2) return NaN
  const joint = new Float64Array(rows * columns)
  const [ofOne, ofOther] = [new Float64Array(rows), new Float64Array(columns)]
  for (let i = 0; i < n; i++) {
    joint[a[i]! * columns + b[i]!]!++
    ofOne[a[i]!]!++
    ofOther[b[i]!]!++
  }
  let bits = 0
  joint.forEach((count, at) => {
    if (count > 0) bits += (count / n) * Math.log2((count * n) / (ofOne[Math.floor(at / columns)]! * ofOther[at % columns]!))
  })
  return bits - ((rows - 1) * (columns - 1)) / (2 * n * Math.LN2)
}

/** The cell of each value, numbered from 0 without gaps. */
function cellsOf(values: ArrayLike<number>, cells: number): Int32Array {
  const sorted = Float64Array.from(values).sort()
  const edges = [...new Set(Array.from({ length: cells - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / cells)]!))]
  const cell = Int32Array.from(values, (value) => edges.reduce((at, edge) => (value >= edge ? at + 1 : at), 0))
  const used = [...new Set(cell)].sort((a, b) => a - b)
  return cell.map((at) => used.indexOf(at))
}
