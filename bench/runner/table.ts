import type { Row, Target } from './contest-rows.ts'
import { bestNanos, spreadOf, type Result } from './interleave.ts'

const ratioText = (ratio: number): string => (ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2))

/** Ratio of speeds against a target's peer; undefined where the peer is absent. */
function ratioOf(results: readonly Result[], { against }: Target): number | undefined {
  const [own, ...others] = results
  const peers = others.filter(({ entrant, scores }) => scores.length > 0 && (against === 'best peer' || entrant.label === against))
  return peers.length === 0 ? undefined : Math.min(...peers.map(bestNanos)) / bestNanos(own!)
}

/** Lines of a Markdown table: an entrant a line, its target beside it. */
export function tableOf(row: Row, results: readonly Result[]): string[] {
  const [own] = results
  const lines = results.map((result) => {
    const { entrant, scores, absent } = result
    if (scores.length === 0) return `| ${row.name} | ${entrant.label} | absent: ${absent} | | | | | |`
    const ratio = result === own ? '' : ratioText(bestNanos(result) / bestNanos(own!))
    const target = row.targets.find(({ against }) => against === entrant.label)
    const verdict = target === undefined ? '' : bestNanos(result) / bestNanos(own!) >= target.atLeast ? 'met' : 'not met'
    const peak = Math.max(...scores.map(({ peakMegabytes }) => peakMegabytes))
    return `| ${row.name} | ${entrant.label} | ${bestNanos(result).toFixed(1)} | ${spreadOf(result).toFixed(2)} | ${peak.toFixed(0)} | ${ratio} | ${target === undefined ? '' : ratioText(target.atLeast)} | ${verdict} |`
  })
  const best = row.targets.find(({ against }) => against === 'best peer')
  const ratio = best && ratioOf(results, best)
  if (best !== undefined && ratio !== undefined) lines.push(`| ${row.name} | best peer | | | | ${ratioText(ratio)} | ${ratioText(best.atLeast)} | ${ratio >= best.atLeast ? 'met' : 'not met'} |`)
  return lines
}

export const tableHead: readonly string[] = [
  '| row | program | CPU ns a unit, best | worst round / best | peak MB | rxlob is faster by | target | |',
  '|---|---|---|---|---|---|---|---|',
]
