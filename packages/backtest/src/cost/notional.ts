import type { Fill, Instrument } from '@rxlob/core'

/** Size of a fill in settlement currency. */
export function notional({ ticks, lots }: Fill, { contract, tickSize, lotSize, multiplier }: Instrument): number {
  const units = lots * lotSize * multiplier
  return contract === 'inverse' ? units / (ticks * tickSize) : units * ticks * tickSize
}
