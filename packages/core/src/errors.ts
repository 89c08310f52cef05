export const errorCodes = [
  'LOB_AUTH',
  'LOB_BAD_FILE',
  'LOB_BAD_MESSAGE',
  'LOB_BAD_OPTION',
  'LOB_COLUMN_MISMATCH',
  'LOB_CONNECTION',
  'LOB_DEPTH_TOO_SHALLOW',
  'LOB_MISSING_PEER',
  'LOB_MODEL',
  'LOB_ORDER',
  'LOB_RATE_LIMIT',
  'LOB_SINK',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export interface ErrorPlace {
  readonly file?: string
  /** 1-based. */
  readonly line?: number
  /** 1-based field of the line. */
  readonly column?: number
  readonly stream?: string
  readonly seq?: number
}

/** Every error that leaves a package. `code` is stable; `message` says what was expected and what to do. */
export class LobError extends Error {
  override readonly name = 'LobError'
  readonly code: ErrorCode
  readonly where: ErrorPlace

  constructor(code: ErrorCode, message: string, where: ErrorPlace = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.where = where
  }
}
