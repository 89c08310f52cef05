import type { Measured } from './measured.ts'

interface Entry {
  readonly name: string
  readonly summary: string
  readonly formula: string
  readonly facts: readonly (readonly [name: string, text: string])[]
}

/** The page of all features from the sources of `packages/core/src/features`, by file name: their docblocks are the manual. */
export function featuresPage(sources: ReadonlyMap<string, string>, found: Measured): string {
  const entries = [...sources].flatMap(([file, source]) => entriesOf(file, source, found)).sort((a, b) => a.name.localeCompare(b.name, 'en'))
  return [
    '# Features',
    '',
    `${entries.length} features, made from their docblocks by \`npm run docs:features\`. Their columns on a real day are compared with a second implementation by \`npm run verify:features\`, which prints a line each.`,
    `Nanoseconds an event are CPU time beyond that of the book, of the form whose column is named, over ${found.events.toLocaleString('en')} events of the simulated market (${found.machine}, ${found.date}; \`npm run docs:measure\`): compare them with one another. The figures are of the same market: synthetic data.`,
    '',
    entries.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(' · '),
    ...entries.flatMap(sectionOf),
    ...sizeIncreaseTable(found),
    '',
  ].join('\n')
}

function entriesOf(file: string, source: string, { costs }: Measured): Entry[] {
  const factories = [...source.matchAll(/\/\*\*\n((?: \*[^\n]*\n)+?) \*\/\nexport function (\w+)(?:(?!\nexport )[^])*?\): Feature</g)]
  return factories.filter(([, , name]) => !name!.startsWith('define')).flatMap(([, block, name]) => {
    const lines = block!.trimEnd().split('\n').map((line) => line.replace(/^ \* ?/, ''))
    // What is not for the public has no formula and no example.
    if (!lines.some((line) => line.startsWith('@example'))) return []
    const tagAt = lines.findIndex((line) => line.startsWith('@'))
    const body = lines.slice(0, tagAt < 0 ? undefined : tagAt)
    const first = body.findIndex((line) => line.startsWith('  '))
    const last = body.findLastIndex((line) => line.startsWith('  '))
    const prose = body.slice(last + 1).join(' ').replace(/\s+/g, ' ').trim()
    const [whole, cost = ''] = prose.split(/ ?Cost: /) as [string, string?]
    const nan = whole.search(/(?<=[.)] )(?:All )?NaN |^NaN /)
    const facts = [
      ['unit and columns', nan < 0 ? whole : whole.slice(0, nan)],
      ['levels read', depthOf(source)],
      ['NaN', nan < 0 ? '' : whole.slice(nan)],
      ['cost', cost],
      ['measured', timed(costs[name!])],
      ['source', tagOf(lines, '@see')],
      ['example', `\`${lines[lines.indexOf('@example') + 1] ?? ''}\``],
      ['file', `\`${file}\``],
    ] as const
    return [{ name: name!, summary: body.slice(0, first).join(' ').trim(), formula: body.slice(first, last + 1).map((line) => line.slice(2)).join('\n'), facts }]
  })
}

const tagOf = (lines: readonly string[], tag: string): string => lines.filter((line) => line.startsWith(`${tag} `)).map((line) => line.slice(tag.length + 1)).join('; ')

function depthOf(source: string): string {
  const depth = /^ {4}depth: (.+),$/m.exec(source)?.[1] ?? '1'
  if (depth === '0') return 'none: trades alone'
  return /^\d+$/.test(depth) ? depth : depth.includes('?') ? '1 for `lee-ready`, else none: trades alone' : 'as many as its option or fit says'
}

const sectionOf = ({ name, summary, formula, facts }: Entry): string[] => [
  '', `## ${name}`, '', summary, '', '```', formula, '```', '', `![${name} in the simulated market](features/${name}.svg)`, '', '| | |', '|---|---|',
  ...facts.filter(([, text]) => text.trim() !== '').map(([fact, text]) => `| ${fact} | ${text.trim().replaceAll('|', '\\|')} |`),
]

const timed = (cost: Measured['costs'][string] | undefined): string =>
  cost === undefined ? '' : `${cost.nanos === 0 ? 'less than 1' : cost.nanos} ns an event, \`${cost.column}\`${cost.columns > 1 ? ` and ${cost.columns - 1} more` : ''}`

/** What is left of the simplified formula beside the real one. */
function sizeIncreaseTable({ sizeIncrease }: Measured): string[] {
  return [
    '', '## Size-increase imbalance against OFI', '',
    'R2 of the change of the mid on the sum of each imbalance in the same window: how much of the moves goes with them, not a forecast. The formula that counts only growing sizes by rank, common in plans and blog posts,',
    'misses what is taken and cancelled, and compares different prices whenever the best one moves.',
    ...sizeIncrease.flatMap(({ data, rows }) => {
      const names = Object.keys(rows[0]!.r2)
      return ['', `**${data}**`, '', `| window | windows | ${names.map((name) => `\`${name}\``).join(' | ')} |`, `|--:|--:|${names.map(() => '--:').join('|')}|`,
        ...rows.map(({ seconds, windows, r2 }) => `| ${seconds} s | ${windows} | ${names.map((name) => r2[name]!.toFixed(4)).join(' | ')} |`)]
    }),
  ]
}
