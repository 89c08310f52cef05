import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { closingLine } from './scripts/closing-line.ts'

const packages = fileURLToPath(new URL('./packages/', import.meta.url))

export default defineConfig({
  resolve: {
    // Tests run against the sources: a stale dist/ can neither pass nor fail them.
    alias: [
      { find: /^@rxlob\/core\/kernel$/, replacement: `${packages}core/src/kernel.ts` },
      { find: /^@rxlob\/adapters-simulator\/exchange$/, replacement: `${packages}adapters-simulator/src/exchange/index.ts` },
      { find: /^@rxlob\/testkit\/venues$/, replacement: `${packages}testkit/src/venues/index.ts` },
      { find: /^@rxlob\/models\/([^/]+)$/, replacement: `${packages}models/src/$1/index.ts` },
      { find: /^@rxlob\/([^/]+)$/, replacement: `${packages}$1/src/index.ts` },
    ],
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
    setupFiles: ['./vitest.setup.ts'],
    testTimeout: 30_000,
    reporters: ['default', closingLine()],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      reporter: ['text-summary', 'html', 'json-summary'],
    },
  },
})
