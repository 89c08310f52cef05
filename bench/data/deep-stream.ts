import { uniform } from './uniform.ts'

const nearTicks = 1500
const reachTicks = 30_000
const roundTicks = 10

/** Every price close to the mid can hold a level; farther away only round ones do. */
const canHold = (ticks: number, distance: number): boolean => distance <= nearTicks || ticks % roundTicks === 0

/**
 * Level changes like those of a liquid crypto pair: about 3,000 levels a side over 30,000 ticks, changes log-uniform in the distance from the
 * mid (half of them within 170 ticks), four in ten of them removals, a mid that walks and leaves nothing crossed.
 *
 * @param changes Changes after the opening book.
 */
export function deepStream(seed: number, changes: number): { opening: number; values: number[] } {
  const random = uniform(seed)
  const values: number[] = []
  const sides = new Map<1 | -1, Set<number>>([[1, new Set()], [-1, new Set()]])
  let mid = 1_000_000
  const write = (side: 1 | -1, ticks: number, lots: number): void => {
    if (lots > 0) sides.get(side)!.add(ticks)
    else sides.get(side)!.delete(ticks)
    values.push(side, ticks, lots)
  }
  const lots = (): number => 1 + Math.floor(random() ** 3 * 5_000)
  for (const side of [1, -1] as const) {
    for (let distance = 1; distance <= reachTicks; distance++) {
      const ticks = mid - side * distance
      if (canHold(ticks, distance) && random() < 0.667) write(side, ticks, lots())
    }
  }
  const opening = values.length / 3
  let written = 0
  while (written < changes) {
    if (random() < 0.005) {
      const step = random() < 0.5 ? 1 : -1
      mid += step
      const crossed = step === 1 ? -1 : 1
      if (sides.get(crossed)!.has(mid)) {
        write(crossed, mid, 0)
        written++
      }
      continue
    }
    const side = random() < 0.5 ? 1 : -1
    const distance = Math.floor(Math.exp(random() * Math.log(reachTicks)))
    const ticks = mid - side * distance
    if (!canHold(ticks, distance)) continue
    const held = sides.get(side)!.has(ticks)
    write(side, ticks, held && random() < 0.5 ? 0 : lots())
    written++
  }
  return { opening, values }
}
