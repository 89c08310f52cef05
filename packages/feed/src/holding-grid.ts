import type { Instrument, MarketEvent } from '@rxlob/core'

/** Decimals that a refined step may have. A price that needs more is not a price. */
const maxDecimals = 12

/**
 * The instrument with steps fine enough for an event's prices and sizes, or undefined where that would take more than 12 decimals or counts above 2^53.
 *
 * Orders that rest since before a change of tick size stay off the new grid, and venues show them: the book needs the finer one.
 */
export function holdingGrid(instrument: Instrument, event: MarketEvent): Instrument | undefined {
  if (event.kind !== 'snapshot' && event.kind !== 'delta') return undefined
  const levels = [...event.bids, ...event.asks]
  const tickSize = stepOf(instrument.tickSize, levels.map(([price]) => price))
  const lotSize = stepOf(instrument.lotSize, levels.map(([, size]) => size))
  if (tickSize === undefined || lotSize === undefined || (tickSize === instrument.tickSize && lotSize === instrument.lotSize)) return undefined
  return { ...instrument, tickSize, lotSize }
}

/** Greatest step that divides `step` and every value. */
function stepOf(step: number, values: readonly number[]): number | undefined {
  let common = scaled(step)
  let most = 0n
  for (const value of values) {
    const count = scaled(value)
    if (common === undefined || count === undefined) return undefined
    if (count > most) most = count
    if (count % common !== 0n) common = greatestDivisor(common, count)
  }
  // Counts must stay integers that a double holds.
  if (common === undefined || most / common > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  const digits = common.toString().padStart(maxDecimals + 1, '0')
  return Number(`${digits.slice(0, -maxDecimals)}.${digits.slice(-maxDecimals)}`)
}

/** Integer count of 1e-12, from the shortest text of the double, which is the venue's text. */
function scaled(value: number): bigint | undefined {
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const shift = maxDecimals - fraction.length + Number(exponent)
  return shift < 0 || !Number.isFinite(value) ? undefined : BigInt(whole + fraction) * 10n ** BigInt(shift)
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
