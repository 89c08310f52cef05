import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Packed {
  readonly name: string
  readonly tarball: string
  /** Paths within the package. */
  readonly files: readonly string[]
}

export const root: string = dirname(import.meta.dirname)

/** Packs every package, as it would be published, into a new folder. They must be built. */
export function packPackages(): { folder: string; packages: Packed[] } {
  const folder = mkdtempSync(join(tmpdir(), 'rxlob-packed-'))
  const workspaces = globSync('packages/*/package.json', { cwd: root }).sort().map(dirname)
  const args = ['pack', '--json', '--pack-destination', folder, ...workspaces.flatMap((path) => ['-w', path])]
  const answer = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as PackAnswer[] | Record<string, PackAnswer>
  const packages = Object.values(answer).map(({ name, filename, files }) => ({ name, tarball: join(folder, filename), files: files.map(({ path }) => path) }))
  if (packages.length !== workspaces.length) throw new Error(`Expected ${workspaces.length} packages, npm packed ${packages.length}.`)
  return { folder, packages }
}

interface PackAnswer {
  readonly name: string
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

/** The manifest of a package or example of the workspace. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest
}

export interface Manifest {
  readonly name: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}
