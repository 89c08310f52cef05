/** Counts of numbers in equal bins between their extremes. */
export interface Histogram {
  /** Lower edge of each bin, and the upper edge of the last. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
}

/** @param bins 1 or more. Values equal to an inner edge belong to the bin above it. */
export function histogram(values: readonly number[], bins: number): Histogram {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  if (!(high > low)) return { edges: values.length === 0 ? [] : [low, low], counts: values.length === 0 ? [] : [values.length] }
  const width = (high - low) / bins
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value - low) / width))]!++
  return { edges: Array.from({ length: bins + 1 }, (_, bin) => low + bin * width), counts }
}
