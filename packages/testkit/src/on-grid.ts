/** Steps in a decimal: the integer where it is one but for rounding, else the nearest ten-thousandth where a price lies between ticks. */
export function onGrid(value: number, step: number): number {
  const count = value / step
  if (Math.abs(count - Math.round(count)) < 1e-6) return Math.round(count)
  const parts = Math.round(count * 1e4) / 1e4
  return Math.abs(count - parts) < 1e-6 ? parts : count
}
