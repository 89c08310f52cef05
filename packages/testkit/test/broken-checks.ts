import type { Check } from '../src/index.js'

/** Names of the checks that fail, each with its message: what a suite says about a broken implementation. */
export async function brokenChecks(checks: readonly Check[]): Promise<Record<string, string>> {
  const broken: Record<string, string> = {}
  for (const { name, run } of checks) {
    try {
      await run()
    } catch (error) {
      broken[name] = (error as Error).message
    }
  }
  return broken
}
