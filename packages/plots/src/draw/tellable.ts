import { LobError } from '@rxlob/core/kernel'

const mostSeries = 12

/** @throws {LobError} LOB_BAD_OPTION where there are more than can be told apart. */
export function tellable(name: string, count: number): void {
  if (count > mostSeries) throw new LobError('LOB_BAD_OPTION', `${name}: expected at most ${mostSeries} series in one figure, got ${count}. Draw several figures.`)
}
