/** Everything that can be made to go wrong, and how. The parameters in brackets are those of `Fault` that matter. */
export const faultKinds = {
  // Messages
  drop: 'The next messages are lost [count, symbol, channel].',
  duplicate: 'The next message comes twice [symbol, channel].',
  reorder: 'The next message comes after the one that follows it in its stream [symbol, channel].',
  delay: 'Everything on the connection waits [seconds].',
  merge: 'Two messages of a stream come as one [symbol, channel].',
  'bit-flip': 'A bit of the next message is wrong, so that it is no JSON any more [symbol, channel].',
  truncate: 'The next message ends half-way [symbol, channel].',
  'invalid-utf8': 'The next message holds bytes that are no text [symbol, channel].',
  'unknown-type': 'A message of a type that nobody knows.',
  'missing-field': 'The next message lacks a field [symbol, channel].',
  'wrong-type': 'A list in the next message is a number [symbol, channel].',
  'number-as-text': 'A number in the next message is text [symbol, channel].',
  'huge-number': 'A number in the next message is beyond what a double holds [symbol, channel].',
  'proto-key': 'The next message has keys that would change the prototype of objects [symbol, channel].',
  'deep-nesting': 'The next message has an unknown field, nested 2000 deep [symbol, channel].',
  'hidden-trade': 'Trades are not sent, and nothing in the numbering of messages shows it [count, symbol].',
  // Frames
  fragments: 'The next message comes in many fragments.',
  'empty-fragments': 'The next message comes with empty fragments.',
  'bad-compression': 'The next message says that it is compressed, which was not agreed.',
  cut: 'The connection ends inside a frame.',
  bomb: 'A message of 64 MiB, compressed.',
  oversize: 'A message of 33 MiB.',
  // Streams
  'stall-data': 'Connections stay, pings and answers go on, no data comes [seconds, symbol].',
  'stall-all': 'Nothing comes, not even pings [seconds].',
  'half-open': 'Nothing is read or written, and nobody is told [seconds].',
  'no-pong': 'Pings of the client are not answered, and no data comes [seconds].',
  'silent-subscription': 'Subscriptions are accepted and nothing comes of them [seconds, symbol].',
  'refused-subscription': 'The next subscription of the symbol is refused [symbol].',
  'alias-product': 'Subscriptions of the USDC product are answered with the USD one.',
  'mid-snapshot': 'The book is sent again in the middle of the connection [symbol].',
  'counter-gap': 'A number of the connection is skipped.',
  halt: 'The market is halted [seconds, symbol].',
  'clock-step': 'The clock of the venue jumps [seconds, may be negative].',
  // Connections
  reset: 'Connections end without a word.',
  close: 'Connections are closed [code].',
  'close-without-code': 'Connections are closed without a code.',
  'early-close': 'Connections are closed as if a day were over.',
  shutdown: 'The server announces that it shuts down, and does so [seconds].',
  'dns-failure': 'The name of the venue does not resolve: no connection, no request [seconds].',
  'tls-failure': 'Handshakes fail: no connection [seconds].',
  // Requests
  'stale-snapshot': 'The next snapshots are what they were some time ago [count, symbol].',
  'future-snapshot': 'Streams wait while requests do not: snapshots are ahead [seconds].',
  'other-symbol-snapshot': 'The next snapshot is of another symbol [symbol].',
  'partial-snapshot': 'The body of the next answer ends half-way.',
  'slow-body': 'The body of the next answer takes its time [seconds].',
  redirect: 'The next request is sent elsewhere.',
  'server-error': 'The next requests fail with 503 [count].',
  forbidden: 'The next requests are refused with 403 [count].',
  'too-many': 'Requests are refused with 429 and a time to wait [seconds].',
  banned: 'Requests are refused with 418 and a time to wait [seconds].',
} as const

export type FaultKind = keyof typeof faultKinds

/** One thing that goes wrong. */
export interface Fault {
  readonly kind: FaultKind
  readonly symbol?: string
  /** What kind of messages. Default `book`. */
  readonly channel?: 'book' | 'snapshot' | 'trades' | 'quotes' | 'heartbeat'
  readonly count?: number
  readonly seconds?: number
  readonly code?: number
}
