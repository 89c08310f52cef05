import { LobError, numberOption, type OutputSpec } from '@rxlob/core'

/**
 * Checks what a learner is taught.
 *
 * @throws {LobError} LOB_MODEL where the target is no class, or no finite value; LOB_BAD_OPTION where the weight is below 0.
 */
export function checkOutcome(name: string, output: OutputSpec, target: number, weight: number): void {
  numberOption('weight', weight, 0, Number.MAX_VALUE)
  if (output.kind === 'value') {
    if (Number.isFinite(target)) return
    throw new LobError('LOB_MODEL', `${name}: expected a finite value, got ${target}; leave unlabelled rows out.`)
  }
  const classes = output.classes.length
  if (Number.isInteger(target) && target >= 0 && target < classes) return
  throw new LobError('LOB_MODEL', `${name}: expected a class from 0 to ${classes - 1}, got ${target}; leave unlabelled rows out.`)
}
