import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { codeBlocks } from './readme/code-blocks.js'
import { compileBlocks } from './readme/compile-blocks.js'
import { docExamples, exampleModule } from './readme/doc-examples.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = globSync('{*.md,docs/*.md,{packages,examples}/*/*.md}', { cwd: root }).map((path) => path.replaceAll('\\', '/'))

it('finds the blocks of a page', () => {
  const page = ['text', '```ts', 'const a = 1', '```', '', '```sh', 'npm test', '```', '1. item', '   ```ts', '   if (a) {', '     b()', '   }', '   ```'].join('\n')
  expect(codeBlocks(page, 'ts')).toEqual([{ line: 2, code: 'const a = 1' }, { line: 10, code: 'if (a) {\n  b()\n}' }])
})

it('tells of a block that does not compile', () => {
  const blocks = [{ path: 'README.md', line: 7, code: "import { statusNames } from '@rxlob/core'\nexport const count: string = statusNames.length" }, { path: 'README.md', line: 20, code: 'await Promise.resolve(1)' }]
  expect(compileBlocks(root, blocks)).toEqual(["README.md:9 Type 'number' is not assignable to type 'string'."])
}, 120_000)

it('every ts block of every page compiles', () => {
  const blocks = pages.flatMap((path) => codeBlocks(readFileSync(join(root, path), 'utf8'), 'ts').map((block) => ({ path, ...block })))
  expect(pages).toContain('CONTRIBUTING.md')
  expect(blocks.length).toBeGreaterThan(0)
  expect(compileBlocks(root, blocks)).toEqual([])
}, 120_000)

it('finds the examples of docblocks', () => {
  const source = ['/**', ' * Text.', ' *', ' * @example', ' * for (const a of b) {', ' *   c(a)', ' * }', ' * @see there', ' */', 'export const a = 1', '  /**', '   * @example', '   * d() // 1', '   */'].join('\n')
  expect(docExamples(source)).toEqual([{ line: 4, code: 'for (const a of b) {\n  c(a)\n}' }, { line: 12, code: 'd() // 1' }])
})

it('imports what is exported and lets the rest be', () => {
  expect(exampleModule('const b = f(x, Math.PI)\ng(b)', new Map([['@rxlob/core', ['f', 'g']]]))).toBe(
    "const b = f(x, Math.PI)\ng(b)\nexport {}\nimport { f } from '@rxlob/core'\ndeclare const x: any\nimport { g } from '@rxlob/core'",
  )
})

it('every @example of every package compiles', async () => {
  const entries: Record<string, () => Promise<object>> = {
    '@rxlob/core': () => import('@rxlob/core'),
    '@rxlob/adapters-binance': () => import('@rxlob/adapters-binance'),
    '@rxlob/adapters-coinbase': () => import('@rxlob/adapters-coinbase'),
    '@rxlob/adapters-lobster': () => import('@rxlob/adapters-lobster'),
    '@rxlob/adapters-simulator': () => import('@rxlob/adapters-simulator'),
    '@rxlob/adapters-simulator/exchange': () => import('@rxlob/adapters-simulator/exchange'),
    '@rxlob/evaluation': () => import('@rxlob/evaluation'),
    '@rxlob/feed': () => import('@rxlob/feed'),
    '@rxlob/models/bayes': () => import('@rxlob/models/bayes'),
    '@rxlob/plots': () => import('@rxlob/plots'),
    '@rxlob/testkit': () => import('@rxlob/testkit'),
  }
  const exports = new Map<string, string[]>()
  for (const [name, load] of Object.entries(entries)) exports.set(name, Object.keys(await load()))
  const sources = globSync('packages/*/src/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'))
  const blocks = sources.flatMap((path) => docExamples(readFileSync(join(root, path), 'utf8')).map(({ line, code }) => ({ path, line, code: exampleModule(code, exports) })))
  expect(blocks.length).toBeGreaterThan(10)
  expect(compileBlocks(root, blocks)).toEqual([])
}, 120_000)
