import { posix } from 'node:path'
import { readImports, type FileFacts, type Import } from './read-imports.js'

/** What the checker needs of a package.json. */
export interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** A repository in memory: folders with a manifest, and files, both by path from the root. */
export interface Tree {
  readonly root: Manifest
  readonly manifests: ReadonlyMap<string, Manifest>
  readonly files: ReadonlyMap<string, string>
}

export interface Violation {
  readonly rule: string
  readonly path: string
  readonly line: number
  readonly message: string
}

/** Packages that the sources of a package may import besides `core`. A package that is not listed may import none. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'adapters-binance': ['feed'],
  'adapters-coinbase': ['feed'],
  testkit: ['feed', 'adapters-simulator'],
  models: ['evaluation'],
  backtest: ['evaluation', 'plots'],
}

/** Of these a package takes types alone. */
const typeLayers: Readonly<Record<string, readonly string[]>> = { dashboard: ['service'] }

/** What tests of any package may use besides the packages below it. */
const testLayers = ['testkit', 'adapters-simulator']

/** Heavy clients: outside `runtime.ts` and `client.ts` nobody names them, and there they are loaded on first use. */
const heavy = /^(onnxruntime-|@tensorflow\/|kafkajs|@platformatic\/kafka|@confluentinc\/kafka|pg$|pg-copy-streams|postgres$|@influxdata\/|@duckdb\/|redis$|ioredis$)/

const forbiddenInCore = [
  'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Date', 'performance', 'crypto', 'console', 'process', 'Buffer',
  'fetch', 'WebSocket', 'globalThis', 'global', 'require', 'Math.random',
]

/** Lines a file may have, by the first pattern that fits. */
const budgets: readonly (readonly [RegExp, number])[] = [
  [/^packages\/core\/src\/features\//, 80],
  [/^packages\/[^/]+\/src\//, 350],
]

/** Everything in the tree that breaks the architecture, in path order. Empty where it holds. */
export function checkArchitecture(tree: Tree): Violation[] {
  const facts = new Map([...tree.files].map(([path, text]) => [path, readImports(path, text)]))
  const found = [...facts].flatMap(([path, file]) => [
    ...checkImports(tree, path, file),
    ...checkCore(path, file),
    ...checkLength(path, tree.files.get(path)!),
  ])
  return [...found, ...checkKernel(facts)].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line))
}

function checkImports(tree: Tree, path: string, { imports }: FileFacts): Violation[] {
  const owner = ownerOf(tree, path)
  if (!owner) return []
  const { folder, manifest } = owner
  const inTests = isTest(path)
  const isExample = folder.startsWith('examples/')
  const short = manifest.name.replace('@rxlob/', '')
  const found: Violation[] = []
  const report = (rule: string, { line }: Import, message: string): void => void found.push({ rule, path, line, message })

  for (const item of imports) {
    const { specifier } = item
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(path), specifier)
      if (folder === '' || (isConfig(path) && target.startsWith('tsup.shared'))) continue
      if (!`${target}/`.startsWith(`${folder}/`)) report('own-folder', item, `${specifier} leaves ${folder}; import other packages by npm name`)
      else if (!inTests && isTest(target)) report('own-folder', item, `${specifier} is a test; sources do not import tests`)
      continue
    }
    if (specifier.startsWith('node:')) continue
    const name = packageName(specifier)
    if (!isDeclared(tree, manifest, name, inTests || folder === '')) {
      report('declared', item, `${name} is not in the dependencies of ${manifest.name}`)
    }
    if (heavy.test(name) && !inTests) {
      if (!/\/(runtime|client)\.ts$/.test(path)) report('heavy', item, `${name} is named outside runtime.ts or client.ts`)
      else if (!item.typeOnly && !item.dynamic) report('heavy', item, `${name} is loaded with the file; use import() on first use`)
    }
    if (!name.startsWith('@rxlob/')) continue
    const other = name.slice('@rxlob/'.length)
    if (!isExported(tree, name, specifier)) report('exported', item, `${specifier} is not exported by ${name}`)
    if (other.startsWith('example-')) report('examples', item, `${name} is an example`)
    if (other === 'testkit' && !inTests) report('testkit', item, 'testkit is for tests')
    else if (!isExample && folder !== '' && other !== 'core' && other !== short) {
      const below = [...(layers[short] ?? []), ...(item.typeOnly ? (typeLayers[short] ?? []) : []), ...(inTests ? testLayers : [])]
      if (!below.includes(other)) report('layers', item, `${manifest.name} may not import ${name}`)
    }
  }
  return found
}

function checkCore(path: string, { imports, freeNames }: FileFacts): Violation[] {
  if (!path.startsWith('packages/core/src/')) return []
  const inRx = path.startsWith('packages/core/src/rx/')
  const found: Violation[] = []
  for (const { specifier, line, typeOnly } of imports) {
    if (specifier.startsWith('.')) continue
    const allowed = specifier === 'rxjs' && (inRx || (typeOnly && path.endsWith('/contracts/source.ts')))
    if (!allowed) found.push({ rule: 'core-alone', path, line, message: `core may not import ${specifier} here` })
  }
  for (const name of forbiddenInCore) {
    const line = freeNames.get(name)
    if (line !== undefined) found.push({ rule: 'core-globals', path, line, message: `core may not touch ${name}` })
  }
  return found
}

/** Nothing that `kernel.ts` reaches may load rxjs, or it would not stand without it. */
function checkKernel(facts: ReadonlyMap<string, FileFacts>): Violation[] {
  const found: Violation[] = []
  const seen = new Set<string>()
  const walk = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { specifier, line, typeOnly } of facts.get(path)?.imports ?? []) {
      if (typeOnly) continue
      if (specifier === 'rxjs') found.push({ rule: 'kernel', path, line, message: 'kernel.ts reaches rxjs through this file' })
      if (specifier.startsWith('.')) walk(posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts'))
    }
  }
  walk('packages/core/src/kernel.ts')
  return found
}

function checkLength(path: string, text: string): Violation[] {
  const limit = budgets.find(([pattern]) => pattern.test(path))?.[1] ?? Infinity
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return lines > limit ? [{ rule: 'length', path, line: limit, message: `${lines} lines, the budget is ${limit}` }] : []
}

const packageName = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

const isConfig = (path: string): boolean => path.endsWith('.config.ts')

const isTest = (path: string): boolean => /(^|\/)(test|bench|scripts)\//.test(path) || isConfig(path)

function ownerOf(tree: Tree, path: string): { folder: string; manifest: Manifest } | undefined {
  const folder = /^(packages|examples)\/[^/]+(?=\/)/.exec(path)?.[0]
  if (folder === undefined) return { folder: '', manifest: tree.root }
  const manifest = tree.manifests.get(folder)
  return manifest && { folder, manifest }
}

function isDeclared(tree: Tree, manifest: Manifest, name: string, inTests: boolean): boolean {
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = manifest
  if (name === manifest.name) return true
  if ([dependencies, peerDependencies, optionalDependencies].some((list) => list?.[name] !== undefined)) return true
  if (!inTests) return false
  return [devDependencies, tree.root.devDependencies].some((list) => list?.[name] !== undefined) || name.startsWith('@rxlob/')
}

function isExported(tree: Tree, name: string, specifier: string): boolean {
  const manifest = [...tree.manifests.values()].find((candidate) => candidate.name === name)
  return manifest?.exports?.[`.${specifier.slice(name.length)}`] !== undefined
}
