import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { LobError } from '@rxlob/core'
import { systemClock } from '@rxlob/feed'
import { faultKinds } from './fault-kinds.js'
import { readFaultPlan, runFaultPlan } from './fault-plan.js'
import { venue, venueNames, type VenueName } from './venue.js'
import { venueServer } from './venue-server.js'

const help = `Usage: rxlob-venue <venue> [options]

A venue on this machine: a matching engine with random orders behind the REST and WebSocket
interfaces of a real exchange, and faults on demand. Point a trading application at it.

Venues: ${venueNames.join(', ')} (coinbase is the Exchange feed)

  --port N         Port on 127.0.0.1. Default 9000; 0: any that is free.
  --symbols A,B    Markets, in the venue's spelling. Default BTCUSDT,ETHUSDT or BTC-USD,ETH-USD.
  --orders N       Orders a second and market. Default 50.
  --seed N         Of markets and faults. Default 1.
  --faults FILE    A fault plan: {"faults":[{"at":5,"kind":"drop","count":3},{"every":20,"kind":"reset"}]},
                   times in seconds. --list shows every kind.
  --hurry N        Divides the venue's times (pings, 24-hour close, subscribe deadline). Default 1.
  --list           The kinds of faults.
  --help           This text.

Ends with Ctrl-C, printing what it was asked for and what it made go wrong.
`

const print = (text: string): void => void process.stdout.write(`${text}\n`)

function numberOf(name: string, text: string, least: number): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < least) throw new LobError('LOB_BAD_OPTION', `Option --${name}: expected a number of at least ${least}, got ${text}.`)
  return value
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '9000' }, symbols: { type: 'string' }, orders: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' },
      faults: { type: 'string' }, hurry: { type: 'string', default: '1' }, list: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return print(help)
  if (values.list) return print(Object.entries(faultKinds).map(([kind, text]) => `${kind.padEnd(22)} ${text}`).join('\n'))
  const [name] = positionals
  if (name === undefined || !(venueNames as readonly string[]).includes(name)) throw new LobError('LOB_BAD_OPTION', `Expected a venue (${venueNames.join(', ')}), got ${name ?? 'none'}. See rxlob-venue --help.`)
  const plan = values.faults === undefined ? undefined : readFaultPlan(readText(values.faults), values.faults)
  const port = numberOf('port', values.port, 0)
  const clock = systemClock()
  const running = venue({
    name: name as VenueName, clock, seed: numberOf('seed', values.seed, 0), ordersPerSecond: numberOf('orders', values.orders, 0), hurry: numberOf('hurry', values.hurry, 0.001),
    ...(values.symbols !== undefined && { symbols: values.symbols.split(',') }),
  })
  const server = await venueServer({ venue: running, clock, port })
  const stopPlan = plan === undefined ? undefined : runFaultPlan(plan, running.faults, clock)
  print(`${running.frontEnd.name}: REST ${server.rest}, WebSocket ${server.streams}, markets ${[...running.reference.markets.keys()].join(', ')}`)

  const end = (): void => {
    stopPlan?.()
    const { requests, weightPerMinute, connectsPerFiveMinutes, framesPerSecond, requestsDuringBan, violations } = running.politeness.report()
    const counts = new Map<string, number>()
    for (const { kind } of running.faults.log) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    const kinds = [...counts].map(([kind, count]) => `${kind} ${count}`)
    print(`\n${requests} requests, ${requestsDuringBan} of them during a ban; at worst ${weightPerMinute} weight a minute, ${connectsPerFiveMinutes} connections in five minutes, ${framesPerSecond} frames a second.`)
    print(`faults: ${kinds.length === 0 ? 'none' : kinds.join(', ')}`)
    for (const violation of violations) print(`impolite: ${violation}`)
    running.stop()
    void server.stop().then(() => process.exit(0))
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new LobError('LOB_BAD_OPTION', `Option --faults: cannot read ${path}: ${(error as Error).message}.`, {}, { cause: error })
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`rxlob-venue: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(2)
})
