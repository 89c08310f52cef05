/** Throws where two lists differ in any number: `expect` takes too long where it is asked a hundred thousand times. */
export function sameNumbers(actual: readonly unknown[], expected: readonly unknown[], what: string): void {
  if (actual.length === expected.length && actual.every((value, at) => Object.is(value, expected[at]))) return
  throw new Error(`${what}: expected ${expected.join(', ')}, got ${actual.join(', ')}`)
}
