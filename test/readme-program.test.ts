import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
/** What stands between the first fence of a language after `from` and its end. */
const block = (text: string, language: string, from = 0): string => {
  const start = text.indexOf(`\n\`\`\`${language}\n`, from) + language.length + 5
  return text.slice(start, text.indexOf('\n```', start) + 1)
}

describe('the ten lines of the README', () => {
  const readme = read('README.md')
  const program = block(readme, 'ts')

  it('are the quick-start example', () => {
    expect(program).toBe(read('examples/quick-start/index.ts'))
  })

  it('print what the README says they print', async () => {
    const lines: string[] = []
    const log = vi.spyOn(console, 'log').mockImplementation((...words) => void lines.push(words.join(' ')))
    await import('../examples/quick-start/index.js')
    await vi.waitFor(() => expect(lines.length).toBe(6), 20_000)
    log.mockRestore()
    expect(`${lines.join('\n')}\n`).toBe(block(readme, '', readme.indexOf(program) + program.length))
  })
})
