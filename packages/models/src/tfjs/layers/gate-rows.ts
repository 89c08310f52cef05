/** [in, gates x units] to ONNX's [gates x units, in], with the gates in another order. */
export function gateRows(values: Float32Array, width: number, units: number, order: readonly number[]): Float32Array {
  const rows = new Float32Array(values.length)
  order.forEach((gate, place) => {
    for (let unit = 0; unit < units; unit++) {
      for (let at = 0; at < width; at++) rows[(place * units + unit) * width + at] = values[at * order.length * units + gate * units + unit]!
    }
  })
  return rows
}
