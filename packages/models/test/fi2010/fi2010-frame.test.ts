import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { columnOf } from '@rxlob/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fi2010Frame, fi2010Input, fi2010Output } from '../../src/fi2010/index.js'
import { windowRows } from '../../src/trees/index.js'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'fi2010-'))))
afterAll(() => rmSync(folder, { recursive: true }))

/** A made-up file in the exact form: three spaces before each number, 7 decimals and an exponent, lines ended by a newline. Line l, column c holds l + c / 1000. */
function fileOf(snapshots: number, change: (lines: string[][]) => void = () => {}, end = '\n'): string {
  const number = (value: number): string => {
    const [mantissa, exponent = '0'] = value.toExponential(7).split('e')
    return `   ${mantissa}e${Number(exponent) < 0 ? '-' : '+'}${String(Math.abs(Number(exponent))).padStart(2, '0')}`
  }
  const lines = Array.from({ length: 149 }, (_, line) => Array.from({ length: snapshots }, (__, column) => number(line < 144 ? line + column / 1000 : 1 + ((line + column) % 3))))
  change(lines)
  const file = join(folder, `${Math.random()}.txt`)
  writeFileSync(file, lines.map((line) => line.join('')).join(end) + end)
  return file
}

describe('fi2010Frame', () => {
  it('reads snapshots as rows, levels in the order of the file, and labels by their horizon', async () => {
    const frame = await fi2010Frame(fileOf(30))
    expect(frame.length).toBe(30)
    expect(frame.columns.slice(0, 5).map(({ name }) => name)).toEqual(['ask_price_1', 'ask_size_1', 'bid_price_1', 'bid_size_1', 'ask_price_2'])
    expect(frame.columns).toHaveLength(40)
    expect(columnOf(frame, 'bid_size_10')[7]).toBeCloseTo(39.007, 9)
    // Line 145 is of 10 events: snapshot 0 has 1 + 144 % 3 = 1, up. Line 149 is of 100: 1 + 148 % 3 = 2, flat.
    expect(frame.targets['events_10']!.slice(0, 4)).toEqual(Float64Array.of(2, 1, 0, 2))
    expect(frame.targets['events_100']!.slice(0, 4)).toEqual(Float64Array.of(1, 0, 2, 1))
    expect(frame.settledRows['events_50']!.slice(24)).toEqual(Float64Array.of(29, NaN, NaN, NaN, NaN, NaN))
    expect(frame.breaks).toEqual([])
  })

  it('takes fewer levels, and the hand-crafted features', async () => {
    const frame = await fi2010Frame(fileOf(3), { levels: 2, handcrafted: true })
    expect(frame.columns).toHaveLength(8 + 104)
    expect(columnOf(frame, 'handcrafted_1')[2]).toBeCloseTo(40.002, 9)
    expect(columnOf(frame, 'handcrafted_104')[0]).toBe(143)
  })

  it('finds where another stock begins, or is told, and windows do not straddle it', async () => {
    const file = fileOf(20, (lines) => {
      for (const line of [0, 2]) for (let column = 12; column < 20; column++) lines[line]![column] = `   ${(7 + column / 1000).toFixed(7)}e+00`
    })
    const frame = await fi2010Frame(file)
    expect(frame.breaks).toEqual([12])
    const { frameRows } = windowRows({ frame, input: fi2010Input(frame, 5), target: 'events_10' })
    expect([...frameRows]).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19])
    expect((await fi2010Frame(file, { breaks: [15, 4] })).breaks).toEqual([4, 15])
    expect(fi2010Output(50)).toEqual({ kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: 5 } })
  })

  it('reads Windows line ends and a last line without an end', async () => {
    const unix = await fi2010Frame(fileOf(9))
    expect((await fi2010Frame(fileOf(9, undefined, '\r\n'))).values).toEqual(unix.values)
  })

  it.each([
    ['a truncated line', (lines: string[][]) => void lines[148]!.pop(), /Expected 12 numbers as in the first line, got 11/, { line: 149 }],
    ['missing lines', (lines: string[][]) => void lines.splice(100, 1), /Expected 149 lines, got 148/, {}],
    ['lines too many', (lines: string[][]) => void lines.push(lines[0]!), /got more/, {}],
    ['what is no number', (lines: string[][]) => void (lines[3]![5] = '   x'), /got "x"/, { line: 4, column: 6 }],
    ['a label that is none', (lines: string[][]) => void (lines[145]![2] = '   4.0e+00'), /labels 1, 2 or 3, got 4/, { line: 146, column: 3 }],
  ])('refuses %s', async (_, change, message, where) => {
    await expect(fi2010Frame(fileOf(12, change))).rejects.toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringMatching(message) as string, where: expect.objectContaining(where) as object })
  })

  it('refuses a file that is not there, a transposed one, and breaks outside it', async () => {
    await expect(fi2010Frame(join(folder, 'none.txt'))).rejects.toMatchObject({ code: 'LOB_BAD_FILE' })
    const transposed = join(folder, 'transposed.txt')
    writeFileSync(transposed, `${new Array(149).fill('1.0').join(' ')}\n`.repeat(200))
    await expect(fi2010Frame(transposed)).rejects.toMatchObject({ code: 'LOB_BAD_FILE' })
    await expect(fi2010Frame(fileOf(12), { breaks: [12] })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
  })
})
