import type { OrderRequest } from '@rxlob/core'

const orderTypes = ['market', 'limit', 'post-only', 'ioc', 'fok'] as const

/** Why a venue would not take the order, whatever its book; undefined where it would. */
export function refusal({ type, side, lots, ticks }: OrderRequest, maxOrderLots: number): string | undefined {
  if (!(orderTypes as readonly string[]).includes(type)) return 'unknown-type'
  if (side !== 'buy' && side !== 'sell') return 'unknown-side'
  if (typeof lots !== 'number' || Number.isNaN(lots)) return 'size-not-a-number'
  if (lots === 0) return 'size-zero'
  if (lots < 0) return 'size-negative'
  if (lots > maxOrderLots) return 'size-too-large'
  if (!Number.isInteger(lots)) return 'size-off-lot'
  if (type === 'market') return undefined
  if (typeof ticks !== 'number' || !Number.isFinite(ticks)) return 'price-not-a-number'
  if (!Number.isInteger(ticks)) return 'price-off-tick'
  return ticks > 0 ? undefined : 'price-not-positive'
}
