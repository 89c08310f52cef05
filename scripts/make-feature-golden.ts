import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lobster } from '@rxlob/adapters-lobster'
import { simulator, writeLobsterFiles } from '@rxlob/adapters-simulator'
import { collectFrame } from '@rxlob/core'
import { catalogue } from './verify/catalogue.ts'
import { referenceInput } from './verify/reference-input.ts'

// npm run build && node scripts/make-feature-golden.ts: a synthetic session, and its features by the Python reference.
const golden = fileURLToPath(new URL('../packages/core/test/golden/features/', import.meta.url))
const reference = fileURLToPath(new URL('../packages/core/test/golden/reference/features.py', import.meta.url))
const levels = 3
const folder = mkdtempSync(join(tmpdir(), 'rxlob-golden-'))
try {
  const market = simulator({ seed: 108, symbol: 'GOLD', durationMicros: 185e6, rates: { limitOrders: 5.5, marketOrders: 1.2, cancellations: 0.5, hiddenShare: 0.3 } })
  const { messageFile, orderBookFile } = await writeLobsterFiles(market, { folder, levels })
  const list = catalogue(levels)
  const frame = await collectFrame(lobster({ messages: messageFile, orderbook: orderBookFile }), list)
  referenceInput(frame, list, levels, folder)
  const python = process.env['RXLOB_PYTHON'] ?? 'python3'
  const expected = execFileSync(python, [reference, messageFile, orderBookFile, folder, 'write', '90'], { maxBuffer: 1 << 26, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } })
  writeFileSync(`${golden}GOLD_2024-01-02_message_${levels}.csv`, readFileSync(messageFile))
  writeFileSync(`${golden}GOLD_2024-01-02_orderbook_${levels}.csv`, readFileSync(orderBookFile))
  writeFileSync(`${golden}expected.csv`, expected)
  process.stdout.write(`${frame.length} rows\n`)
} finally {
  rmSync(folder, { recursive: true })
}
