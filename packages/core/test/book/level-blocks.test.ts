import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/index.js'
import { LevelBlocks } from '../../src/book/level-blocks.js'

/** Best first. */
type Model = [key: number, size: number][]

function blockLevels(blocks: LevelBlocks): Model {
  return Array.from({ length: blocks.length }, (_, level) => [blocks.key(level), blocks.size(level)])
}

/** Runs changes through the blocks and through a map, and compares what each of them says on the way. */
function run(seed: number, changes: number, drawKey: (random: () => number, n: number) => number, removeShare: (n: number) => number): { blocks: LevelBlocks; model: Map<number, number> } {
  const random = seededRandom(seed)
  const blocks = new LevelBlocks()
  const model = new Map<number, number>()
  for (let n = 0; n < changes; n++) {
    const key = drawKey(random, n)
    const found = blocks.seek(key)
    if (found !== model.has(key)) throw new Error(`change ${n}: key ${key} found ${found}`)
    if (n % 101 === 0) {
      const above = [...model.keys()].filter((held) => held > key).length
      if (blocks.depth !== above) throw new Error(`change ${n}: depth ${blocks.depth}, expected ${above}`)
    }
    if (found && blocks.held() !== model.get(key)) throw new Error(`change ${n}: size ${blocks.held()}, expected ${model.get(key)}`)
    if (random() < removeShare(n)) {
      if (found) blocks.remove()
      model.delete(key)
    } else {
      const size = 1 + Math.floor(random() * 100)
      if (found) blocks.resize(size)
      else blocks.insert(key, size)
      model.set(key, size)
    }
  }
  return { blocks, model }
}

const sorted = (model: Map<number, number>): Model => [...model].sort(([a], [b]) => b - a)

describe('LevelBlocks', () => {
  it.each([
    ['thousands of levels', (random: () => number) => Math.floor(random() * 20_000), () => 0.3],
    ['a dense ladder', (random: () => number) => Math.floor(random() * 200), () => 0.4],
    ['prices as far apart as doubles go', (random: () => number) => Math.round((random() - 0.5) * 2 ** 53), () => 0.1],
    ['negative keys, as asks have', (random: () => number) => -1 - Math.floor(random() ** 3 * 5000), () => 0.5],
    ['a market that walks away from its levels', (random: () => number, n: number) => Math.floor(n / 10 + random() * 300), () => 0.5],
    ['a book that fills and empties', (random: () => number) => Math.floor(random() * 1000), (n: number) => (n % 8000 < 4000 ? 0.1 : 0.95)],
  ] as const)('equals a sorted map: %s', (_, drawKey, removeShare) => {
    for (const seed of [1, 2, 3]) {
      const { blocks, model } = run(seed, 20_000, drawKey, removeShare)
      expect(blockLevels(blocks)).toEqual(sorted(model))
    }
  })

  it.each([11, 12, 13])('equals a sorted map while a few blocks fill, split, empty and join, seed %i', (seed) => {
    const { blocks, model } = run(seed, 1200, (random) => Math.floor(random() * 500), (n) => (n % 600 < 350 ? 0.05 : 0.9))
    expect(blockLevels(blocks)).toEqual(sorted(model))
  })

  it('joins blocks that have become sparse, upwards and downwards, and no others', () => {
    const filled = (): LevelBlocks => {
      const blocks = new LevelBlocks()
      for (let key = 0; key < 320; key++) {
        blocks.seek(key)
        blocks.insert(key, key + 1)
      }
      return blocks
    }
    // Rising keys leave blocks of 32 behind; the last one goes on to fill.
    const count = filled()['blocks']
    expect([...filled()['counts'].subarray(0, count)]).toEqual([32, 32, 32, 32, 32, 32, 32, 32, 64])
    const without = (gone: readonly number[]): number[] => {
      const blocks = filled()
      for (const key of gone) {
        expect(blocks.seek(key)).toBe(true)
        blocks.remove()
      }
      expect(blockLevels(blocks).map(([key]) => key)).toEqual(Array.from({ length: 320 }, (_, n) => 319 - n).filter((key) => !gone.includes(key)))
      expect(blockLevels(blocks).every(([key, size]) => size === key + 1)).toBe(true)
      return [...blocks['counts'].subarray(0, blocks['blocks'])]
    }
    const keys = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n)
    // Sixteen are enough to stay apart; with fifteen a block takes in its better neighbour, 47 in all.
    expect(without(keys(64, 80))).toEqual([32, 32, 16, 32, 32, 32, 32, 32, 64])
    expect(without(keys(64, 81))).toEqual([32, 32, 47, 32, 32, 32, 32, 64])
    // The last but one has none but a full block above it and joins the one below.
    expect(without(keys(224, 241))).toEqual([32, 32, 32, 32, 32, 32, 47, 64])
    // The best block stays where its neighbour is too full for it: 33 and 15 make 48, 34 would make 49.
    expect(without(keys(256, 305))).toEqual([32, 32, 32, 32, 32, 32, 32, 47])
    expect(without([...keys(256, 304)])).toEqual([32, 32, 32, 32, 32, 32, 32, 32, 16])
    // An empty block goes.
    expect(without(keys(0, 32)).reduce((a, b) => a + b)).toBe(288)
    expect(without(keys(0, 320))).toEqual([])
  })

  it('takes room once more for blocks that came and went', () => {
    const blocks = new LevelBlocks()
    for (let n = 0; n < 1500; n++) {
      blocks.seek(n * 1e6)
      blocks.insert(n * 1e6, n + 1)
      if (n < 100) continue
      blocks.seek((n - 100) * 1e6)
      blocks.remove()
    }
    expect(blockLevels(blocks)).toEqual(Array.from({ length: 100 }, (_, level) => [(1499 - level) * 1e6, 1500 - level]))
    expect(blocks['keys'].length).toBeLessThanOrEqual(8 * 64)
    blocks.clear()
    for (let n = 0; n < 300; n++) {
      blocks.seek(-n)
      blocks.insert(-n, n + 1)
    }
    expect(blockLevels(blocks)).toEqual(Array.from({ length: 300 }, (_, level) => [-level, level + 1]))
  })

  it.each([21, 22, 23])('takes levels in and gives them back at its best end, wherever it was last sought, seed %i', (seed) => {
    const { blocks, model } = run(seed, 3000, (random) => Math.floor(random() * 1000), () => 0.4)
    const random = seededRandom(seed)
    const keys = sorted(model).map(([key]) => key)
    for (let n = 0; n < 3000; n++) {
      // Now and then emptied, or grown by several blocks.
      if (random() < (n % 1500 < 750 ? 0.8 : 0.1)) {
        const best = keys.shift()
        if (best !== undefined) blocks.removeBest()
      } else {
        const best = (keys[0] ?? 0) + 1 + Math.floor(random() * 5)
        blocks.insertBest(best, n + 1)
        keys.unshift(best)
      }
      const sought = keys[Math.floor(random() * keys.length)] ?? 7
      const place = keys.findIndex((key) => key <= sought)
      const found = blocks.seek(sought)
      if (found !== keys.includes(sought) || blocks.depth !== (place < 0 ? 0 : place)) throw new Error(`change ${n}: ${sought} found ${found} at ${blocks.depth}, expected ${place}`)
    }
    expect(blockLevels(blocks).map(([key]) => key)).toEqual(keys)
  })

  it('starts again after clear', () => {
    const { blocks } = run(5, 5000, (random) => Math.floor(random() * 1000), () => 0.2)
    blocks.clear()
    expect(blocks.seek(500)).toBe(false)
    expect(blocks.depth).toBe(0)
    blocks.insert(500, 7)
    expect(blockLevels(blocks)).toEqual([[500, 7]])
  })

  it('keeps no more room than its levels need, however far apart their prices were', () => {
    const blocks = new LevelBlocks()
    for (let n = 0; n < 200_000; n++) {
      blocks.seek(n * 1e6)
      blocks.insert(n * 1e6, 1)
      if (n < 100) continue
      blocks.seek((n - 100) * 1e6)
      blocks.remove()
    }
    expect(blocks.length).toBe(100)
    expect(blocks['keys'].length).toBeLessThanOrEqual(16 * 64)
  })
})
