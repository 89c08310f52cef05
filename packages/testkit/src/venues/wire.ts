/** What a transport lets a venue do with one connection, mischief included. */
export interface Wire {
  /** One whole message. */
  message(data: string | Uint8Array): void
  ping(payload: string): void
  /** With the closing handshake; code 0 sends none. */
  close(code: number, reason: string): void
  /** Ends the connection without a word, as a reset does. */
  reset(): void
  /** Nothing is read or written while it lasts, and the client is told nothing. */
  freeze(frozen: boolean): void
  /** Pings of the client stay unanswered while it lasts. */
  deaf(deaf: boolean): void
  /** A message in frames that break or stretch the protocol. */
  mischief(kind: FrameMischief, data: string): void
}

/**
 * `fragments`: in many pieces, which is allowed; `empty-fragments`: with empty pieces between, which is allowed; `bad-compression`: says
 * that it is compressed, which was not agreed; `cut`: ends in the middle, and so does the connection; `bomb` and `oversize`: more bytes than a
 * client should take.
 */
export type FrameMischief = 'fragments' | 'empty-fragments' | 'bad-compression' | 'cut' | 'bomb' | 'oversize'

/** The client's side of a connection as the venue hears it. */
export interface WirePeer {
  received(text: string): void
  pinged(): void
  ponged(payload: string): void
  closed(): void
}

/** How a REST request ends. */
export interface VenueAnswer {
  readonly afterMicros: number
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** Instead of an answer: the connection fails, the body stops half-way, or it comes in drops. */
  readonly failure?: 'refused' | 'cut' | 'slow'
}
