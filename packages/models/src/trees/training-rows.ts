import { LobError, numberOption } from '@rxlob/core'

/** Rows to learn from, or to stop by. */
export interface TreeRows {
  /** Row-major [rows, columns]. Read as 32-bit floats, as a window's are; NaN is a missing number. */
  readonly inputs: ArrayLike<number>
  /** Of each row: its class from 0 on, or its value. */
  readonly targets: ArrayLike<number>
  /** Weight of each row, 0 or more. Default 1 each. */
  readonly rowWeights?: ArrayLike<number>
}

export interface CheckedRows {
  readonly inputs: Float32Array
  readonly targets: Float64Array
  /** Undefined where every row weighs 1. */
  readonly weights: Float64Array | undefined
}

/**
 * Rows as training reads them.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths do not match or a weight is none; LOB_MODEL where an input is infinite or a target is no class or no number.
 */
export function checkedRows(what: string, { inputs, targets, rowWeights }: TreeRows, columns: number, classes: number | undefined, classWeights: ArrayLike<number> | undefined): CheckedRows {
  const rows = targets.length
  const expect = (name: string, got: number, want: number): void => {
    if (got !== want) throw new LobError('LOB_BAD_OPTION', `${what}: expected ${want} numbers in ${name}, got ${got}.`)
  }
  expect('inputs', inputs.length, rows * columns)
  if (rowWeights !== undefined) expect('rowWeights', rowWeights.length, rows)
  const floats = inputs instanceof Float32Array ? inputs : Float32Array.from(inputs)
  for (let at = 0; at < floats.length; at++) {
    if (Math.abs(floats[at]!) !== Infinity) continue
    throw new LobError('LOB_MODEL', `${what}: input ${at % columns} of row ${Math.floor(at / columns)} is ${inputs[at]}, expected a finite number, or NaN where it is missing.`)
  }
  for (let row = 0; row < rows; row++) {
    const target = targets[row]!
    const isTarget = classes === undefined ? Number.isFinite(target) : Number.isInteger(target) && target >= 0 && target < classes
    if (isTarget) continue
    const wanted = classes === undefined ? 'a finite number' : `a class from 0 to ${classes - 1}`
    throw new LobError('LOB_MODEL', `${what}: the target of row ${row} is ${target}, expected ${wanted}; leave unlabelled rows out.`)
  }
  const weighted = rowWeights !== undefined || classWeights !== undefined
  const weights = weighted
    ? Float64Array.from({ length: rows }, (_, row) => numberOption(`${what}.rowWeights[${row}]`, rowWeights?.[row] ?? 1, 0, Number.MAX_VALUE) * (classWeights?.[targets[row]!] ?? 1))
    : undefined
  return { inputs: floats, targets: Float64Array.from(targets), weights }
}
