import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeFeatureCases } from '../feature-cases.js'

const kept = readFileSync(new URL('feature-contract.txt', import.meta.url), 'utf8')

// Saved frames, fits and models are matched by these words: another word is a breaking change, and is then written into the file by hand.
it('keeps the name, depth, fingerprint, columns and units of every feature', () => {
  const lines = Object.entries(makeFeatureCases()).flatMap(([factory, cases]) =>
    cases.flatMap(([feature, { variant }]) => [feature, ...(variant === undefined ? [] : [variant])]).flatMap(({ name, depth, levelsOnly, fingerprint, columns }) => [
      `${factory}: ${name}, ${levelsOnly ? 'the first' : 'reads'} ${depth}, ${fingerprint}`,
      ...columns.map((column) => `  ${column.name}: ${column.unit}`),
    ]))
  expect(`${lines.join('\n')}\n`).toBe(kept)
})
