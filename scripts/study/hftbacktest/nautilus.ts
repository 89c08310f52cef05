import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Micros } from '@rxlob/core'
import { benchPython } from './bench-python.ts'

export interface NautilusTask {
  readonly rows: string
  readonly firstMicros: Micros
  readonly stepMicros: Micros
  readonly quantity: number
  readonly maxQuantity: number
  /** From a row's time to when the strategy sees it. */
  readonly shiftMicros: Micros
  /** From a decision to when it meets the market as it was seen. */
  readonly delayMicros: Micros
  readonly inverse: boolean
  /** The first is not counted. */
  readonly rounds: number
}

export interface NautilusRun {
  readonly version: string
  readonly fillRule: string
  readonly fills: number
  /** In ticks times lots, or lots per tick of an inverse contract. */
  readonly net: number
  readonly orders: number
  readonly items: number
  readonly seconds: number
  readonly wallSeconds: number
}

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** The quoting strategy in nautilus_trader, or nothing where it is not installed. */
export const nautilus = (task: NautilusTask): NautilusRun | undefined => (existsSync(benchPython('nautilus')) ? (run('nautilus.py', task) as NautilusRun) : undefined)

/** The same by its fill rule alone, in a few lines of Python: what the rule explains. */
export const oppositeBest = (task: NautilusTask): Pick<NautilusRun, 'fills' | 'net' | 'orders'> => run('opposite_best.py', task) as NautilusRun

function run(name: string, task: NautilusTask): unknown {
  const python = benchPython('nautilus')
  const { stdout, stderr, status } = spawnSync(python, [script(name), JSON.stringify(task)], { encoding: 'utf8', maxBuffer: 2 ** 24 })
  if (status !== 0) throw new Error(`${python}: ${stderr}\nInstall it: sh scripts/study/install-nautilus.sh`)
  return JSON.parse(stdout)
}
