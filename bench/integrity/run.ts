// One faulty stream after another into rxlob, tardis-dev and ccxt: who noticed what. Writes docs/integrity.md.
// npm run study:integrity (the peers: npm install --prefix bench)
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { seededRandom } from '@rxlob/core'
import { faults, type Fault, type Slot } from './faults.ts'
import { market } from './market.ts'
import type { MakeSystem, Shown, Wire } from './system.ts'
import { ccxt } from './systems/ccxt.ts'
import { rxlob } from './systems/rxlob.ts'
import { tardis } from './systems/tardis.ts'
import { heartbeatTexts, openingText, textOf } from './texts.ts'

const seed = 20261125
/** When the fault begins: everything is in step long before. */
const faultAt = 100
/** Levels a side that are compared. */
const compared = 5

const version = (name: string): string => (JSON.parse(readFileSync(resolve(import.meta.dirname, `../node_modules/${name}/package.json`), 'utf8')) as { version: string }).version
const systems: readonly (readonly [string, MakeSystem])[] = [
  ['rxlob', rxlob],
  [`tardis-dev ${version('tardis-dev')}`, tardis(false)],
  ['the same, `removeCrossedLevels`', tardis(true)],
  [`ccxt ${version('ccxt')}`, ccxt],
]
const venues: Readonly<Record<Wire, string>> = {
  binance: 'Binance spot', 'binance-usdm': 'Binance USD-M', 'coinbase-advanced': 'Coinbase Advanced Trade', 'coinbase-exchange': 'Coinbase Exchange `level2_batch`',
}

interface Outcome {
  readonly told: readonly string[]
  /** Messages until something was said, from the first that could show the fault. */
  readonly after: number | undefined
  /** Slots in which a wrong book was shown as a good one. */
  readonly wrong: number
  readonly invalid: number
  readonly slots: number
  readonly end: 'right' | 'wrong' | 'none'
}

async function outcomeOf(make: MakeSystem, fault: Fault): Promise<Outcome | undefined> {
  const system = await make(fault.wire)
  if (system === undefined) return undefined
  const slots: Slot[] = []
  const steps = market(seededRandom(seed), fault.mood)
  const opening = steps.next().value
  for (let slot = 0; slot < fault.slots; slot++) {
    const step = steps.next().value
    slots.push({ step, texts: [textOf(fault.wire, step, slot + 1)] })
  }
  const from = fault.apply(slots, faultAt)
  const begins = fault.wire.startsWith('coinbase')
  await system.step(begins && make !== rxlob ? [openingText(fault.wire, opening, 0)] : [], opening, 0)
  const said = { before: 0, after: undefined as number | undefined }
  let wrong = 0
  let invalid = 0
  let right = false
  for (const [slot, { step, texts }] of slots.entries()) {
    await system.step([...texts, ...heartbeatTexts(fault.wire, slot + 1)], step, slot + 1)
    if (slot < from) {
      said.before = system.told.length
      continue
    }
    const shown = system.shown()
    right = shown !== undefined && same(shown, step.after)
    if (shown === undefined) invalid++
    else if (!right) wrong++
    if (said.after === undefined && system.told.length > said.before) said.after = slot - from
  }
  const end = system.shown() === undefined ? 'none' : right ? 'right' : 'wrong'
  system.stop()
  return { told: system.told.slice(said.before), after: said.after, wrong, invalid, slots: fault.slots - from, end }
}

function same(shown: Shown, truth: Shown): boolean {
  const top = (side: ReadonlyMap<number, number>, sign: 1 | -1): string => [...side].toSorted(([a], [b]) => sign * (a - b)).slice(0, compared).join(' ')
  return top(shown.bids, -1) === top(truth.bids, -1) && top(shown.asks, 1) === top(truth.asks, 1)
}

const lines: string[] = []
for (const fault of faults) {
  for (const [name, make] of systems) {
    const outcome = await outcomeOf(make, fault)
    const title = make === rxlob ? `${venues[fault.wire]}: ${fault.name}` : ''
    const line = outcome === undefined ? `| ${title} | ${name} | has no such feed | | | |` : lineOf(title, name, outcome)
    lines.push(line)
    console.log(line)
  }
}

function lineOf(title: string, name: string, { told, after, wrong, invalid, slots, end }: Outcome): string {
  const kinds = [...new Set(told)]
  const said = kinds.length === 0 ? 'nothing' : `${kinds.slice(0, 3).join(', ')}${kinds.length > 3 ? ', ...' : ''}${told.length > kinds.length ? ` (${told.length} times)` : ''}`
  return `| ${title} | ${name} | ${said} | ${after === undefined ? '' : after === 0 ? 'at once' : `${after} messages later`} | ${wrong} of ${slots}${invalid > 0 ? `, ${invalid} without a book` : ''} | ${end} |`
}

const page = `# Who notices what

Made by \`npm run study:integrity\` (seed ${seed}); nothing in it is written by hand. A made-up market says one message every 100 ms; its true book is known after each. From message
${faultAt} on one thing is wrong with what arrives. "At once" is the first message at which it can be noticed. A wrong book is one whose ${compared} best levels of a side differ from the venue's while the library
says that there is a book; the slots before the fault can be noticed are not counted.

| fault | library | what it tells its user | when | wrong book shown as good, messages | book in the end |
|---|---|---|---|---|---|
${lines.join('\n')}

## What was run

- **rxlob**: \`binance({ symbols, timeUnit: 'ms' })\` and \`coinbase({ symbols, feed })\` with clock, sockets and \`fetch\` in memory; the book is a \`BookTracker\` of \`events()\`. Statuses but \`connected\` count as told.
- **tardis-dev ${version('tardis-dev')}** (what npm serves; its repository is at 18.2.0): the mapper of \`normalizeBookChanges(exchange, date)\`, \`canHandle\` and \`map\` for every message, into \`new OrderBook()\` and
  \`new OrderBook({ removeCrossedLevels: true, onCrossedLevelRemoved })\`. Its live feed fetches one snapshot after it has connected; so does this run. It has no Advanced Trade feed. Not run: its stale timer and reconnects, which these faults do not reach.
- **ccxt ${version('ccxt')}**: \`handleMessage\` of \`pro.binance\`, \`pro.binanceusdm\`, \`pro.coinbase\` and \`pro.coinbaseexchange\`, which \`watchOrderBook\` runs for each message; the socket is a stub and \`fetchOrderBook\` answers from the true book.
  Rejections of \`watchOrderBook\` count as told, and it is called again at once.

The faults, their streams and the comparison are in \`bench/integrity/\`. What each venue can show at all is in the tables of
[adapters-binance](../packages/adapters-binance/README.md#what-it-can-and-cannot-notice) and [adapters-coinbase](../packages/adapters-coinbase/README.md#what-it-can-and-cannot-notice).
`
writeFileSync(join(import.meta.dirname, '../../docs/integrity.md'), page)
