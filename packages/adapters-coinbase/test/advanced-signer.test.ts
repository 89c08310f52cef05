import { generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { advancedSigner } from '../src/index.js'

const name = 'organizations/demo/apiKeys/demo'
const now = 1_790_000_000_600_000
const json = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString())
const parts = (token: string) => token.split('.') as [string, string, string]

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const seed = Buffer.from(ed.privateKey.export({ format: 'jwk' }).d!, 'base64url')
const pub = Buffer.from(ed.publicKey.export({ format: 'jwk' }).x!, 'base64url')
const sec1 = ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString()

describe('a token', () => {
  it.each([
    ['an EC key', sec1, 'ES256', ec.publicKey],
    ['an EC key with its line ends spelled out', sec1.replaceAll('\n', '\\n'), 'ES256', ec.publicKey],
    ['an EC key in PKCS #8', ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'ES256', ec.publicKey],
    ['an Ed25519 key of 64 bytes', Buffer.concat([seed, pub]).toString('base64'), 'EdDSA', ed.publicKey],
    ['an Ed25519 seed', seed.toString('base64'), 'EdDSA', ed.publicKey],
  ] as [string, string, string, KeyObject][])('with %s is signed, and lives two minutes', (_, privateKey, alg, publicKey) => {
    const [head, claims, signature] = parts(advancedSigner({ name, privateKey })(now)['jwt']!)
    expect(json(head)).toEqual({ alg, typ: 'JWT', kid: name, nonce: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(json(claims)).toEqual({ sub: name, iss: 'cdp', nbf: 1_790_000_000, exp: 1_790_000_120 })
    const bytes = Buffer.from(signature, 'base64url')
    expect(bytes).toHaveLength(64)
    const key = alg === 'ES256' ? { key: publicKey, dsaEncoding: 'ieee-p1363' as const } : publicKey
    expect(verify(alg === 'ES256' ? 'sha256' : null, Buffer.from(`${head}.${claims}`), key, bytes)).toBe(true)
  })

  it('is a new one each time', () => {
    const signer = advancedSigner({ name, privateKey: sec1 })
    expect(signer(now)['jwt']).not.toBe(signer(now)['jwt'])
  })
})

it.each([
  ['nothing', ''],
  ['some text', 'secret-text'],
  ['a broken PEM', sec1.replace('M', '!')],
  ['another curve', generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey.export({ type: 'sec1', format: 'pem' }).toString()],
])('%s is an error that does not repeat it', (_, privateKey) => {
  let error: unknown
  try {
    advancedSigner({ name, privateKey })
  } catch (thrown) {
    error = thrown
  }
  expect(error).toMatchObject({ code: 'LOB_BAD_OPTION', message: 'Option credentials: expected the PEM of an EC P-256 private key, or an Ed25519 private key in base64.' })
  expect((error as Error).cause).toBeUndefined()
})
