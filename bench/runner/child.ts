import { setTimeout } from 'node:timers/promises'
import type { Enter, Score } from './contest.ts'

/** `node child.ts MODULE DATA_FOLDER MODE`: one process, one contestant; prints its score as JSON. */
const [, , module = '', folder = '', mode = ''] = process.argv
const warmUpPasses = 1
const atLeastPasses = 2
const budgetSeconds = 3

const { enter } = (await import(module)) as { enter: Enter }
const contestant = await enter(folder, mode)
const hash = await contestant.hash()
for (let pass = 0; pass < warmUpPasses; pass++) await contestant.run()

let cpuSeconds = Infinity
let wallSeconds = Infinity
const begun = performance.now()
for (let pass = 0; pass < atLeastPasses || performance.now() - begun < budgetSeconds * 1000; pass++) {
  globalThis.gc?.()
  // Other threads sweep up behind it, and their time would count as the pass's.
  await setTimeout(30)
  const cpuFrom = process.cpuUsage()
  const wallFrom = performance.now()
  await contestant.run()
  wallSeconds = Math.min(wallSeconds, (performance.now() - wallFrom) / 1000)
  const { user, system } = process.cpuUsage(cpuFrom)
  cpuSeconds = Math.min(cpuSeconds, (user + system) / 1e6)
}
const score: Score = { hash, units: contestant.units, cpuSeconds, wallSeconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 }
process.stdout.write(`${JSON.stringify(score)}\n`)
