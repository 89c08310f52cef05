import { describe, expect, it } from 'vitest'
import { rasterizer } from '../../src/draw/rasterizer.js'

describe('rasterizer', () => {
  it('names the package to install where it is absent', async () => {
    const cause = Object.assign(new Error("Cannot find package '@resvg/resvg-js'"), { code: 'ERR_MODULE_NOT_FOUND' })
    const failing = rasterizer('<svg/>', 1, () => Promise.reject(cause))
    await expect(failing).rejects.toMatchObject({ code: 'LOB_MISSING_PEER', message: expect.stringContaining('npm install @resvg/resvg-js'), cause })
  })

  it('draws letters in the shipped font', async () => {
    const picture = (text: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" font-family="DejaVu Sans, Verdana"><text x="2" y="15" style="font-size:14px">${text}</text></svg>`
    const [one, other, empty] = await Promise.all(['Wij', 'jiW', ''].map((text) => rasterizer(picture(text), 2)))
    expect(Buffer.from(one ?? []).equals(Buffer.from(other ?? []))).toBe(false)
    expect((one ?? []).length).toBeGreaterThan((empty ?? []).length + 100)
  })
})
