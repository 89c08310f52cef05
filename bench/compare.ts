import { parseArgs } from 'node:util'
import { rows } from './rows/rows.ts'
import { build, checkout } from './runner/checkout.ts'
import { bestNanos, interleave, spreadOf } from './runner/interleave.ts'
import { libraryRoot } from './runner/library.ts'
import { benchFolder, places } from './runner/places.ts'

/** A ratio of best rounds moves this much on a shared machine without anything having changed. */
const noise = 1.3

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', multiple: true }, rounds: { type: 'string', default: '5' } },
})
const [ref] = positionals
if (ref === undefined) throw new Error('Usage: npm run bench:compare -- GIT_REF [--only ROW] [--rounds N]')

build(libraryRoot)
const before = checkout(ref, `${benchFolder()}/worktrees`)
const where = places()
let slower = 0
console.log(`| work | ${ref}, CPU ns a unit | this checkout | speed-up | spread of the rounds |\n|---|---|---|---|---|`)
const seen = new Set<string>()
for (const row of rows.filter(({ name }) => options.only === undefined || options.only.some((only) => name === only || name.startsWith(`${only}-`)))) {
  for (const entrant of row.entrants.filter(({ label }) => label.startsWith('rxlob'))) {
    const work = `${entrant.program} ${entrant.mode}`
    if (seen.has(work)) continue
    seen.add(work)
    const [old, now] = await interleave([entrant, entrant], Number(options.rounds), where, (index) => (index === 0 ? before : libraryRoot))
    const ratio = bestNanos(old!) / bestNanos(now!)
    if (ratio < 1 / noise) slower++
    console.log(`| ${work} | ${bestNanos(old!).toFixed(1)} | ${bestNanos(now!).toFixed(1)} | ${ratio.toFixed(2)} | ${spreadOf(old!).toFixed(2)}, ${spreadOf(now!).toFixed(2)} |`)
  }
}
if (slower > 0) {
  console.error(`${slower} of ${seen.size} are slower than ${ref} by more than ${noise}x.`)
  process.exitCode = 1
}
