// Checks every package as it would be published: its files, publint --strict, and its types as ESM users resolve them.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { packPackages, root, type Packed } from './pack-packages.ts'

const bin = (name: string): string => join(root, 'node_modules', '.bin', name)

/** Files that every package has and files that none has. */
function strayFiles({ files }: Packed): string[] {
  const missing = ['README.md', 'LICENSE', 'package.json'].filter((path) => !files.includes(path)).map((path) => `${path} is missing`)
  const stray = files.filter((path) => !/^(dist\/|bin\/|package\.json$|README\.md$|LICENSE$)/.test(path)).map((path) => `${path} is packed and should not be`)
  return [...missing, ...stray]
}

function run(command: string, ...args: string[]): string[] {
  const { status, stdout, stderr } = spawnSync(bin(command), args, { encoding: 'utf8' })
  return status === 0 ? [] : [`${command} exits with ${status}`, stdout.trim(), stderr.trim()]
}

const { folder, packages } = packPackages()
let failed = 0
for (const packed of packages) {
  const complaints = [
    ...strayFiles(packed),
    ...run('publint', 'run', packed.tarball, '--strict'),
    ...run('attw', packed.tarball, '--profile', 'esm-only', '--no-definitely-typed', '--format', 'ascii', '--no-emoji', '--no-color'),
  ]
  process.stdout.write(`${complaints.length === 0 ? 'ok    ' : 'FAILED'} ${packed.name} (${packed.files.length} files)\n`)
  if (complaints.length > 0) process.stdout.write(`${complaints.filter(Boolean).join('\n')}\n`)
  if (complaints.length > 0) failed++
}
rmSync(folder, { recursive: true })
process.exitCode = failed > 0 ? 1 : 0
