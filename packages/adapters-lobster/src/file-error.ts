import { LobError } from '@rxlob/core'

/** Bytes of a wrong field that an error shows. */
const shown = 40

export interface FileProblem {
  readonly file: string
  /** 1-based. */
  readonly line: number
  /** 1-based. */
  readonly column?: number
  readonly expected: string
  readonly found: string
  readonly advice: string
}

/** LOB_BAD_FILE that says where, what was expected, what was found, and what to do. */
export function fileError({ file, line, column, expected, found, advice }: FileProblem): LobError {
  const place = column === undefined ? `line ${line}` : `line ${line} column ${column}`
  const where = column === undefined ? { file, line } : { file, line, column }
  return new LobError('LOB_BAD_FILE', `${file} ${place}: expected ${expected}, found ${found}. ${advice}`, where)
}

/** A field or line as an error shows it: quoted, and clipped. */
export const quoted = (text: string): string => JSON.stringify(text.length > shown ? `${text.slice(0, shown)}...` : text)
