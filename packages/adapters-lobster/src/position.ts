import { LobError } from '@rxlob/core'

/** Where a batch ended: the last row it holds, and where that row starts in both files. */
export interface Position {
  /** Index into the days of the source. */
  readonly day: number
  /** 1-based. */
  readonly line: number
  /** Bytes into the decompressed files. */
  readonly messageOffset: number
  readonly bookOffset: number
  readonly halted: boolean
}

export const positionText = ({ day, line, messageOffset, bookOffset, halted }: Position): string =>
  `${day}:${line}:${messageOffset}:${bookOffset}:${halted ? 1 : 0}`

/** @throws {LobError} LOB_BAD_OPTION where the text is not the position of a batch of such a source. */
export function parsePosition(text: string, days: number): Position {
  const [, day, line, messageOffset, bookOffset, halted] = /^(\d+):(\d+):(\d+):(\d+):([01])$/.exec(text) ?? []
  if (day === undefined || Number(day) >= days || Number(line) < 1) {
    throw new LobError('LOB_BAD_OPTION', `Option from: expected the position of a batch of this source, got '${text}'.`)
  }
  return { day: Number(day), line: Number(line), messageOffset: Number(messageOffset), bookOffset: Number(bookOffset), halted: halted === '1' }
}
