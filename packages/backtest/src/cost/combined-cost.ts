import type { CostModel } from '@rxlob/core'

/** The sum of several cost models: a fee schedule and an impact, borrow, funding. */
export const combinedCost = (...models: readonly CostModel[]): CostModel => ({
  name: models.map(({ name }) => name).join('+'),
  cost: (fill, market) => {
    const sum = { spread: 0, impact: 0, fee: 0 }
    for (const model of models) {
      const { spread, impact, fee } = model.cost(fill, market)
      sum.spread += spread
      sum.impact += impact
      sum.fee += fee
    }
    return sum
  },
})
