import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { checkArchitecture, type Manifest, type Tree } from './architecture/check-architecture.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const find = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(String(name)) }).map((path) => path.replaceAll('\\', '/'))

const repository = (): Tree => ({
  root: JSON.parse(read('package.json')) as Manifest,
  manifests: new Map(find('{packages,examples}/*/package.json').map((path) => [dirname(path), JSON.parse(read(path)) as Manifest])),
  files: new Map(find('{packages,examples,test,scripts}/**/*.ts').map((path) => [path, read(path)])),
})

/** A repository of two or three packages, with one file under test. */
function rulesBrokenBy(path: string, text: string, more: Record<string, string> = {}): string[] {
  const manifest = (name: string, dependencies: Record<string, string> = {}, exports: Record<string, unknown> = { '.': {} }): Manifest =>
    ({ name: `@rxlob/${name}`, dependencies: { '@rxlob/core': '*', ...dependencies }, exports })
  const tree: Tree = {
    root: { name: 'rxlob', devDependencies: { vitest: '*', rxjs: '*' } },
    manifests: new Map([
      ['packages/core', { name: '@rxlob/core', exports: { '.': {}, './kernel': {} }, peerDependencies: { rxjs: '*' } }],
      ['packages/testkit', manifest('testkit')],
      ['packages/plots', manifest('plots')],
      ['packages/evaluation', manifest('evaluation')],
      ['packages/models', manifest('models', { '@rxlob/plots': '*', '@rxlob/evaluation': '*', '@rxlob/testkit': '*', 'onnxruntime-node': '*' }, { './bayes': {} })],
      ['examples/demo', manifest('example-demo', { '@rxlob/models': '*', '@rxlob/testkit': '*' })],
    ]),
    files: new Map(Object.entries({ ...more, [path]: text })),
  }
  return checkArchitecture(tree).map(({ rule }) => rule)
}

describe('the repository', () => {
  const tree = repository()

  it('is really read', () => {
    expect(tree.manifests.has('packages/core')).toBe(true)
    expect(tree.files.has('packages/core/src/index.ts')).toBe(true)
    expect([...tree.files.keys()].some((path) => path.includes('node_modules'))).toBe(false)
  })

  it('breaks no rule', () => {
    expect(checkArchitecture(tree).map(({ rule, path, line, message }) => `${path}:${line} [${rule}] ${message}`)).toEqual([])
  }, 120_000)
})

describe('rule 1: core stands alone', () => {
  it.each([
    ["import { readFileSync } from 'node:fs'", 'core-alone'],
    ["export const load = () => import('node:fs')", 'core-alone'],
    ["export type Stream = import('node:stream').Readable", 'core-alone'],
    ['export const later = (run: () => void) => setTimeout(run, 1)', 'core-globals'],
    ['export const now = () => Date.now()', 'core-globals'],
    ['export const roll = () => Math.random()', 'core-globals'],
    ['export const socket = (url: string) => new WebSocket(url)', 'core-globals'],
    ['export const log = { console }', 'core-globals'],
  ])('%s', (text, rule) => expect(rulesBrokenBy('packages/core/src/book/a.ts', text)).toContain(rule))

  it('another package', () => {
    expect(rulesBrokenBy('packages/core/src/a.ts', "import { figure } from '@rxlob/plots'")).toEqual(expect.arrayContaining(['core-alone', 'declared', 'layers']))
  })

  it.each([
    'export const f = (process: () => void) => process()',
    'export interface A { process(): void; console: string; when: Date }',
    'export const f = (a: { fetch: number }) => a.fetch',
    'export const f = { performance: 1 }',
    '// Date.now() is not called here',
    'export const f = Math.max(1, 2)',
  ])('lets through: %s', (text) => expect(rulesBrokenBy('packages/core/src/a.ts', text)).toEqual([]))
})

describe('rule 2: rxjs is a face', () => {
  it('no values outside rx/', () => {
    expect(rulesBrokenBy('packages/core/src/book/a.ts', "import { map } from 'rxjs'")).toEqual(['core-alone'])
    expect(rulesBrokenBy('packages/core/src/book/a.ts', "import type { Observable } from 'rxjs'")).toEqual(['core-alone'])
    expect(rulesBrokenBy('packages/core/src/contracts/source.ts', "import { type Observable } from 'rxjs'")).toEqual(['core-alone'])
  })

  it('the type in contracts/source.ts, and all of it in rx/', () => {
    expect(rulesBrokenBy('packages/core/src/contracts/source.ts', "import type { Observable } from 'rxjs'")).toEqual([])
    expect(rulesBrokenBy('packages/core/src/rx/a.ts', "import { map } from 'rxjs'")).toEqual([])
  })

  it('the kernel reaches no rxjs, however far', () => {
    const more = { 'packages/core/src/kernel.ts': "export * from './rx/index.js'", 'packages/core/src/rx/index.ts': "export { a } from './a.js'" }
    expect(rulesBrokenBy('packages/core/src/rx/a.ts', "import { map } from 'rxjs'\nexport const a = map", more)).toEqual(['kernel'])
    const types = { 'packages/core/src/kernel.ts': "export type * from './rx/a.js'" }
    expect(rulesBrokenBy('packages/core/src/rx/a.ts', "import { map } from 'rxjs'\nexport const a = map", types)).toEqual([])
  })
})

describe('rule 3: arrows point at core', () => {
  it('models do not draw', () => expect(rulesBrokenBy('packages/models/src/a.ts', "import { figure } from '@rxlob/plots'")).toEqual(['layers']))
  it('models may evaluate', () => expect(rulesBrokenBy('packages/models/src/a.ts', "import { folds } from '@rxlob/evaluation'")).toEqual([]))
  it('not from tests either', () => expect(rulesBrokenBy('packages/plots/test/a.test.ts', "import { bayes } from '@rxlob/models/bayes'")).toEqual(['layers']))
})

describe('rule 4: heavy clients stay in one file', () => {
  const at = (file: string, text: string): string[] => rulesBrokenBy(`packages/models/src/onnx/${file}`, text)
  it('named elsewhere', () => expect(at('predictor.ts', "import type { Tensor } from 'onnxruntime-node'")).toEqual(['heavy']))
  it('loaded with the file', () => expect(at('runtime.ts', "import ort from 'onnxruntime-node'")).toEqual(['heavy']))
  it('loaded on first use', () => expect(at('runtime.ts', "export const load = () => import('onnxruntime-node')")).toEqual([]))
})

describe('rule 5: testkit and examples are not imported', () => {
  it('testkit in sources', () => expect(rulesBrokenBy('packages/models/src/a.ts', "import { testLearner } from '@rxlob/testkit'")).toEqual(['testkit']))
  it('testkit in an example', () => expect(rulesBrokenBy('examples/demo/index.ts', "import { testLearner } from '@rxlob/testkit'")).toEqual(['testkit']))
  it('testkit in tests', () => expect(rulesBrokenBy('packages/plots/test/a.test.ts', "import { testSink } from '@rxlob/testkit'")).toEqual([]))
  it('an example', () => expect(rulesBrokenBy('packages/models/src/a.ts', "import { main } from '../../../examples/demo/index.js'")).toEqual(['own-folder']))
})

describe('rule 6: packages meet at their exports', () => {
  it('by path', () => expect(rulesBrokenBy('packages/plots/src/a.ts', "import { x } from '../../core/src/x.js'")).toEqual(['own-folder']))
  it('an unexported path', () => expect(rulesBrokenBy('packages/plots/src/a.ts', "import { x } from '@rxlob/core/book/x.js'")).toEqual(['exported']))
  it('an exported path', () => expect(rulesBrokenBy('packages/plots/src/a.ts', "import { x } from '@rxlob/core/kernel'")).toEqual([]))
  it('a folder with a longer name is not the own folder', () => {
    expect(rulesBrokenBy('packages/plots/src/a.ts', "import { x } from '../../plots-two/src/x.js'")).toEqual(['own-folder'])
  })
})

describe('declared dependencies only', () => {
  it('in sources', () => expect(rulesBrokenBy('packages/plots/src/a.ts', "import { parse } from 'd3'")).toEqual(['declared']))
  it('re-exports and dynamic imports count', () => {
    expect(rulesBrokenBy('packages/plots/src/a.ts', "export * from 'd3'\nexport const load = () => import('d4')")).toEqual(['declared', 'declared'])
  })
  it('tools of the workspace only in tests', () => {
    expect(rulesBrokenBy('packages/plots/test/a.test.ts', "import { it } from 'vitest'")).toEqual([])
    expect(rulesBrokenBy('packages/plots/src/a.ts', "import { it } from 'vitest'")).toEqual(['declared'])
  })
  it('a source that imports a test', () => expect(rulesBrokenBy('packages/plots/src/a.ts', "import { x } from '../test/x.js'")).toEqual(['own-folder']))
})

describe('file lengths', () => {
  it('features have 80 lines', () => {
    expect(rulesBrokenBy('packages/core/src/features/a.ts', '\n'.repeat(80))).toEqual([])
    expect(rulesBrokenBy('packages/core/src/features/a.ts', '\n'.repeat(81))).toEqual(['length'])
  })
  it('sources have 350 lines', () => expect(rulesBrokenBy('packages/plots/src/a.ts', '\n'.repeat(351))).toEqual(['length']))
})

/** Errors of `isolatedDeclarations` in the sources of packages: the builds need it, and the common typecheck, which covers tests, leaves it off. */
function undeclaredTypes(files: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = { isolatedDeclarations: true, declaration: true, noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext }
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    fileExists: (path) => files.has(path),
    readFile: (path) => files.get(path),
    getSourceFile: (path, version) => (files.has(path) ? ts.createSourceFile(path, files.get(path)!, version) : undefined),
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return program.getSourceFiles().flatMap((file) =>
    program.getDeclarationDiagnostics(file).map(({ start = 0, messageText }) => `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  )
}

describe('exported types are written out', () => {
  it('in every package', () => {
    expect(undeclaredTypes(new Map([...repository().files].filter(([path]) => /^packages\/[^/]+\/src\//.test(path))))).toEqual([])
  }, 120_000)
  it('and found where they are not', () => {
    expect(undeclaredTypes(new Map([['a.ts', 'export const one = Math.max(1, 2)\nexport const two: number = Math.max(1, 2)']]))).toEqual([expect.stringMatching(/^a\.ts:1 Variable must have an explicit type annotation/)])
  })
})
