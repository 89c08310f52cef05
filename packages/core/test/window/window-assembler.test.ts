import { windowAssembler, type InputSpec } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const inputOf = (width: number, length: number, scaler?: InputSpec['scaler']): InputSpec => ({
  columns: Array.from({ length: width }, (_, n) => `c${n}`), fingerprints: [], sampler: 'every_event', length, ...(scaler && { scaler }),
})

const number = fc.oneof({ weight: 12, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }, { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 1e300) })
const script = fc.record({ width: fc.integer({ min: 1, max: 4 }), length: fc.integer({ min: 1, max: 5 }), scaled: fc.boolean() }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    rows: fc.array(fc.record({ values: fc.array(number, { minLength: shape.width, maxLength: shape.width }), breaks: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) }), { maxLength: 60 }),
  }),
)

describe('windowAssembler', () => {
  it('gives the last rows, scaled and cast, where none of them is undefined and no break lies between', () => {
    fc.assert(
      fc.property(script, ({ shape: { width, length, scaled }, rows }) => {
        const scaler = { mean: Array.from({ length: width }, (_, n) => n * 10 - 3), scale: Array.from({ length: width }, (_, n) => (n + 1) / 3) }
        const assembler = windowAssembler('test:ABC', inputOf(width, length, scaled ? scaler : undefined))
        let history: number[][] = []
        let skipped = 0
        rows.forEach(({ values, breaks }, row) => {
          if (breaks) {
            assembler.restart()
            history = []
          }
          history.push(values.map((value, n) => Math.fround(scaled ? (value - scaler.mean[n]!) / scaler.scale[n]! : value)))
          const window = assembler.push(Float64Array.of(-7, ...values), 1, row, row * 5)
          const last = history.slice(-length)
          const whole = last.length === length && last.flat().every(Number.isFinite)
          if (!whole) {
            skipped++
            expect(window).toBeUndefined()
          } else {
            expect({ ...window, data: [...window!.data] }).toEqual({ instrument: 'test:ABC', row, tsLocal: row * 5, shape: [length, width], data: last.flat() })
          }
          expect(assembler.skipped).toBe(skipped)
        })
      }),
      { numRuns: 200 },
    )
  })

  it('lends windows that follow each other without a copy', () => {
    const assembler = windowAssembler('test:ABC', inputOf(1, 2))
    assembler.push(Float64Array.of(1), 0, 0, 0)
    const first = assembler.push(Float64Array.of(2), 0, 1, 1)
    assembler.push(Float64Array.of(3), 0, 2, 2)
    const third = assembler.push(Float64Array.of(4), 0, 3, 3)
    expect(third!.data).toBe(first!.data)
  })

  it.each([
    ['a length of 0', inputOf(1, 0)],
    ['a scale of 0', inputOf(2, 1, { mean: [0, 0], scale: [1, 0] })],
    ['a scale that is no number', inputOf(1, 1, { mean: [0], scale: [NaN] })],
    ['a mean that is no number', inputOf(1, 1, { mean: [NaN], scale: [1] })],
    ['a mean too few', inputOf(2, 1, { mean: [0], scale: [1, 1] })],
  ])('refuses %s, which would void every window in silence', (_, input) => {
    expect(() => windowAssembler('test:ABC', input)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
