/**
 * One rule of a contract, ready to run. It throws an Error that says what was expected, what was seen and where.
 *
 * @example
 * import { it } from 'vitest' // or node:test, or jest
 * for (const check of testFeature(spread())) it(check.name, check.run)
 */
export interface Check {
  readonly name: string
  readonly run: () => void | Promise<void>
}
