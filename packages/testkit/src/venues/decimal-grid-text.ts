import { LobError } from '@rxlob/core'

/** Multiples of a step as decimal text, exactly: `64000.25000000` is 6400025 steps of 0.01 with 8 decimals. */
export interface GridText {
  /** Decimals of the step itself: 2 for 0.01. */
  readonly decimals: number
  text(steps: number): string
}

/** Texts of a grid that are kept: prices near the market come again and again. */
const maxKept = 2000

/**
 * @param step A power of ten as text (`0.01`, `1`).
 * @param places Decimals to write; default those of the step.
 * @throws {LobError} LOB_BAD_OPTION where the step is no power of ten.
 */
export function gridText(step: string, places?: number): GridText {
  const shape = /^(?:1|0\.(0*)1)$/.exec(step)
  if (shape === null) throw new LobError('LOB_BAD_OPTION', `Expected a step such as 0.01 or 1, got ${step}.`)
  const decimals = shape[1] === undefined ? (step === '1' ? 0 : 1) : shape[1].length + 1
  const tail = '0'.repeat(Math.max(0, (places ?? decimals) - decimals))
  const kept = new Map<number, string>()

  function write(steps: number): string {
    const digits = String(Math.abs(steps)).padStart(decimals + 1, '0')
    const whole = digits.slice(0, digits.length - decimals)
    const fraction = digits.slice(digits.length - decimals) + tail
    return `${steps < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
  }
  return {
    decimals,
    text(steps) {
      let known = kept.get(steps)
      if (known === undefined) {
        if (kept.size >= maxKept) kept.clear()
        known = write(steps)
        kept.set(steps, known)
      }
      return known
    },
  }
}
