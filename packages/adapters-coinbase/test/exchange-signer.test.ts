import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { exchangeSigner } from '../src/index.js'

it('signs as the reference does', () => {
  const signer = exchangeSigner({ key: 'synthetic-key', passphrase: 'synthetic-pass', secret: 'c3ludGhldGljLXNlY3JldC0wMTIzNDU2Nzg5YWJjZGVm' })
  expect(signer(1_790_000_000_000_000)).toEqual({ signature: 'ygC/5RIU7nRvQEaJJXuiQyDyjpn7qnNyKZKLPLnfp0Y=', key: 'synthetic-key', passphrase: 'synthetic-pass', timestamp: '1790000000' })
  expect(inspect(signer, { showHidden: true, depth: 9 })).not.toContain('c3ludGhld')
})

it.each(['', 'not base64!'])('a secret %j is an error that does not repeat it', (secret) => {
  expect(() => exchangeSigner({ key: 'k', passphrase: 'p', secret })).toThrow(/^Option credentials: expected a secret in base64\.$/)
})
