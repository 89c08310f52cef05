/** A REST request as a venue sees it. */
export interface VenueRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
}

export interface VenueResponse {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One message of a venue with what faults and tests want to know of it. */
export interface VenueMessage {
  readonly text: string
  readonly kind: 'book' | 'snapshot' | 'trades' | 'quotes' | 'heartbeat' | 'control'
  readonly symbol?: string
  /** First and last number that it carries. */
  readonly from?: number
  readonly to?: number
  /** Number of the trade, where it is one. */
  readonly tradeId?: number
}

/** The venue's end of one WebSocket connection. */
export interface VenueLink {
  readonly open: boolean
  send(message: VenueMessage): void
  ping(payload: string): void
  close(code: number, reason: string): void
}

/** What a venue does with a connection. */
export interface VenueSession {
  received(text: string): void
  /** A ping or pong frame of the client. */
  pinged(): void
  ponged(payload: string): void
  closed(): void
  /** Tells the client that the server is about to shut down, where the venue does so. */
  announceShutdown?(): void
  /** Sends the symbol's book again in the middle of the connection, where the venue does so. */
  sendSnapshot?(symbol: string): void
  /** Skips one of the connection's own numbers, where it has any. */
  skipNumber?(): void
}

/** A venue's public face: REST answers and WebSocket sessions. */
export interface FrontEnd {
  readonly name: string
  request(request: VenueRequest): VenueResponse
  /** @param url Path and query. Undefined where the venue has nothing there. */
  connect(url: string, link: VenueLink): VenueSession | undefined
  /** Publishes what has gathered for the next batch now, without waiting for the clock. */
  publish(): void
  stop(): void
}

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): VenueResponse =>
  ({ status, body: typeof value === 'string' ? value : JSON.stringify(value), headers: { 'content-type': 'application/json', ...headers } })
