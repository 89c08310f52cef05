import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Consecutive files as one: gzip members may follow each other in a file. */
export function joinedCapture(files: readonly string[], folder: string): string {
  if (files.length === 1) return files[0]!
  const joined = join(folder, 'joined.gz')
  writeFileSync(joined, Buffer.concat(files.map((file) => readFileSync(file))))
  return joined
}
