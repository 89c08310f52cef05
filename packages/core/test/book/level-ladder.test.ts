import { describe, expect, it } from 'vitest'
import { LevelLadder } from '../../src/book/level-ladder.js'
import { seededRandom } from '../../src/index.js'

/** Best first. */
type Model = [key: number, size: number][]

const levelsOf = (ladder: LevelLadder): Model => Array.from({ length: ladder.length }, (_, level) => [ladder.key(level), ladder.size(level)])
const sorted = (model: ReadonlyMap<number, number>): Model => [...model].sort(([a], [b]) => b - a)

/** Writes to the ladder and to a map, and compares what each of them says on the way. */
function run(seed: number, writes: number, drawKey: (random: () => number, n: number) => number, removeShare: (n: number) => number): { ladder: LevelLadder; model: Map<number, number> } {
  const random = seededRandom(seed)
  const ladder = new LevelLadder()
  const model = new Map<number, number>()
  for (let n = 0; n < writes; n++) {
    const key = drawKey(random, n)
    const before = model.get(key) ?? 0
    const relative = random() < 0.3
    const lots = random() < removeShare(n) ? (relative ? -before : 0) : 1 + Math.floor(random() * 100)
    const after = relative ? before + lots : lots
    const came = ladder.write(key, lots, relative)
    if (after > 0) model.set(key, after)
    else model.delete(key)
    const expected = (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0)
    if (came !== expected || ladder.before !== before || ladder.length !== model.size) throw new Error(`write ${n} of ${key}: ${came} came, ${ladder.before} before, ${ladder.length} held; expected ${expected}, ${before}, ${model.size}`)
    if (n % 97 !== 0) continue
    const levels = sorted(model)
    const sought = random() < 0.5 ? key : drawKey(random, n)
    const level = Math.floor(random() * levels.length)
    const told = [ladder.sizeAt(sought), ladder.above(sought), ...(levels.length > 0 ? [ladder.size(level), ladder.key(level), ladder.key(0), ladder.key(levels.length - 1)] : [])]
    const held = [model.get(sought) ?? 0, levels.filter(([other]) => other > sought).length, ...(levels.length > 0 ? [levels[level]![1], levels[level]![0], levels[0]![0], levels.at(-1)![0]] : [])]
    if (JSON.stringify(told) !== JSON.stringify(held)) throw new Error(`write ${n} of ${key}: ${JSON.stringify(told)}, expected ${JSON.stringify(held)} (${sought}, level ${level})`)
  }
  return { ladder, model }
}

describe('LevelLadder', () => {
  it.each([
    ['a dense side', (random: () => number) => Math.floor(random() * 200), () => 0.4],
    ['thousands of levels, past what the ladder spans at first', (random: () => number) => Math.floor(random() * 20_000), () => 0.3, 6000],
    ['more than it ever spans', (random: () => number) => Math.floor(random() ** 2 * 200_000), () => 0.2, 8000],
    ['negative keys, as asks have', (random: () => number) => -1 - Math.floor(random() ** 3 * 5000), () => 0.5],
    ['keys on both sides of zero', (random: () => number) => Math.floor(random() * 3000) - 1500, () => 0.5],
    ['prices as far apart as doubles go', (random: () => number) => Math.round((random() - 0.5) * 2 ** 53), () => 0.1, 3000],
    ['prices past those that a ladder can count, now and then', (random: () => number) => (random() < 0.001 ? 1e300 : Math.floor(random() * 400)), () => 0.4],
    ['a market that rises away from its levels', (random: () => number, n: number) => Math.floor(n / 10 + random() * 300), () => 0.5],
    ['a market that falls', (random: () => number, n: number) => -Math.floor(n / 5 - random() * 900), () => 0.6],
    ['a market that jumps', (random: () => number, n: number) => Math.floor(n / 500) ** 5 * (n % 1000 < 500 ? 1 : -1) + Math.floor(random() * 100), () => 0.4],
    ['a side that fills and empties', (random: () => number) => Math.floor(random() * 1000), (n: number) => (n % 8000 < 4000 ? 0.1 : 0.97)],
  ] as const)('equals a sorted map: %s', (_, drawKey, removeShare, writes: number = 20_000) => {
    for (const seed of [1, 2, 3]) {
      const { ladder, model } = run(seed, writes, drawKey, removeShare)
      expect(levelsOf(ladder)).toEqual(sorted(model))
    }
  })

  it('gives its levels in any order of reading', () => {
    const { ladder, model } = run(7, 5000, (random) => Math.floor(random() * 3000), () => 0.2)
    const levels = sorted(model)
    const random = seededRandom(8)
    for (let n = 0; n < 2000; n++) {
      const level = Math.floor(random() * levels.length)
      expect([ladder.key(level), ladder.size(level)]).toEqual(levels[level])
    }
  })

  it('starts again after clear, wherever it was', () => {
    for (const key of [500, -1e6, 1e300]) {
      const { ladder } = run(5, 3000, (random) => Math.floor(random() * 30_000), () => 0.2)
      ladder.clear()
      expect([ladder.length, ladder.sizeAt(key), ladder.above(key)]).toEqual([0, 0, 0])
      expect(ladder.write(key, 7, false)).toBe(1)
      expect(levelsOf(ladder)).toEqual([[key, 7]])
    }
  })

  it('keeps no more room than its levels need, however far apart their prices are', () => {
    const ladder = new LevelLadder()
    for (let n = 0; n < 100_000; n++) {
      ladder.write(n * 1e6, 1, false)
      if (n >= 15) ladder.write((n - 15) * 1e6, 0, false)
    }
    expect(ladder.length).toBe(15)
    expect(ladder['sizes'].length).toBe(256)
    for (let n = 0; n < 30_000; n++) ladder.write(-n * 1e6, 1, false)
    expect(ladder['sizes'].length).toBe(65_536)
  })
})
