import type { CostModel } from '@rxlob/core'

/** The prices paid, and nothing else: no fees, no impact beyond the book. */
export const noCost = (): CostModel => ({ name: 'none', cost: () => ({ spread: 0, impact: 0, fee: 0 }) })
