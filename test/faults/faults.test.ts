import { describe, expect, it } from 'vitest'
import { badInput } from '../../scripts/faults/bad-input.ts'
import { backPressure } from '../../scripts/faults/back-pressure.ts'
import { correctStreams } from '../../scripts/faults/correct-streams.ts'
import { clocks, determinism, replaySeed, seedsThatFailed } from '../../scripts/faults/determinism.ts'
import { gaps } from '../../scripts/faults/gaps.ts'
import { largeSnapshot } from '../../scripts/faults/large-snapshot.ts'
import { manyStreams } from '../../scripts/faults/many-streams.ts'
import { realSockets } from '../../scripts/faults/real-sockets.ts'
import type { RowOptions, RowResult } from '../../scripts/faults/report.ts'
import { runSolo, schedules } from '../../scripts/faults/schedules.ts'

const minutes = 240_000
const options = (scale: number): RowOptions => ({ seed: 7, scale, progress() {} })

/** The parts of the gate that fit into every run; `npm run test:faults` is the whole. */
const parts: Readonly<Record<string, () => Promise<RowResult | readonly RowResult[]>>> = {
  'G3: many symbols on few sockets': () => manyStreams(options(0.05)),
  'G4 G6: correct streams': () => correctStreams(options(0.002)),
  'G5: gaps, told by the next event': () => gaps(options(0.02)),
  'G7: random schedules of every fault': () => schedules(options(0.01)),
  'G8: real sockets': () => realSockets(options(0.008)),
  'G11: mutated frames': () => badInput(options(0.004)),
  'G15: a slow reader': () => backPressure(options(0.1)),
  'G16: the same bytes twice': () => determinism(options(1)),
  'G17: clocks that jump': () => clocks(options(0.1)),
  'F54: a snapshot of 10 MiB beside twenty streams': () => largeSnapshot(options(1)),
}

describe('the fault suite', () => {
  it.each(Object.keys(parts))('%s', async (name) => {
    const results = [await parts[name]!()].flat()
    expect(results.flatMap(({ failures }) => failures)).toEqual([])
    for (const { injected, delivered } of results) expect(injected + delivered).toBeGreaterThan(0)
  }, minutes)

  it.each(seedsThatFailed)('seed %i, which once failed', async (seed) => {
    expect((await replaySeed(seed)).failures).toEqual([])
  }, minutes)
})

describe('the suite itself', () => {
  it('sees a wrong book that nobody tells of: a lost message without numbers, overwritten in time', async () => {
    const { told, live, failures, blind } = await runSolo('level2_batch', 'drop', 3)
    expect({ told, live, failures, blind }).toEqual({ told: false, live: true, failures: [], blind: 1 })
  }, minutes)

  it('one that is not overwritten is found by the audit', async () => {
    const { told, lost, live, failures, foundMicros } = await runSolo('level2_batch', 'drop', 14)
    expect({ told, lost, live, failures }).toEqual({ told: true, lost: true, live: true, failures: [] })
    expect(foundMicros).toBeGreaterThan(5_000_000)
  }, minutes)

  it('counts nothing as told where nothing was: repeated heartbeats are no news', async () => {
    const { told, lost, live, failures } = await runSolo('level2_batch', 'duplicate', 3)
    expect({ told, lost, live, failures }).toEqual({ told: false, lost: false, live: true, failures: [] })
  }, minutes)
})
