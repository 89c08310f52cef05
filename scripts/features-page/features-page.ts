interface Entry {
  readonly name: string
  readonly summary: string
  readonly formula: string
  readonly facts: readonly (readonly [name: string, text: string])[]
}

/** The page of all features from the sources of `packages/core/src/features`, by file name: their docblocks are the manual. */
export function featuresPage(sources: ReadonlyMap<string, string>): string {
  const entries = [...sources].flatMap(([file, source]) => entriesOf(file, source)).sort((a, b) => a.name.localeCompare(b.name, 'en'))
  return [
    '# Features',
    '',
    `${entries.length} features, made from their docblocks by \`npm run docs:features\`. Their columns on a real day are compared with a second implementation by \`npm run verify:features\`, which prints a line each.`,
    '',
    entries.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(' · '),
    ...entries.flatMap(sectionOf),
    '',
  ].join('\n')
}

function entriesOf(file: string, source: string): Entry[] {
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
  '', `## ${name}`, '', summary, '', '```', formula, '```', '', '| | |', '|---|---|',
  ...facts.filter(([, text]) => text.trim() !== '').map(([fact, text]) => `| ${fact} | ${text.trim().replaceAll('|', '\\|')} |`),
]
