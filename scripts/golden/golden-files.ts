import type { MarketEvent } from '@rxlob/core'
import { toEventLines } from './event-lines.ts'
import { goldenSessions } from './golden-sessions.ts'

const goldenCommand = 'npm run build && node scripts/make-golden.ts'

/** Texts of all files under `packages/core/test/golden` that the sessions are made of, by path. */
export async function goldenFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const { name, about, events } of await goldenSessions()) {
    files.set(`${name}/events.jsonl`, toEventLines(events))
    files.set(`${name}/README.md`, readme(name, about, events))
  }
  return files
}

function readme(name: string, about: string, events: readonly MarketEvent[]): string {
  const counts = new Map<string, number>()
  for (const event of events) {
    const kind = event.kind === 'order' ? `order ${event.action}` : event.kind === 'status' ? `status ${event.status}` : event.kind
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return `# ${name}

${about}

Synthetic: made by \`@rxlob/adapters-simulator\`. \`events.jsonl\` holds one \`MarketEvent\` a line, in \`tsLocal\` order; JSON has no infinities, so they are the
strings \`"Infinity"\` and \`"-Infinity"\`.

| events | count |
|---|---|
${[...counts].map(([kind, count]) => `| ${kind} | ${count} |`).join('\n')}

Made again, to the same bytes, by

    ${goldenCommand}
`
}
