import { appendFileSync, closeSync, fstatSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'

/** What a run writes down as it goes, so that another process can go on where one hung: one JSON array a line. */
export type JournalLine =
  | readonly ['trying', mutant: string, test: string]
  | readonly ['killed', mutant: string, test: string]
  | readonly ['survived', mutant: string, test: string]
  /** Hung or ran into the limit of hits. */
  | readonly ['timeout', mutant: string, test: string]
  /** Its own code ran only while modules were loaded, when no mutant was on. */
  | readonly ['static', mutants: readonly string[], file: string]
  | readonly ['done', test: string]
  | readonly ['slow', test: string, covered: readonly string[], cpuMillis: number]
  /** The test fails without a mutant once others were on: what it killed does not count. */
  | readonly ['unrepeatable', test: string]

export interface Journal {
  readonly dead: ReadonlyMap<string, 'killed' | 'timeout'>
  readonly covered: ReadonlySet<string>
  readonly done: ReadonlySet<string>
  /** CPU milliseconds of the tests that took too long for a pass. */
  readonly slow: ReadonlyMap<string, number>
  readonly unrepeatable: ReadonlySet<string>
  /** Mutants in code that runs while modules load. */
  readonly loading: ReadonlySet<string>
  /** "mutant test" of every attempt that ended. */
  readonly judged: ReadonlySet<string>
  readonly killers: ReadonlyMap<string, string>
  /** Tried and never heard of again: the process ended in them. */
  readonly lost: readonly (readonly [mutant: string, test: string])[]
}

export const journal = {
  start: (path: string): void => writeFileSync(path, ''),

  write: (path: string, line: JournalLine): void => appendFileSync(path, `${JSON.stringify(line)}\n`),

  /** A mutant is on: the last line says so. */
  isTrying(path: string): boolean {
    const file = openSync(path, 'r')
    const { size } = fstatSync(file)
    const tail = Buffer.alloc(Math.min(size, 1000))
    readSync(file, tail, 0, tail.length, size - tail.length)
    closeSync(file)
    return tail.toString().trimEnd().split('\n').at(-1)!.startsWith('["trying"')
  },

  read(path: string): Journal {
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as JournalLine)
    const unrepeatable = new Set(lines.flatMap((line) => (line[0] === 'unrepeatable' ? [line[1]] : [])))
    const dead = new Map<string, 'killed' | 'timeout'>()
    const killers = new Map<string, string>()
    const covered = new Set<string>()
    const done = new Set<string>()
    const slow = new Map<string, number>()
    const loading = new Set<string>()
    const judged = new Set<string>()
    const lost: [string, string][] = []
    let trying: [string, string] | undefined
    for (const line of lines) {
      if (trying !== undefined && trying[0] !== line[1]) lost.push(trying)
      trying = line[0] === 'trying' ? [line[1], line[2]] : undefined
      if (line[0] === 'done') done.add(line[1])
      if (line[0] === 'slow') {
        slow.set(line[1], line[3])
        for (const mutant of line[2]) covered.add(mutant)
      }
      if (line[0] === 'static') for (const mutant of line[1]) loading.add(mutant)
      if (line[0] !== 'killed' && line[0] !== 'survived' && line[0] !== 'timeout') continue
      covered.add(line[1])
      judged.add(`${line[1]} ${line[2]}`)
      if (line[0] !== 'survived' && !unrepeatable.has(line[2])) {
        dead.set(line[1], line[0])
        killers.set(line[1], line[2])
      }
    }
    if (trying !== undefined) lost.push(trying)
    return { dead, covered, done, slow, unrepeatable, loading, judged, killers, lost: lost.filter((pair) => !judged.has(pair.join(' '))) }
  },
} as const
