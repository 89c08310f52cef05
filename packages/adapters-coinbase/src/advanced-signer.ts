import { createPrivateKey, randomBytes, sign, type KeyObject } from 'node:crypto'
import { LobError } from '@rxlob/core'
import type { AdvancedKey, Signer } from './credentials.js'

/** How long a token is valid. */
const tokenSeconds = 120

/**
 * A JSON web token for each request: ES256 with an EC key, EdDSA with an Ed25519 key.
 *
 * @throws {LobError} LOB_BAD_OPTION where the private key is neither.
 * @see https://docs.cdp.coinbase.com/advanced-trade/docs/ws-auth
 */
export function advancedSigner({ name, privateKey }: AdvancedKey): Signer {
  const key = privateKeyOf(privateKey)
  const alg = key.asymmetricKeyType === 'ec' ? 'ES256' : 'EdDSA'
  return (now) => {
    const nbf = Math.floor(now / 1e6)
    const head = part({ alg, typ: 'JWT', kid: name, nonce: randomBytes(16).toString('hex') })
    const claims = part({ sub: name, iss: 'cdp', nbf, exp: nbf + tokenSeconds })
    const text = Buffer.from(`${head}.${claims}`)
    // ES256 is the bare pair r, s and not the usual DER.
    const signature = alg === 'ES256' ? sign('sha256', text, { key, dsaEncoding: 'ieee-p1363' }) : sign(null, text, key)
    return { jwt: `${head}.${claims}.${signature.toString('base64url')}` }
  }
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const ed25519Head = Buffer.from('302e020100300506032b657004220420', 'hex')

function privateKeyOf(text: string): KeyObject {
  try {
    // Keys in environment variables often have their line ends spelled out.
    const pem = text.replaceAll('\\n', '\n').trim()
    const key = pem.startsWith('-----') ? createPrivateKey(pem) : ed25519(Buffer.from(pem, 'base64'))
    if (key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key
  } catch {
    // The cause may quote the key.
  }
  throw new LobError('LOB_BAD_OPTION', 'Option credentials: expected the PEM of an EC P-256 private key, or an Ed25519 private key in base64.')
}

function ed25519(bytes: Buffer): KeyObject {
  if (bytes.length !== 32 && bytes.length !== 64) throw new Error('length')
  return createPrivateKey({ key: Buffer.concat([ed25519Head, bytes.subarray(0, 32)]), format: 'der', type: 'pkcs8' })
}
