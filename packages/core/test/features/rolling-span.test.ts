import { describe, expect, expectTypeOf, it } from 'vitest'
import { realizedVolatility, type Feature } from '../../src/kernel.js'
import { rollingSpan } from '../../src/features/rolling-span.js'

describe('rollingSpan', () => {
  it('names the span by its rows or by its time in the largest whole unit', () => {
    const names = [{ ticks: 200 }, { micros: 10_000_000 }, { micros: 1_500_000 }, { micros: 250 }, { micros: 60_000_001 }].map((span) => rollingSpan(span).name)
    expect(names).toEqual(['200', '10s', '1500ms', '250us', '60000001us'])
    expectTypeOf(realizedVolatility({ ticks: 200 })).toEqualTypeOf<Feature<'realized_vol_200'>>()
    expectTypeOf(realizedVolatility({ ticks: 9, measure: 'variance' })).toEqualTypeOf<Feature<'realized_var_9'>>()
    expectTypeOf(realizedVolatility({ micros: 9 })).toEqualTypeOf<Feature<`realized_vol_${number}${'us' | 'ms' | 's'}`>>()
  })

  it('refuses both, neither, and what is no count', () => {
    const refused = [{}, { ticks: 1, micros: 1 }, { ticks: 0 }, { ticks: 1.5 }, { ticks: NaN }, { micros: 0 }, { micros: Infinity }, { micros: '5' }]
    for (const span of refused) expect(() => rollingSpan(span as never)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    expect(() => rollingSpan({} as never)).toThrow(/ticks and micros.*neither/)
    expect(() => rollingSpan({ ticks: 1, micros: 1 } as never)).toThrow(/ticks and micros.*both/)
    expect(() => rollingSpan({ micros: 0 })).toThrow(/micros/)
  })
})
