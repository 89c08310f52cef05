import { seededRandom } from '../../src/kernel.js'

/** Ogata's thinning of two types, in microseconds from `from`. */
export function simulatedHawkes(mu: readonly number[], alpha: readonly (readonly number[])[], beta: number, seconds: number, seed: number, from: number): number[][] {
  const random = seededRandom(seed)
  const times: number[][] = [[], []]
  const held = [0, 0]
  for (let t = 0; ; ) {
    const rates = () => mu.map((rate, c) => rate + alpha[c]![0]! * held[0]! + alpha[c]![1]! * held[1]!)
    const bound = rates().reduce((a, b) => a + b)
    const wait = -Math.log(1 - random()) / bound
    t += wait
    if (t > seconds) return times
    for (const d of [0, 1]) held[d]! *= Math.exp(-beta * wait)
    const [buy, sell] = rates() as [number, number]
    const draw = random() * bound
    if (draw > buy + sell) continue
    const type = draw < buy ? 0 : 1
    times[type]!.push(from + Math.round(t * 1e6))
    held[type]!++
  }
}
