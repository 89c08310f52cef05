import type { ProfitAndLoss } from '../engine/ledger.js'

/** How far a strategy could grow before its own impact eats it. Multiples of the size that was run. */
export interface StrategyCapacity {
  /** At which nothing is left. */
  readonly breakEven: number
  /** At which most is left, and what is left there, settlement currency. */
  readonly best: number
  readonly bestNet: number
}

/**
 * Capacity by the square-root law: all but impact grows with size, impact with its power of 1.5.
 *
 *   net(m) = m edge - m^1.5 impact,  edge = net + impact
 *   break-even m = (edge / impact)^2,  best m = (2 edge / (3 impact))^2
 *
 * 0 where there is no edge before impact; Infinity where no impact was charged: then run with `squareRootCost`. An estimate from the run's own
 * impact, and good only as far as the law is (a tenth of the day's volume).
 */
export function strategyCapacity({ net, impact }: Pick<ProfitAndLoss, 'net' | 'impact'>): StrategyCapacity {
  const edge = net + impact
  if (!(edge > 0)) return { breakEven: 0, best: 0, bestNet: 0 }
  if (!(impact > 0)) return { breakEven: Infinity, best: Infinity, bestNet: Infinity }
  const best = ((2 * edge) / (3 * impact)) ** 2
  return { breakEven: (edge / impact) ** 2, best, bestNet: best * edge - best ** 1.5 * impact }
}
