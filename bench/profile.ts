/** `node --cpu-prof bench/profile.ts CONTESTANT MODE` then `node bench/profile.ts --read FILE`: where the time of one contestant goes. */
import { readFileSync } from 'node:fs'
import { places } from './runner/places.ts'
import type { Enter } from './runner/contest.ts'

const [, , first = '', second = ''] = process.argv

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }; readonly hitCount: number; readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[] }[]
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
  const print = (counts: Map<string, number>, most: number): void => {
    for (const [name, count] of [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, most)) console.log(`${((100 * count) / total).toFixed(1).padStart(5)} %  ${name}`)
  }
  print(hits, 25)
  const lines = new Map<string, number>()
  for (const { callFrame, positionTicks = [] } of nodes) {
    for (const { line, ticks } of positionTicks) {
      const text = callFrame.url.startsWith('file:') ? (readFileSync(new URL(callFrame.url), 'utf8').split('\n')[line - 1] ?? '').trim() : ''
      const name = `${callFrame.url.split('/').at(-1)}:${line} ${text}`
      lines.set(name, (lines.get(name) ?? 0) + ticks)
    }
  }
  console.log('')
  print(lines, 45)
} else {
  const { enter } = (await import(`./contestants/${first}.ts`)) as { enter: Enter }
  const contestant = await enter(places().data, second)
  for (let pass = 0; pass < 6; pass++) await contestant.run()
}
