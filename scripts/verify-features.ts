import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zstdDecompressSync } from 'node:zlib'
import { lobster } from '@rxlob/adapters-lobster'
import { collectFrame } from '@rxlob/core'
import { catalogue } from './verify/catalogue.ts'
import { referenceInput } from './verify/reference-input.ts'

// npm run verify:features: every feature on a real day against test/golden/reference, a line each; `-- --columns` says each column.
const root = fileURLToPath(new URL('../', import.meta.url))
const python = process.env['RXLOB_PYTHON'] ?? 'python3'
const data = process.env['RXLOB_DATA'] ?? join(root, '../shared/data')
const name = 'GOOG_2012-06-21_34200000_57600000'
const levels = 10

function stop(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

if (spawnSync(python, ['-c', 'import numpy']).status !== 0) {
  stop(`The reference needs Python 3 with NumPy, which ${python} is not: pip install numpy, or name another interpreter in RXLOB_PYTHON.`)
}
if (!existsSync(join(data, 'lobster'))) stop(`Found no folder ${join(data, 'lobster')}: set RXLOB_DATA to a folder with lobster/${name}_message_${levels}.csv.zst and its order book.`)

const folder = mkdtempSync(join(tmpdir(), 'rxlob-verify-'))
try {
  const [messages, orderbook] = ['message', 'orderbook'].map((kind) => {
    const csv = join(folder, `${name}_${kind}_${levels}.csv`)
    writeFileSync(csv, zstdDecompressSync(readFileSync(join(data, 'lobster', `${name}_${kind}_${levels}.csv.zst`))))
    return csv
  }) as [string, string]
  const list = catalogue(levels)
  const frame = await collectFrame(lobster({ messages, orderbook }), list)
  referenceInput(frame, list, levels, folder)
  const reference = join(root, 'packages/core/test/golden/reference/features.py')
  const { status } = spawnSync(python, [reference, messages, orderbook, folder, ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } })
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true })
}
