import type { Micros } from '@rxlob/core'

/** An API key of the Exchange. */
export interface ExchangeKey {
  readonly key: string
  /** As the venue shows it: base64. */
  readonly secret: string
  readonly passphrase: string
}

/** A CDP API key, for Advanced Trade. */
export interface AdvancedKey {
  /** `organizations/<org>/apiKeys/<key>`. */
  readonly name: string
  /** PEM of an EC P-256 key, or base64 of an Ed25519 key of 32 or 64 bytes, as the venue shows it. */
  readonly privateKey: string
}

/** Makes the fields that a request needs to be believed, at the moment it is sent. Keeps its key to itself. */
export type Signer = (now: Micros) => Readonly<Record<string, string>>
