import { testSource } from '@rxlob/testkit'
import { firstValueFrom, skip } from 'rxjs'
import { afterAll, describe, expect, it } from 'vitest'
import { acme } from '../acme.ts'
import { acmeServer } from '../acme-server.ts'

const healthy = await acmeServer()
const lossy = await acmeServer({ losses: 0.002 })
afterAll(() => {
  healthy.close()
  lossy.close()
})

describe('a venue of one’s own', () => {
  it.each(testSource(() => acme(healthy.url), { events: 2000, faulty: () => acme(lossy.url) }))('$name', ({ run }) => run())

  it('closes its connection on unsubscribe', async () => {
    const one = await acmeServer()
    await firstValueFrom(acme(one.url).events().pipe(skip(10)))
    await expect.poll(() => one.connections(), { timeout: 5000 }).toBe(0)
    one.close()
  })
})
