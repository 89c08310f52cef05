import { createHmac } from 'node:crypto'
import { LobError } from '@rxlob/core'
import type { ExchangeKey, Signer } from './credentials.js'

/**
 * Signs as for `GET /users/self/verify`.
 *
 * @throws {LobError} LOB_BAD_OPTION where the secret is no base64.
 * @see https://docs.cdp.coinbase.com/exchange/websocket-feed/authentication
 */
export function exchangeSigner({ key, secret, passphrase }: ExchangeKey): Signer {
  const bytes = Buffer.from(secret, 'base64')
  if (bytes.length === 0 || !/^[A-Za-z0-9+/]+=*$/.test(secret)) throw new LobError('LOB_BAD_OPTION', 'Option credentials: expected a secret in base64.')
  return (now) => {
    const timestamp = String(now / 1e6)
    return { signature: createHmac('sha256', bytes).update(`${timestamp}GET/users/self/verify`).digest('base64'), key, passphrase, timestamp }
  }
}
