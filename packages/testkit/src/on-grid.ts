/** Steps in a decimal: the integer where it is one but for rounding, a fraction where a price lies between ticks. */
export function onGrid(value: number, step: number): number {
  const count = value / step
  return Math.abs(count - Math.round(count)) < 1e-6 ? Math.round(count) : count
}
