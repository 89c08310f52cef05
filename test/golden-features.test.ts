import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lobster } from '@rxlob/adapters-lobster'
import { collectFrame } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../scripts/verify/catalogue.ts'

const folder = fileURLToPath(new URL('../packages/core/test/golden/features/', import.meta.url))
const [head, ...lines] = readFileSync(`${folder}expected.csv`, 'utf8').trimEnd().split('\n').map((line) => line.split(','))
const frame = await collectFrame(
  lobster({ messages: `${folder}GOLD_2024-01-02_message_3.csv`, orderbook: `${folder}GOLD_2024-01-02_orderbook_3.csv`, date: '2024-01-02', symbol: 'GOLD', levels: 3 }),
  catalogue(3),
)

describe('the catalogue on a synthetic session', () => {
  it('is covered by the reference, column by column', () => {
    expect(head!.slice(1)).toEqual(frame.columns.map(({ name }) => name))
    const numbers = head!.slice(1).filter((_, at) => lines.some((cells) => cells[at + 1] !== ''))
    expect(head!.slice(1).filter((name) => !numbers.includes(name)), 'columns without a number to compare').toEqual([])
  })

  it.each(frame.columns.map(({ name }, column) => [name, column] as const))('%s equals the NumPy reference', (_, column) => {
    for (const cells of lines) {
      const value = frame.values[Number(cells[0]) * frame.columns.length + column]!
      const text = cells[column + 1]!
      if (text === '') expect(value, `row ${cells[0]}`).toBeNaN()
      else expect(Math.abs(value - Number(text)), `row ${cells[0]}: ${value} against ${text}`).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(Number(text)), 1e-10))
    }
  })
})
