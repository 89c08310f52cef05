/** One trading day: a message file, and the order-book file that belongs to it. */
export interface LobsterDay {
  /** Path of the message file (`.csv`, `.csv.gz`, `.csv.zst`), or of an official sample `.zip`, which holds both files. */
  readonly messages: string
  /** Path of the order-book file. Left out: orders and trades are exact, the book is not known. */
  readonly orderbook?: string
  /** Trading day in New York, `YYYY-MM-DD`. Default: from the file name. */
  readonly date?: string
}

/** A file that was read from its first byte to its last. */
export interface LobsterFileRead {
  readonly path: string
  readonly kind: 'message' | 'orderbook'
  readonly rows: number
  /** Bytes of the csv, decompressed. */
  readonly bytes: number
  /** Of the csv, decompressed; hexadecimal. */
  readonly sha256: string
}

export interface LobsterSettings {
  /** Ticker, upper case. Default: from the file name. */
  readonly symbol?: string
  /** Levels per side in the order-book file, 1 to 50. Default: from the file name. */
  readonly levels?: number
  /** Smallest price step, dollars; a multiple of 0.0001. Default 0.01. */
  readonly tickSize?: number
  /**
   * Aggressor of hidden executions: `file` takes the opposite of the message's direction, as for visible ones; `unknown` trusts it
   * not, for files in which the exchange masked it (direction always 1). Default `file`.
   */
  readonly hiddenSide?: 'file' | 'unknown'
  /** Rows of a batch, about; a batch ends with the event that reaches it. Default 4096. */
  readonly rows?: number
  /** Called when a file has been read to its end. Left out: nothing is hashed. */
  readonly onFileRead?: (file: LobsterFileRead) => void
}

/** One day; several days in a row; or all days of a symbol in a folder of files with standard names. */
export type LobsterOptions = LobsterSettings &
  (
    | (LobsterDay & { readonly days?: never; readonly folder?: never })
    | { readonly days: readonly LobsterDay[]; readonly messages?: never; readonly orderbook?: never; readonly date?: never; readonly folder?: never }
    | {
        /** Folder with files of standard names; of a file that is there several times, the uncompressed one is read. */
        readonly folder: string
        readonly symbol: string
        readonly levels: number
        /** Only this day. Default: every day there is. */
        readonly date?: string
        readonly days?: never
        readonly messages?: never
        readonly orderbook?: never
      }
  )
