import type { Ticks } from '../units.js'

/** Flow into one rank of one side from what it held before: prices rise towards the touch, so ask prices come in negated. */
export function sideFlow(ticks: Ticks, size: number, ticksBefore: Ticks, sizeBefore: number): number {
  const change = size - sizeBefore
  if (Number.isNaN(change)) return NaN
  if (ticks > ticksBefore) return size
  if (ticks < ticksBefore) return -sizeBefore
  return ticks === ticksBefore ? change : 0
}
