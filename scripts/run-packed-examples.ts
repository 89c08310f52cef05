// Copies each example to a folder of its own, installs the packed packages there as a user would, type-checks it and runs it.
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { packPackages, readManifest, root, type Manifest } from './pack-packages.ts'

/** Arguments that make an example's default command short. */
const shortSettings: Readonly<Record<string, readonly string[]>> = {
  'feature-study': ['--minutes', '25'],
  'forecast-report': ['--minutes', '30'],
}

const { folder, packages } = packPackages()
const tarballs = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]))
let failed = 0
for (const example of globSync('examples/*/package.json', { cwd: root }).sort().map(dirname)) {
  const home = mkdtempSync(join(tmpdir(), `rxlob-${basename(example)}-`))
  const began = performance.now()
  const complaint = tryExample(example, home)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(complaint === undefined ? `ok     ${example}, ${seconds} s\n` : `FAILED ${example}, ${seconds} s: ${complaint}\n`)
  if (complaint !== undefined) failed++
  rmSync(home, { recursive: true })
}
rmSync(folder, { recursive: true })
process.exitCode = failed > 0 ? 1 : 0

/** Undefined where all is well. */
function tryExample(example: string, home: string): string | undefined {
  const skipped = new Set(['node_modules', 'out', 'test'])
  cpSync(join(root, example), home, { recursive: true, filter: (path) => !skipped.has(basename(path)) })
  const manifest = readManifest(example)
  const packed = (ranges: Manifest['dependencies'] = {}): object => Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, tarballs[name] ?? range]))
  const dependencies = packed(manifest.dependencies)
  const devDependencies = packed(manifest.devDependencies)
  writeFileSync(join(home, 'package.json'), JSON.stringify({ ...manifest, dependencies, devDependencies, overrides: tarballs }, undefined, 2))

  const install = runIn(home, 'npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'])
  if (install.status !== 0) return `npm install exits with ${install.status}\n${install.output}`

  const base = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')) as { compilerOptions: object }
  const compilerOptions = {
    ...base.compilerOptions, noEmit: true, isolatedDeclarations: false, declaration: false, allowImportingTsExtensions: true,
    types: ['node'], typeRoots: [join(root, 'node_modules', '@types')],
  }
  writeFileSync(join(home, 'tsconfig.packed.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'], exclude: ['node_modules'] }))
  const types = runIn(home, process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.packed.json'])
  if (types.status !== 0) return `it does not type-check\n${types.output}`

  const start = runIn(home, 'npm', ['start', '--silent', '--', ...(shortSettings[basename(example)] ?? [])])
  if (start.status !== 0) return `npm start exits with ${start.status}\n${start.output}`
  if (start.output.trim() === '') return 'npm start prints nothing'
  const slip = /\[object Object\]|\bundefined\b/.exec(start.output)
  return slip === null ? undefined : `npm start prints "${slip[0]}"\n${start.output}`
}

function runIn(home: string, command: string, args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: home, encoding: 'utf8', timeout: 300_000, maxBuffer: 2 ** 28 })
  return { status, output: `${stdout}${stderr}${error?.message ?? ''}`.slice(-4000) }
}
