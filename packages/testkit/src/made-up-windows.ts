import { seededRandom, type FeatureWindow, type InputSpec, type OutputSpec } from '@rxlob/core'

/** A window with what it should have predicted. */
export interface Example {
  readonly window: FeatureWindow
  /** A class index or a value. */
  readonly target: number
}

/** Windows of normal numbers whose newest row says, with some noise, what the target is. */
export function madeUpExamples(input: InputSpec, output: OutputSpec, count: number, seed = 41): Example[] {
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const columns = input.columns.length
  return Array.from({ length: count }, (_, row) => {
    const data = Float32Array.from({ length: input.length * columns }, normal)
    const strength = data[(input.length - 1) * columns]! + 0.3 * normal()
    const window: FeatureWindow = { instrument: 'made:TEST0', row, data, shape: [input.length, columns], tsLocal: 1_700_000_000_000_000 + row * 250_000 }
    return { window, target: output.kind === 'value' ? strength : classOf(strength, output.classes.length) }
  })
}

/** Equal shares of a normal's range, lowest class first. */
function classOf(strength: number, classes: number): number {
  return Math.min(classes - 1, Math.max(0, Math.floor(((strength + 1.5) / 3) * classes)))
}
