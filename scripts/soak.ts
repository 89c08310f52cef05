// A day's worth of traffic through a live source in virtual time, and what it does to the heap.
// npm run soak [-- --frames 86400000 --per-second 1000 --symbols 10 --seed 1]
import { parseArgs } from 'node:util'
import { soakRun } from './soak/soak-run.ts'

const { values } = parseArgs({ options: { frames: { type: 'string', default: '86400000' }, symbols: { type: 'string', default: '10' }, 'per-second': { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } } })
const frames = Number(values.frames)
const perSecond = Number(values['per-second'])
/** Of the run; the code warms up and buffers reach their size. */
const warmUp = 0.2
/** Megabytes each ten million frames. */
const allowed = 1

if (globalThis.gc === undefined) throw new Error('Run it with node --expose-gc.')
const marks: { frames: number; megabytes: number }[] = []
const began = performance.now()
console.log(`${frames} frames of ${values.symbols} symbols, ${perSecond} a virtual second (${(frames / perSecond / 86_400).toFixed(2)} days), seed ${values.seed}\n`)
console.log('     frames  virtual h   heap MB    rss MB  levels  timers  connections  handovers  gaps')
const last = await soakRun({
  frames, symbols: Number(values.symbols), perSecond, seed: Number(values.seed), lookEvery: Math.max(10_000, Math.floor(frames / 40)),
  look(state) {
    globalThis.gc!()
    const { heapUsed, rss } = process.memoryUsage()
    marks.push({ frames: state.frames, megabytes: heapUsed / 2 ** 20 })
    console.log(
      `${String(state.frames).padStart(11)} ${(state.virtualSeconds / 3600).toFixed(2).padStart(10)} ${(heapUsed / 2 ** 20).toFixed(2).padStart(9)} ${(rss / 2 ** 20).toFixed(0).padStart(9)} ${String(state.levels).padStart(7)} ` +
        `${String(state.timers).padStart(7)} ${`${state.connections.open} of ${state.connections.ever}`.padStart(12)} ${String(state.counts.handovers).padStart(10)} ${String(state.counts.gaps).padStart(5)}`,
    )
  },
})
const settled = marks.filter((mark) => mark.frames >= warmUp * frames)
const slope = slopeOf(settled) * 1e7
const { counts, valid, connections } = last
console.log(`\n${last.events} events, ${counts.snapshots} snapshots, ${counts.gaps} gaps, ${counts.resyncs} resyncs, ${counts.badMessages} bad messages, ${counts.handovers} handovers, ${valid} of ${values.symbols} books valid`)
console.log(`heap slope after warm-up: ${slope.toFixed(3)} MB each 10 million frames (allowed ${allowed}); ${((performance.now() - began) / 1000).toFixed(0)} s, ${((1e6 * (performance.now() - began)) / last.frames / 1e3).toFixed(1)} us a frame`)
const wrong = slope > allowed || counts.gaps + counts.resyncs + counts.badMessages > 0 || valid !== Number(values.symbols) || connections.open > 1
console.log(wrong ? 'NOT held' : 'held')
process.exitCode = wrong ? 1 : 0

/** Least squares. */
function slopeOf(points: readonly { frames: number; megabytes: number }[]): number {
  const mean = (of: (point: { frames: number; megabytes: number }) => number): number => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const x = mean((point) => point.frames)
  const y = mean((point) => point.megabytes)
  return points.reduce((sum, point) => sum + (point.frames - x) * (point.megabytes - y), 0) / points.reduce((sum, point) => sum + (point.frames - x) ** 2, 0)
}
