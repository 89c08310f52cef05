import { LobError, seededRandom } from '@rxlob/core'
import { virtualClock } from '@rxlob/feed'
import { describe, expect, it } from 'vitest'
import { faultKinds, randomFaultPlan, readFaultPlan, runFaultPlan, type FaultKind } from '../../src/venues/index.js'
import { faultDesk } from '../../src/venues/fault-desk.js'

describe('a fault plan in a file', () => {
  it('is read', () => {
    expect(readFaultPlan('{"faults":[{"at":5,"kind":"drop","count":3},{"every":20,"kind":"reset"}]}')).toEqual({ faults: [{ at: 5, kind: 'drop', count: 3 }, { every: 20, kind: 'reset' }] })
  })
  it.each([
    ['{', 'plan.json: expected a fault plan as JSON'],
    ['[]', 'plan.json: expected {"faults": [...]}'],
    ['{"faults":[{"at":1,"kind":"drop"},{"at":1,"kind":"explode"}]}', 'plan.json: fault 2: there is no fault explode; there are drop,'],
    ['{"faults":[{"kind":"drop"}]}', 'expected either at or every'],
    ['{"faults":[{"at":1,"every":1,"kind":"drop"}]}', 'expected either at or every'],
    ['{"faults":[{"at":"soon","kind":"drop"}]}', 'field at: expected a number, got "soon"'],
    ['{"faults":[{"at":-1,"kind":"drop"}]}', 'expected a time of at least 0'],
    ['{"faults":[{"at":1,"kind":"drop","size":3}]}', 'there is no field size'],
    ['{"faults":[{"at":1,"kind":"__proto__"}]}', 'there is no fault __proto__'],
    ['{"faults":[7]}', 'fault 1: expected an object, got 7'],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => readFaultPlan(text, 'plan.json')).toThrow(LobError)
    expect(() => readFaultPlan(text, 'plan.json')).toThrow(message)
  })
})

describe('a running plan', () => {
  it('injects at its times until it is ended', async () => {
    const clock = virtualClock()
    const desk = faultDesk(clock, seededRandom(1))
    const once = runFaultPlan({ faults: [{ at: 2, kind: 'stall-data' }] }, desk, clock)
    await clock.advance(1_900_000)
    expect(desk.injected).toBe(0)
    await clock.advance(200_000)
    expect(desk.injected).toBe(1)
    once()
    const stop = runFaultPlan({ faults: [{ every: 10, kind: 'stall-data' }] }, desk, clock)
    await clock.advance(1_000_000_000)
    expect(desk.injected).toBeGreaterThan(60)
    expect(desk.injected).toBeLessThan(150)
    const before = desk.injected
    stop()
    await clock.advance(100_000_000)
    expect(desk.injected).toBe(before)
  })
  it('of a seed is always the same, and has every kind', () => {
    const kinds = Object.keys(faultKinds) as FaultKind[]
    const plan = (seed: number) => randomFaultPlan({ random: seededRandom(seed), kinds, symbols: ['A', 'B'], faults: 1000, seconds: 60 })
    expect(plan(1)).toEqual(plan(1))
    expect(plan(1)).not.toEqual(plan(2))
    expect(new Set(plan(1).faults.map(({ kind }) => kind)).size).toBe(kinds.length)
    expect(kinds.length).toBeGreaterThan(45)
  })
})
