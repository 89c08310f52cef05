import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { libraryRoot } from './library.ts'

/** Packages that the benchmarks run, each after those that it needs. */
const measured = ['core', 'feed', 'adapters-simulator', 'adapters-lobster', 'adapters-binance'] as const

/** Builds the packages of a checkout that the benchmarks run. */
export function build(root: string): void {
  for (const name of measured) execFileSync(process.execPath, [join(libraryRoot, 'node_modules/tsup/dist/cli-default.js'), '--no-dts'], { cwd: join(root, 'packages', name), stdio: ['ignore', 'ignore', 'inherit'] })
}

/** A built worktree of a commit under `folder`, made once. It shares the installed dependencies, but for the packages themselves. */
export function checkout(ref: string, folder: string): string {
  const git = (...args: string[]): string => execFileSync('git', ['-C', libraryRoot, ...args], { encoding: 'utf8' }).trim()
  const commit = git('rev-parse', '--verify', `${ref}^{commit}`)
  const root = join(folder, commit)
  if (existsSync(join(root, 'packages/adapters-lobster/dist/index.js'))) return root
  if (!existsSync(root)) git('worktree', 'add', '--detach', root, commit)
  const modules = join(root, 'node_modules')
  if (!existsSync(modules)) {
    mkdirSync(join(modules, '@rxlob'), { recursive: true })
    for (const entry of readdirSync(join(libraryRoot, 'node_modules'))) if (entry !== '@rxlob') symlinkSync(join(libraryRoot, 'node_modules', entry), join(modules, entry))
    for (const name of readdirSync(join(root, 'packages'))) symlinkSync(join(root, 'packages', name), join(modules, '@rxlob', name))
  }
  build(root)
  return root
}
