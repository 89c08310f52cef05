import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { goldenFiles } from './golden/golden-files.ts'

// npm run build && node scripts/make-golden.ts
const folder = fileURLToPath(new URL('../packages/core/test/golden/', import.meta.url))
for (const [path, text] of await goldenFiles()) {
  mkdirSync(new URL(`../packages/core/test/golden/${path}/..`, import.meta.url), { recursive: true })
  writeFileSync(`${folder}${path}`, text)
  process.stdout.write(`${path}: ${text.length} characters\n`)
}
