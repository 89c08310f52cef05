/** `node --cpu-prof bench/profile.ts CONTESTANT MODE` then `node bench/profile.ts --read FILE`: where the time of one contestant goes. */
import { readFileSync } from 'node:fs'
import { places } from './runner/places.ts'
import type { Enter } from './runner/contest.ts'

const [, , first = '', second = ''] = process.argv

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }; readonly hitCount: number }[]
}

if (first === '--read') {
  const { nodes } = JSON.parse(readFileSync(second, 'utf8')) as Profile
  const hits = new Map<string, number>()
  let total = 0
  for (const { callFrame, hitCount } of nodes) {
    const name = `${callFrame.functionName || '(anonymous)'} ${callFrame.url.split('/').slice(-3).join('/')}:${callFrame.lineNumber + 1}`
    hits.set(name, (hits.get(name) ?? 0) + hitCount)
    total += hitCount
  }
  for (const [name, count] of [...hits].toSorted((a, b) => b[1] - a[1]).slice(0, 40)) console.log(`${((100 * count) / total).toFixed(1).padStart(5)} %  ${name}`)
} else {
  const { enter } = (await import(`./contestants/${first}.ts`)) as { enter: Enter }
  const contestant = await enter(places().data, second)
  for (let pass = 0; pass < 3; pass++) await contestant.run()
}
