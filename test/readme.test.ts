import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { codeBlocks } from './readme/code-blocks.js'
import { compileBlocks } from './readme/compile-blocks.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = globSync('{*.md,docs/*.md,{packages,examples}/*/*.md}', { cwd: root }).map((path) => path.replaceAll('\\', '/'))

it('finds the blocks of a page', () => {
  const page = ['text', '```ts', 'const a = 1', '```', '', '```sh', 'npm test', '```', '1. item', '   ```ts', '   if (a) {', '     b()', '   }', '   ```'].join('\n')
  expect(codeBlocks(page, 'ts')).toEqual([{ line: 2, code: 'const a = 1' }, { line: 10, code: 'if (a) {\n  b()\n}' }])
})

it('tells of a block that does not compile', () => {
  const blocks = [{ path: 'README.md', line: 7, code: "import { statusNames } from '@rxlob/core'\nexport const count: string = statusNames.length" }, { path: 'README.md', line: 20, code: 'await Promise.resolve(1)' }]
  expect(compileBlocks(root, blocks)).toEqual(["README.md:9 Type 'number' is not assignable to type 'string'."])
}, 60_000)

it('every ts block of every page compiles', () => {
  const blocks = pages.flatMap((path) => codeBlocks(readFileSync(join(root, path), 'utf8'), 'ts').map((block) => ({ path, ...block })))
  expect(pages).toContain('CONTRIBUTING.md')
  expect(blocks.length).toBeGreaterThan(0)
  expect(compileBlocks(root, blocks)).toEqual([])
}, 60_000)
