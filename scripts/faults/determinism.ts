import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '@rxlob/core'
import { systemClock } from '@rxlob/feed'
import { randomFaultPlan, runFaultPlan } from '@rxlob/testkit/venues'
import { kindsOf } from './kinds.ts'
import { scaled, tally, type RowOptions, type RowResult } from './report.ts'
import { feeds, rig, sourceOf, type FeedName } from './rig.ts'
import { becomesLive, runSchedule } from './schedules.ts'

/** SHA-256 of every event of a faulty run. */
async function eventsHash(feed: FeedName, seed: number): Promise<{ readonly hash: string; readonly events: number }> {
  const running = rig({ feed, seed })
  const { clock, venue, outside, symbols } = running
  const hash = createHash('sha256')
  let events = 0
  const subscription = sourceOf(feed, symbols, outside).events().subscribe((event) => {
    events++
    hash.update(`${JSON.stringify(event)}\n`)
  })
  await clock.advance(5_000_000)
  const stop = runFaultPlan(randomFaultPlan({ random: seededRandom(seed), kinds: kindsOf(feed), symbols, faults: 20, seconds: 60 }), venue.faults, clock)
  await clock.advance(90_000_000)
  stop()
  subscription.unsubscribe()
  await running.stop()
  return { hash: hash.digest('hex'), events }
}

const hashesOf = (log: string): string[] => log.split('\n').filter((line) => line.includes('sha256')).map((line) => line.trim())

/** G16: the same seed gives the same bytes, twice. */
export async function determinism(options: RowOptions): Promise<RowResult> {
  const g16 = tally('G16', 'determinism', 'the same input and seed give the same bytes', options)
  for (const feed of feeds) {
    const seed = options.seed * 31 + feeds.indexOf(feed)
    const first = await eventsHash(feed, seed)
    const second = await eventsHash(feed, seed)
    const other = await eventsHash(feed, seed + 1)
    if (first.hash !== second.hash) g16.fail(`${feed}: seed ${seed} gave ${first.events} and ${second.events} events that differ`)
    if (first.hash === other.hash) g16.fail(`${feed}: another seed gave the same`)
    g16.sums.produced += first.events
    g16.sums.delivered += first.events
    g16.notes.push(`${feed}: ${first.events.toLocaleString('en')} events, sha256 ${first.hash.slice(0, 16)}, twice`)
    options.progress(`G16 ${feed}`)
  }
  const { secondNode } = options
  if (secondNode === undefined) g16.notes.push(`node ${process.version}; for a second version: --second-node FILE`)
  else {
    const version = execFileSync(secondNode, ['--version'], { encoding: 'utf8' }).trim()
    const theirs = hashesOf(execFileSync(secondNode, [fileURLToPath(import.meta.resolve('../test-faults.ts')), '--rows', 'G16', '--seed', `${options.seed}`], { encoding: 'utf8' }))
    const differ = hashesOf(g16.notes.join('\n')).filter((line, at) => line !== theirs[at])
    if (differ.length > 0) g16.fail(`node ${version} gave other events: ${theirs.join('; ')}`)
    g16.notes.push(`node ${process.version} and ${version}${differ.length > 0 ? '' : ': the same'}`)
  }
  return g16.result(`${feeds.length} feeds, each twice${secondNode === undefined ? '' : ', and on a second version'}`, secondNode === undefined)
}

const gateSchedules = 100
const hour = 3_600_000
/** ±1 h (daylight saving starts and ends), ±1 day, a leap second, and small corrections. */
const steps = [hour, -hour, 24 * hour, -24 * hour, 1000, -1000, 120, -120]

/** G17: wall clocks jump, ours and the venue's; nothing is reordered and no time is negative. */
export async function clocks(options: RowOptions): Promise<RowResult> {
  const g17 = tally('G17', 'clock independence', '100 schedules of steps of an hour, a day, a second: no reordering, no negative durations', options)
  const schedules = scaled(gateSchedules, options.scale)
  const random = seededRandom(options.seed + 17)
  const { now: wall } = Date
  for (let schedule = 0; schedule < schedules; schedule++) {
    let skew = 0
    Date.now = () => wall() + skew
    try {
      const clock = systemClock()
      let last = clock.now()
      let longest = 0
      const began = performance.now()
      for (let reading = 0; reading < 2000; reading++) {
        if (random() < 0.02) {
          skew += steps[Math.floor(random() * steps.length)]!
          g17.sums.injected++
        }
        const now = clock.now()
        if (now < last) g17.fail(`schedule ${schedule}: the clock went back ${last - now} us`)
        longest = Math.max(longest, now - last)
        last = now
      }
      // Nothing may pass that did not pass on the monotonic clock.
      if (longest > (performance.now() - began) * 1000 + 10) g17.fail(`schedule ${schedule}: ${longest} us passed at once`)
    } finally {
      Date.now = wall
    }
  }
  const stepped = scaled(20, options.scale)
  for (let at = 0; at < stepped; at++) {
    const feed = feeds[at % feeds.length]!
    const running = rig({ feed, seed: options.seed * 50 + at })
    const { clock, venue, watch } = running
    running.start()
    await becomesLive(running, 60_000_000)
    for (let step = 0; step < 10; step++) {
      // A venue whose clock is hours off refuses logins, rightly: that is not what is tried here.
      venue.faults.inject({ kind: 'clock-step', seconds: steps[Math.floor(random() * steps.length)]! / 1000 })
      g17.sums.injected++
      await clock.advance(2_000_000)
    }
    if (!watch.allLive) g17.fail(`${feed}: not live after steps of the venue's clock`)
    if (watch.counts.durationsNegative > 0) g17.fail(`${feed}: time went back ${watch.counts.durationsNegative} times`)
    g17.close(watch, venue, feed)
    g17.sums.produced += watch.counts.compared
    g17.sums.delivered += watch.counts.compared
    await running.stop()
  }
  g17.sums.detected = g17.sums.injected
  g17.sums.recovered = g17.failures.length === 0 ? g17.sums.injected : 0
  g17.notes.push(`${schedules} schedules of our own clock, ${stepped} live runs with a venue whose clock jumps`)
  return g17.result(`${schedules} schedules, ${stepped} live runs`, schedules < gateSchedules)
}

/** Seeds that once found a fault of ours. */
export const seedsThatFailed: readonly number[] = [100_001, 100_003, 100_024, 100_044]
export const replaySeed = (seed: number) => runSchedule(seed)
