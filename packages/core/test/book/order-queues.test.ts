import { describe, expect, it } from 'vitest'
import { OrderQueues } from '../../src/book/order-queues.js'
import { seededRandom } from '../../src/index.js'
import { sameNumbers } from '../same-numbers.js'

interface NaiveOrder {
  readonly id: number
  readonly side: 1 | -1
  readonly ticks: number
  lots: number
}

const sum = (orders: readonly NaiveOrder[]): number => orders.reduce((total, { lots }) => total + lots, 0)

/** The queue of a price by its links, forwards. */
function idsOf(queues: OrderQueues, side: 1 | -1, ticks: number): number[] {
  const ids: number[] = []
  for (let at = queues.first(side, ticks); at !== -1 && ids.length < 1000; at = queues.following(at)) ids.push(queues.id(at))
  return ids
}

describe('OrderQueues', () => {
  it.each([1, 2])('equals lists of orders by price, seed %i', (seed) => {
    const random = seededRandom(seed)
    const draw = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
    const queues = new OrderQueues()
    // In order of arrival; forgotten ones rest nowhere and still count as seen.
    let resting: NaiveOrder[] = []
    let forgotten: number[] = []
    const queueAt = (side: 1 | -1, ticks: number): NaiveOrder[] => resting.filter((order) => order.side === side && order.ticks === ticks)

    for (let n = 0; n < 1500; n++) {
      // Grows past the first arrays, then shrinks.
      const adds = n < 900 ? 14 : 6
      const action = draw(0, 19)
      const [side, ticks] = [draw(0, 1) === 0 ? 1 : -1, draw(-60, 60)] as const
      const some = resting[draw(0, resting.length - 1)]
      if (action < adds || some === undefined) {
        queues.add(n, side, ticks, 1 + (n % 9))
        resting.push({ id: n, side, ticks, lots: 1 + (n % 9) })
      } else if (action < 17) {
        const taken = draw(1, 9)
        queues.take(queues.find(some.id), taken)
        if (taken < some.lots) some.lots -= taken
        else resting = resting.filter((order) => order !== some)
      } else if (action < 18) {
        queues.remove(queues.find(some.id))
        resting = resting.filter((order) => order !== some)
      } else {
        const gone = queueAt(some.side, some.ticks)
        expect(queues.removeLevel(some.side, some.ticks, action === 18)).toBe(gone.length)
        resting = resting.filter((order) => !gone.includes(order))
        if (action === 18) forgotten.push(...gone.map(({ id }) => id))
        else for (const { id } of gone) expect(queues.find(id)).toBe(-1)
      }
      if (n % 50 === 7 && forgotten.length > 0) {
        const id = forgotten.pop()!
        queues.remove(queues.find(id))
        expect(queues.find(id)).toBe(-1)
      }
      if (n === 1200) {
        queues.clear()
        resting = []
        forgotten = []
      }
      const at = some ?? { side, ticks }
      const queue = queueAt(at.side, at.ticks)
      sameNumbers([...idsOf(queues, at.side, at.ticks), queues.knownLots(at.side, at.ticks), queues.knownOrders(at.side, at.ticks)], [...queue.map(({ id }) => id), sum(queue), queue.length], `change ${n}`)
      for (const [place, { id, lots }] of queue.entries()) {
        const order = queues.find(id)
        const before = place === 0 ? -1 : queues.find(queue[place - 1]!.id)
        sameNumbers([queues.rests(order), queues.side(order), queues.ticks(order), queues.lots(order), queues.lotsAhead(order), queues.preceding(order)], [true, at.side, at.ticks, lots, sum(queue.slice(0, place)), before], `change ${n}`)
      }
    }
    for (const id of forgotten) expect([queues.find(id) >= 0, queues.rests(queues.find(id))]).toEqual([true, false])
    const prices = new Set(resting.map(({ side, ticks }) => `${side} ${ticks}`))
    expect([...prices].map((price) => price.split(' ').map(Number)).map(([side, ticks]) => idsOf(queues, side as 1 | -1, ticks!))).toEqual(
      [...prices].map((price) => price.split(' ').map(Number)).map(([side, ticks]) => queueAt(side as 1 | -1, ticks!).map(({ id }) => id)))
  })

  it('keeps what it held where it grows past its first arrays', () => {
    const queues = new OrderQueues()
    for (let n = 0; n < 600; n++) queues.add(n, n % 2 === 0 ? 1 : -1, n >> 1, n + 1)
    for (let n = 0; n < 600; n++) {
      const order = queues.find(n)
      sameNumbers([queues.id(order), queues.lots(order), queues.side(order), queues.ticks(order), queues.preceding(order), queues.following(order), queues.rests(order)], [n, n + 1, n % 2 === 0 ? 1 : -1, n >> 1, -1, -1, true], `order ${n}`)
    }
    expect([queues.knownLots(1, 5), queues.knownLots(-1, 5), queues.knownOrders(1, 5), queues.knownLots(1, 999), queues.knownOrders(1, 999), queues.first(1, 999)]).toEqual([11, 12, 1, 0, 0, -1])
  })
})
