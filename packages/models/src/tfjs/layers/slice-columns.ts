/** Columns `from` to `to - 1` of a row-major matrix. */
export function sliceColumns(values: Float32Array, columns: number, from: number, to: number): Float32Array {
  const width = to - from
  return Float32Array.from({ length: (values.length / columns) * width }, (_, at) => values[Math.floor(at / width) * columns + from + (at % width)]!)
}
